import { Drawer } from 'antd'
import { addDays, daysBetween } from '#engine/calendar/day.ts'
import { dayText } from '#web/kit/date-text.ts'
import { Figure } from '#web/kit/Figure.tsx'
import { percentText } from '#web/kit/number-text.ts'
import { MoreButton } from '#web/kit/MoreButton.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { systemParts, type SystemPart, type SystemBehind } from '../contract.ts'
import { DealName } from './DealName.tsx'
import { Sums } from './Sums.tsx'
import { useSystemBehind } from './use-forecast.ts'
import { useOpenSystem } from './use-open-system.ts'
import { forecastWords } from './words.ts'

interface SystemBehindDrawerProps {
  readonly period: string
  readonly node: string
  readonly currency: string
}

/** The deals and the reckoning behind a figure of the system's forecast, over the page. */
export function SystemBehindDrawer(props: SystemBehindDrawerProps) {
  const t = useWords(forecastWords)
  const k = useWords(kitWords)
  const change = useChangeAddress()
  const [asked = '', stage] = useAddress()['system']?.split(':') ?? []
  const of = systemParts.find((key) => key === asked)
  if (!of && asked !== 'expected') return null
  return (
    <Drawer
      open
      onClose={() => change({ system: undefined })}
      size="min(760px, 100vw)"
      closable={{ 'aria-label': k('close') }}
      title={t(of ? regionOf[of] : 'expected')}
    >
      {of ? <Behind {...props} of={of} stage={stage} /> : <Sums {...props} />}
    </Drawer>
  )
}

interface BehindProps extends SystemBehindDrawerProps {
  readonly of: SystemPart
  readonly stage: string | undefined
}

function Behind({ period, node, currency, of, stage }: BehindProps) {
  const behind = useSystemBehind({ period, node, of, stage })
  if (behind.isError) return <ErrorState problem={behind.error} onRetry={() => void behind.refetch()} />
  if (!behind.data) return <LoadingState rows={6} />
  return (
    <>
      <Reckoned behind={behind.data} of={of} currency={currency} />
      <MoreButton pages={behind} />
    </>
  )
}

interface ReckonedProps {
  readonly behind: SystemBehind
  readonly of: SystemPart
  readonly currency: string
}

function Reckoned({ behind, of, currency }: ReckonedProps) {
  const t = useWords(forecastWords)
  const { adjustment, coming, rows, count, hidden, total, weight } = behind
  return (
    <>
      {adjustment !== null && <p className="muted">{t('openFormula', { n: adjustment.toFixed(3) })}</p>}
      {coming && <ComingFacts coming={coming} total={total} currency={currency} />}
      {of === 'stage' && <p className="muted">{t('stageNote')}</p>}
      {weight > 1 && <p className="muted">{t('evenSample', { n: weight.toFixed(1) })}</p>}
      {hidden !== null && hidden > 0 && <p className="muted">{t('othersTaught', { n: hidden })}</p>}
      {rows.length === 0 ? (
        <p className="muted">{t('none')}</p>
      ) : (
        <div className="forecast-scroll" tabIndex={0} role="region" aria-label={t(regionOf[of])}>
          <table className="forecast-table">
            {rows.length < count && (
              <caption>
                {`${t('listed', { n: rows.length, all: count })} · ${t(of === 'open' ? 'mostFirst' : 'latestFirst')}`}
              </caption>
            )}
            <thead>
              <tr>
                <th scope="col">{t('deal')}</th>
                <th scope="col" className="forecast-right">{`${t('amount')} (${currency})`}</th>
                {columnsOf[of].map((key) => (
                  <th key={key} scope="col" className="forecast-right">
                    {t(key)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <DealRow key={row.id} row={row} of={of} currency={currency} />
              ))}
            </tbody>
            {(of === 'open' || of === 'pace') && (
              <tfoot>
                <tr>
                  <th scope="row" colSpan={of === 'open' ? 4 : 1}>
                    {weight > 1 ? t('sumOfAll') : t('sum')}
                  </th>
                  <td className="forecast-right">
                    <Figure value={total} unit="money" currency={currency} exact />
                  </td>
                </tr>
              </tfoot>
            )}
          </table>
        </div>
      )}
    </>
  )
}

const regionOf = { open: 'openPart', unseen: 'unseenPart', pace: 'pacePart', stage: 'learnedFrom' } as const

const columnsOf = {
  open: ['win', 'inside', 'counts'],
  unseen: ['unknown'],
  pace: [],
  stage: ['outcome'],
} as const satisfies Record<SystemPart, readonly string[]>

interface DealRowProps {
  readonly row: SystemBehind['rows'][number]
  readonly of: SystemPart
  readonly currency: string
}

function DealRow({ row, of, currency }: DealRowProps) {
  const t = useWords(forecastWords)
  const label = useLabel()
  const language = useLanguage()
  return (
    <tr>
      <th scope="row">
        <DealName id={row.id} name={row.name} />
        <small className="muted">
          {[
            row.accountName,
            row.stage && label(row.stage),
            row.closedOn !== null && dayText(row.closedOn, language),
            row.expectedOn !== null && t('expectedOn', { day: dayText(row.expectedOn, language) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </th>
      <td className="forecast-right">
        <Figure value={row.amount} unit="money" currency={currency} exact />
      </td>
      {of === 'open' && (
        <>
          <td className="forecast-right num">
            {percentText(row.win)}
            {row.stated !== null && <small className="muted">{t('statedAs', { rate: percentText(row.stated) })}</small>}
          </td>
          <td className="forecast-right num">{percentText(row.inside)}</td>
          <td className="forecast-right">
            <Figure value={row.counts} unit="money" currency={currency} exact />
          </td>
        </>
      )}
      {of === 'unseen' && <td className="forecast-right num">{percentText(row.unknown)}</td>}
      {of === 'stage' && <td className="forecast-right">{t(row.won ? 'wonDeal' : 'lost')}</td>}
    </tr>
  )
}

interface ComingFactsProps {
  readonly coming: NonNullable<SystemBehind['coming']>
  readonly total: string | null
  readonly currency: string
}

/** Won in a day × days left × the share that nobody knew × how such forecasts did. */
function ComingFacts({ coming, total, currency }: ComingFactsProps) {
  const t = useWords(forecastWords)
  const language = useLanguage()
  const openSystem = useOpenSystem()
  const { perDay, since, days, share, factor } = coming
  return (
    <>
      <dl className="forecast-figures">
        <div>
          <dt>{t('perDay', { n: daysBetween(since.from, since.to) })}</dt>
          <dd>
            <Figure
              value={perDay}
              unit="money"
              currency={currency}
              label={t('pacePart')}
              onOpen={() => openSystem('pace')}
            />
            <small className="muted forecast-window">
              {`${dayText(since.from, language)} – ${dayText(addDays(since.to, -1), language)}`}
            </small>
          </dd>
        </div>
        <div>
          <dt>{t('daysLeft')}</dt>
          <dd className="num">× {days}</dd>
        </div>
        <div>
          <dt>{t('unknownShare')}</dt>
          <dd className="num">× {percentText(share)}</dd>
        </div>
        <div>
          <dt>{t('factor')}</dt>
          <dd className="num">× {factor.toFixed(3)}</dd>
        </div>
        <div>
          <dt>{t('unseenPart')}</dt>
          <dd>
            <Figure value={total} unit="money" currency={currency} />
          </dd>
        </div>
      </dl>
      <p className="muted">{t('unseenNote')}</p>
    </>
  )
}
