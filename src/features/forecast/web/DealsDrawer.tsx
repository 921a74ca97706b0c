import { useCallback } from 'react'
import { Drawer } from 'antd'
import { dayText } from '#web/kit/date-text.ts'
import { Figure } from '#web/kit/Figure.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { categoryKeys, type CategoryKey } from '../contract.ts'
import { nodeIn, useForecastDeals, type Forecast } from './use-forecast.ts'
import { forecastWords } from './words.ts'

const isCategory = (text: string): text is CategoryKey => categoryKeys.some((key) => key === text)

/** Opens the deals behind a figure: `?behind=node:category`, or `node:undated`. */
export function useOpenDeals(): (node: string, what: CategoryKey | 'undated' | 'all') => void {
  const change = useChangeAddress()
  return useCallback((node, what) => change({ behind: `${node}:${what}` }), [change])
}

/** The deals behind a figure, over the page; their sum is the figure. */
export function DealsDrawer({ forecast }: { readonly forecast: Forecast }) {
  const t = useWords(forecastWords)
  const k = useWords(kitWords)
  const change = useChangeAddress()
  const behind = useAddress()['behind']
  const [id = '', what = ''] = behind?.split(':') ?? []
  const node = nodeIn(forecast.root, id)
  if (!node) return null
  const name = isCategory(what) ? t(what) : what === 'undated' ? t('undated', { n: forecast.undated }) : t('sum')
  return (
    <Drawer
      open
      onClose={() => change({ behind: undefined })}
      size="min(760px, 100vw)"
      closable={{ 'aria-label': k('close') }}
      title={t('dealsOf', { name: node.name, what: name })}
    >
      <DealList forecast={forecast} node={node.id} what={what} />
    </Drawer>
  )
}

function DealList({
  forecast,
  node,
  what,
}: {
  readonly forecast: Forecast
  readonly node: string
  readonly what: string
}) {
  const t = useWords(forecastWords)
  const label = useLabel()
  const language = useLanguage()
  const open = useOpenRecord()
  const deals = useForecastDeals({
    period: forecast.period.key,
    node,
    category: isCategory(what) ? what : undefined,
    undated: what === 'undated',
  })
  if (deals.isError) return <ErrorState problem={deals.error} onRetry={() => void deals.refetch()} />
  if (!deals.data) return <LoadingState rows={6} />
  const { rows, total, count } = deals.data
  if (rows.length === 0) return <p className="muted">{t('none')}</p>
  return (
    <table className="forecast-table">
      {rows.length < count && <caption>{t('largest', { n: rows.length, all: count })}</caption>}
      <thead>
        <tr>
          <th scope="col">{t('deal')}</th>
          <th scope="col">{t('stage')}</th>
          <th scope="col" className="forecast-right">{`${t('amount')} (${forecast.currency})`}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.id} ${row.personId} ${row.expectedOn ?? ''} ${row.category}`}>
            <th scope="row">
              {row.name === null ? (
                <span className="muted">{t('hidden')}</span>
              ) : (
                <button
                  type="button"
                  className="plain-button forecast-link"
                  onClick={() => open('opportunity', row.id)}
                >
                  {row.name}
                </button>
              )}
              <small className="muted">
                {[row.accountName, row.personName, row.expectedOn && dayText(row.expectedOn, language)]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </th>
            <td>
              {label(row.stage)}
              <small className="muted">{t(row.category)}</small>
            </td>
            <td className="forecast-right">
              <Figure value={row.amount} unit="money" currency={forecast.currency} exact />
            </td>
          </tr>
        ))}
      </tbody>
      {what !== 'undated' && (
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {t('sum')}
            </th>
            <td className="forecast-right">
              <Figure value={total} unit="money" currency={forecast.currency} exact />
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  )
}
