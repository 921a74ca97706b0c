import { Figure } from '#web/kit/Figure.tsx'
import { readAmount, writeAmount } from '#engine/metrics/metric.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { useOpenBehind } from './use-open-behind.ts'
import type { MetricOutlook, MetricRow } from './use-outlook.ts'
import { outlookWords } from './words.ts'

interface MonthsTableProps {
  readonly outlook: MetricOutlook
  readonly metric: MetricRow
  /** Only those of `[from, to)`; all unless told. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** The months that a forecast is learned from, each a way to its records; their sum where they add up. */
export function MonthsTable({ outlook, metric, from = '', to }: MonthsTableProps) {
  const t = useWords(outlookWords)
  const label = useLabel()
  const open = useOpenBehind()
  const months = outlook.months.filter((month) => month.from >= from && (to === undefined || month.from < to))
  const sum = writeAmount(months.reduce((total, { actual }) => total + readAmount(actual ?? '0'), 0n))
  return (
    <div className="outlook-table" tabIndex={0} role="region" aria-label={t('monthByMonth')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('month')}</th>
            <th scope="col">{t('actual')}</th>
          </tr>
        </thead>
        <tbody>
          {months.toReversed().map(({ key, label: name, actual, isRunning }) => (
            <tr key={key}>
              <th scope="row">
                {label(name)}
                {isRunning && <small className="muted outlook-range">{t('running')}</small>}
              </th>
              <td>
                <Figure
                  value={actual}
                  unit={metric.unit}
                  label={t('recordsOf', { name: label(name) })}
                  onOpen={() => open({ of: 'records', metric: metric.key, period: key })}
                />
              </td>
            </tr>
          ))}
        </tbody>
        {metric.kind === 'flow' && (
          <tfoot>
            <tr>
              <th scope="row">{t('sum')}</th>
              <td>
                <Figure value={sum} unit={metric.unit} />
              </td>
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}
