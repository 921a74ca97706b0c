import { dayText } from '#web/kit/date-text.ts'
import { Figure } from '#web/kit/Figure.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import type { CategoryKey, ForecastDealRow } from '../contract.ts'
import { DealName } from './DealName.tsx'
import { forecastWords } from './words.ts'

type ListedDeal = Pick<ForecastDealRow, 'id' | 'personId' | 'name' | 'stage' | 'amount' | 'expectedOn'> &
  Partial<Pick<ForecastDealRow, 'accountName' | 'personName'>> & { readonly category: CategoryKey }

interface DealTableProps {
  readonly rows: readonly ListedDeal[]
  /** Of all deals; more than there are rows where not all are read yet. */
  readonly count: number
  /** In which order they come, told where they are not all there. */
  readonly order: 'latestFirst' | 'largestFirst' | 'closedFirst'
  /** What all of them add up to; none where they are no parts of a figure. */
  readonly total?: string
  readonly currency: string
}

/** Deals behind a figure, with their sum. */
export function DealTable({ rows, count, order, total, currency }: DealTableProps) {
  const t = useWords(forecastWords)
  const label = useLabel()
  const language = useLanguage()
  if (rows.length === 0) return <p className="muted">{t('none')}</p>
  return (
    <table className="forecast-table">
      {rows.length < count && <caption>{`${t('listed', { n: rows.length, all: count })} · ${t(order)}`}</caption>}
      <thead>
        <tr>
          <th scope="col">{t('deal')}</th>
          <th scope="col">{t('stage')}</th>
          <th scope="col" className="forecast-right">{`${t('amount')} (${currency})`}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.id} ${row.personId} ${row.expectedOn ?? ''} ${row.category}`}>
            <th scope="row">
              <DealName id={row.id} name={row.name} />
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
              <Figure value={row.amount} unit="money" currency={currency} exact />
            </td>
          </tr>
        ))}
      </tbody>
      {total !== undefined && (
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {t('sum')}
            </th>
            <td className="forecast-right">
              <Figure value={total} unit="money" currency={currency} exact />
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  )
}
