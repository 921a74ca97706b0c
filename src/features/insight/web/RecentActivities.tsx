import { asFarAsKnown, textOf, useObject, useRecordQuery } from '#features/objects/web/index.tsx'
import { nearDayText } from '#web/kit/date-text.ts'
import { LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useMe } from '#web/session/me.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { dayWords } from './words.ts'

const mine = { field: 'ownerId', op: 'eq' as const, value: { me: true as const } }

/** What was done lately, so that a note of a visit is seen at once. */
export function RecentActivities() {
  const t = useWords(dayWords)
  const label = useLabel()
  const language = useLanguage()
  const { today } = useMe()
  const open = useOpenRecord()
  const object = useObject('activity')
  const kinds = object?.fields.find((field) => field.key === 'kind')?.choices ?? []
  const recent = useRecordQuery(
    'activity',
    { filter: mine, sort: asFarAsKnown(object, [{ field: 'doneOn', descending: true }]), limit: 6 },
    object !== undefined,
  )
  if (!object) return null
  return (
    <Panel title={t('recent')} className="day-recent" extra={<PageLink to="/records/activity">{t('all')}</PageLink>}>
      {recent.isPending && <LoadingState rows={3} />}
      {recent.data?.rows.length === 0 && <p className="muted day-none">{t('noRecent')}</p>}
      <ul className="day-list">
        {recent.data?.rows.map((row) => {
          const kind = kinds.find((choice) => choice.key === textOf(row, 'kind'))
          return (
            <li key={row.id} className="day-row">
              <button type="button" className="plain-button day-row-body" onClick={() => open('activity', row.id)}>
                <span className="day-row-title">{textOf(row, 'subject')}</span>
                <span className="day-row-note muted">
                  {[kind ? label(kind.label) : '', row.names['account']].filter(Boolean).join(' · ')}
                </span>
              </button>
              <span className="muted day-row-due num">{nearDayText(textOf(row, 'doneOn'), language, today)}</span>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
