import { PageLink } from '#web/shell/PageLink.tsx'
import { useWords } from '#web/words/use-words.ts'
import { reorganisationWords } from './words.ts'

interface OwnedLinksProps {
  readonly owners: readonly string[]
  readonly accounts: number
  readonly deals: number
  readonly tasks?: number
}

/** How much some people own; each figure opens the records. */
export function OwnedLinks({ owners, accounts, deals, tasks = 0 }: OwnedLinksProps) {
  const t = useWords(reorganisationWords)
  return (
    <span className="reorg-owned num">
      {accounts > 0 && <RecordsLink object="account" owners={owners} text={t('accountsCount', { n: accounts })} />}
      {deals > 0 && <RecordsLink object="opportunity" owners={owners} text={t('dealsCount', { n: deals })} isOpen />}
      {tasks > 0 && <RecordsLink object="task" owners={owners} text={t('tasksCount', { n: tasks })} isOpen />}
    </span>
  )
}

interface RecordsLinkProps {
  readonly object: string
  readonly owners: readonly string[]
  readonly text: string
  readonly isOpen?: boolean
}

/** The records that a figure counts. */
export function RecordsLink({ object, owners, text, isOpen = false }: RecordsLinkProps) {
  const filter = [
    { field: 'ownerId', op: 'in', value: owners },
    ...(isOpen ? [{ field: 'status', op: 'eq', value: 'open' }] : []),
  ]
  return (
    <PageLink to={`/records/${object}`} search={{ filter: JSON.stringify(filter), draft: undefined }}>
      {text}
    </PageLink>
  )
}
