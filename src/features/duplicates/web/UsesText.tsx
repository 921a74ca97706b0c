import { useObjects } from '#features/objects/web/index.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { MergeView } from '../contract.ts'
import { duplicateWords } from './words.ts'

/** How many records of which objects. */
export function UsesText({ uses }: { readonly uses: MergeView['moved'] }) {
  const t = useWords(duplicateWords)
  const label = useLabel()
  const { objects } = useObjects()
  if (uses.length === 0) return <>{t('noUses')}</>
  const named = uses.map(({ object, count }) => {
    const known = objects.find(({ key }) => key === object)
    return t('use', { object: known ? label(known.label) : object, n: count })
  })
  return <>{named.join(' · ')}</>
}
