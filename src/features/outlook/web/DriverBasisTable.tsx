import { Figure } from '#web/kit/Figure.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { DriverBasis } from '../contract.ts'
import { useOpenBehind } from './use-open-behind.ts'
import type { MetricOutlook, MetricRow } from './use-outlook.ts'
import { outlookWords } from './words.ts'

type Landing = NonNullable<MetricOutlook['landing']>

interface DriverBasisTableProps {
  readonly landing: Landing
  readonly driver: Landing['drivers'][number]
  readonly basis: DriverBasis
  readonly metric: MetricRow
}

/** What a base brought in a month, and what is ahead of it: the landing that this side of the evidence tells. */
export function DriverBasisTable({ landing, driver, basis, metric }: DriverBasisTableProps) {
  const t = useWords(outlookWords)
  const label = useLabel()
  const open = useOpenBehind()
  const months = basis.months.filter((month) => Number(month.base) > 0)
  return (
    <>
      <dl className="outlook-facts">
        <dt>{t('soFar')}</dt>
        <dd>
          <Figure
            value={landing.actual}
            unit={metric.unit}
            label={t('recordsOf', { name: label(landing.period.label) })}
            onOpen={() => open({ of: 'records', metric: metric.key, period: landing.period.key })}
          />
        </dd>
        <dt>{t('perHead')}</dt>
        <dd>
          <Figure value={basis.each} unit={metric.unit} />
        </dd>
        <dt>{t('headsAhead')}</dt>
        <dd>
          × <Figure value={basis.ahead} unit="count" />
        </dd>
        <dt>{t('forecast')}</dt>
        <dd>
          <Figure value={driver.forecast} unit={metric.unit} />
        </dd>
      </dl>
      <p className="muted">{t('basisNote')}</p>
      <div className="outlook-table" tabIndex={0} role="region" aria-label={label(driver.label)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('month')}</th>
              <th scope="col">{t('actual')}</th>
              <th scope="col">{t('headsBase')}</th>
            </tr>
          </thead>
          <tbody>
            {months.toReversed().map((month) => (
              <tr key={month.key}>
                <th scope="row">{label(month.label)}</th>
                <td>
                  <Figure
                    value={month.value}
                    unit={metric.unit}
                    label={t('recordsOf', { name: label(month.label) })}
                    onOpen={() => open({ of: 'records', metric: metric.key, period: month.key })}
                  />
                </td>
                <td>
                  <Figure value={month.base} unit="count" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
