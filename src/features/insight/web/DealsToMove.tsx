import { all, type Condition } from '#engine/query/filter.ts'
import { asFarAsKnown, ownedWithin, textOf, useObject, useRecordQuery } from '#features/objects/web/index.tsx'
import { dayText, daysBetween } from '#web/kit/date-text.ts'
import { Figure } from '#web/kit/Figure.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useLeads, useMe } from '#web/session/me.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { dayWords } from './words.ts'

const isOpen: Condition = { field: 'status', op: 'eq', value: 'open' }
const isMine: Condition = { field: 'ownerId', op: 'eq', value: { me: true } }
const hasDay: Condition = { field: 'expectedOn', op: 'notEmpty' }

/** Open deals, those that should have closed first: the own ones, or for those who lead the ones of their people. */
export function DealsToMove() {
  const t = useWords(dayWords)
  const language = useLanguage()
  const { today, company } = useMe()
  const { node } = useWhoAndWhen()
  const leads = useLeads()
  const open = useOpenRecord()
  const object = useObject('opportunity')
  const isKnown = (field: string) => object?.fields.some(({ key }) => key === field) ?? false
  const known = asFarAsKnown(object, leads ? [isOpen, hasDay] : [isOpen, isMine])
  const filter = all(...known, leads && node ? ownedWithin('ownerId', node) : undefined)
  const deals = useRecordQuery(
    'opportunity',
    { filter, sort: asFarAsKnown(object, [{ field: 'expectedOn' }]), limit: 8 },
    object !== undefined,
  )
  if (!object) return null
  return (
    <Panel title={t('deals')} className="day-deals" extra={<PageLink to="/pipeline">{t('board')}</PageLink>}>
      {deals.isPending && <LoadingState rows={3} />}
      {deals.isError && <ErrorState problem={deals.error} onRetry={() => void deals.refetch()} />}
      {deals.data?.rows.length === 0 && <p className="muted day-none">{t('noDeals')}</p>}
      <ul className="day-list">
        {deals.data?.rows.map((deal) => {
          const due = textOf(deal, 'expectedOn')
          const late = due ? daysBetween(due, today) : 0
          return (
            <li key={deal.id} className="day-row">
              <button type="button" className="plain-button day-row-body" onClick={() => open('opportunity', deal.id)}>
                <span className="day-row-title">{textOf(deal, 'name')}</span>
                <span className="day-row-note muted">
                  {[
                    deal.names['account'] ?? t('noAccount'),
                    deal.names['stage'],
                    leads ? deal.names['ownerId'] : undefined,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </button>
              <span className="day-row-side">
                {isKnown('amount') && (
                  <b>
                    <Figure
                      value={textOf(deal, 'amount') || null}
                      unit="money"
                      currency={textOf(deal, 'currency') || company.currency}
                    />
                  </b>
                )}
                <span className={late > 0 ? 'day-late' : 'muted'}>
                  {late > 0
                    ? `▼ ${t('dueLate', { n: late })}`
                    : due
                      ? t('due', { day: dayText(due, language, today) })
                      : t('noDue')}
                </span>
              </span>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
