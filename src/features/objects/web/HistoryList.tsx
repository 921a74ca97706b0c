import { momentText } from '#web/kit/date-text.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { grouped } from '#engine/money/short-form.ts'
import { isNumber, type ScreenField, type ScreenObject } from './use-objects.ts'
import { usePeopleNames } from './use-people.ts'
import { useHistory } from './use-records.ts'
import { objectWords } from './words.ts'

interface HistoryListProps {
  readonly object: ScreenObject
  readonly id: string
}

const actionWords = [
  ['created', 'actionCreate'],
  ['updated', 'actionUpdate'],
  ['deleted', 'actionDelete'],
  ['restored', 'actionRestore'],
] as const

/** Who changed what, and when, newest first. */
export function HistoryList({ object, id }: HistoryListProps) {
  const t = useWords(objectWords)
  const label = useLabel()
  const language = useLanguage()
  const people = usePeopleNames()
  const history = useHistory(object.key, id)
  if (history.isPending) return <LoadingState rows={4} />
  if (history.isError) return <ErrorState problem={history.error} onRetry={() => void history.refetch()} />
  if (history.data.length === 0) return <EmptyState title={t('noHistory')} />
  const shown = (field: ScreenField, value: unknown): string => {
    if (value === null || value === undefined || value === '') return t('empty')
    if (field.type === 'owner') return people.get(String(value)) ?? '…'
    if (field.type === 'choice') {
      const choice = field.choices?.find((known) => known.key === value)
      return choice ? label(choice.label) : String(value)
    }
    if (field.type === 'reference') return '…'
    return isNumber(field) ? grouped(String(value)) : typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
  return (
    <ol className="history">
      {history.data.map((entry) => {
        const word = actionWords.find(([action]) => entry.action.endsWith(action))?.[1] ?? 'actionOther'
        const changed = entry.before ? object.fields.filter((field) => entry.after && field.key in entry.after) : []
        return (
          <li key={entry.id}>
            <div>
              <b>{entry.personName ?? t('system')}</b> {t(word)}{' '}
              <span className="muted num">{momentText(String(entry.at), language)}</span>
            </div>
            {changed.map((field) => (
              <div key={field.key} className="history-line">
                {t('fieldFrom', {
                  field: label(field.label),
                  before: shown(field, entry.before?.[field.key]),
                  after: shown(field, entry.after?.[field.key]),
                })}
              </div>
            ))}
          </li>
        )
      })}
    </ol>
  )
}
