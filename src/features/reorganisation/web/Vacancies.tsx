import { Alert } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import type { DrawnDraft } from '../contract.ts'
import { reorganisationWords } from './words.ts'

/** Names the units that nobody would head, and that somebody heads now or that are new; nothing without such. */
export function Vacancies({ before, after }: Pick<DrawnDraft, 'before' | 'after'>) {
  const t = useWords(reorganisationWords)
  const vacantNow = new Set(before.filter(({ headId }) => headId === null).map(({ id }) => id))
  const vacant = after.filter(
    ({ id, headId, marks }) => headId === null && !marks.includes('ends') && !vacantNow.has(id),
  )
  if (vacant.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={t('becomeVacant', { units: vacant.map(({ name }) => name).join(t('between')) })}
    />
  )
}
