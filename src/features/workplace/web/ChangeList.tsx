import { ArrowRightOutlined } from '@ant-design/icons'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { SyncChange } from '../contract.ts'
import { groupChanges } from './run-text.ts'
import { workplaceWords } from './words.ts'

interface ChangeListProps {
  readonly changes: readonly SyncChange[]
  /** False: more of them can be shown, so that nothing is counted yet. */
  readonly isWhole: boolean
}

/** Changes kind by kind, as they were and as they are; what could not be done stands first. */
export function ChangeList({ changes, isWhole }: ChangeListProps) {
  const t = useWords(workplaceWords)
  return (
    <>
      {groupChanges(changes).map((group) => (
        <section key={group.kind} className="workplace-group" data-kind={group.kind}>
          <h3>
            {t(group.kind)} {isWhole && <span className="muted num">{group.changes.length}</span>}
          </h3>
          <ul className="workplace-lines">
            {group.changes.map((change, at) => (
              <ChangeLine key={at} change={change} isProblem={group.kind === 'problem'} />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function ChangeLine({ change, isProblem }: { readonly change: SyncChange; readonly isProblem: boolean }) {
  const t = useWords(workplaceWords)
  const label = useLabel()
  return (
    <li className="workplace-change">
      <span className="workplace-change-name">
        <Named change={change} />
        {isProblem && <span className="muted"> · {t(change.kind)}</span>}
      </span>
      <BeforeAfter change={change} />
      {change.problem && <span className="workplace-bad">{label(change.problem)}</span>}
    </li>
  )
}

function Named({ change: { name, unitId, personId } }: { readonly change: SyncChange }) {
  if (personId !== null) {
    return (
      <PageLink to="/org" search={{ person: personId }}>
        {name}
      </PageLink>
    )
  }
  if (unitId !== null) {
    return (
      <PageLink to="/org" search={{ find: name }}>
        {name}
      </PageLink>
    )
  }
  return <b>{name}</b>
}

function BeforeAfter({ change: { before, after } }: { readonly change: SyncChange }) {
  const t = useWords(workplaceWords)
  if (before === null && after === null) return null
  return (
    <span className="workplace-values">
      {before !== null && (
        <span className="muted">
          <span className="visually-hidden">{t('before')} </span>
          {before}
        </span>
      )}
      {before !== null && after !== null && <ArrowRightOutlined aria-hidden />}
      {after !== null && (
        <span>
          <span className="visually-hidden">{t('after')} </span>
          {after}
        </span>
      )}
    </span>
  )
}
