import { useWords } from '#web/words/use-words.ts'
import { useObjectNames } from './use-object-names.ts'
import type { BeforeDeleting } from './use-bin.ts'
import { binWords } from './words.ts'
import './bin.css'

/** What belongs to records that somebody deletes: how many of each object, and how many of these may go. */
export function ChildrenList({ of }: { readonly of: BeforeDeleting['children'] }) {
  const t = useWords(binWords)
  const nameOf = useObjectNames()
  return (
    <ul className="bin-children">
      {of.map(({ object, seen, deletable }) => (
        <li key={object} className="num">
          {t(deletable === seen ? 'removeSeen' : 'removeSome', {
            object: nameOf(object),
            n: seen.toLocaleString('en-US'),
            deletable: deletable.toLocaleString('en-US'),
          })}
        </li>
      ))}
    </ul>
  )
}
