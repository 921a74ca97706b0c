import { Figure } from '#web/kit/Figure.tsx'
import { shortNumber } from '#web/kit/number-text.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { yieldOf } from '../yield-of.ts'
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
  const language = useLanguage()
  const open = useOpenBehind()
  const isPipeline = driver.kind === 'pipeline'
  const unit = isPipeline ? ('money' as const) : ('count' as const)
  const each = yieldOf(basis)
  const base = (value: string, at: string | null) => (
    <Figure
      value={value}
      unit={unit}
      label={t('recordsOf', { name: t('pipelineBase') })}
      onOpen={at === null ? undefined : () => open({ of: 'records', metric: 'pipeline_value', period: at })}
    />
  )
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
        <dt>{t(isPipeline ? 'perPipeline' : 'perHead')}</dt>
        <dd>{isPipeline ? each.toFixed(3) : shortNumber(each, { unit: metric.unit, language })}</dd>
        <dt>{t(isPipeline ? 'pipelineAhead' : 'headsAhead')}</dt>
        <dd>× {base(basis.ahead, null)}</dd>
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
              <th scope="col">{t(isPipeline ? 'pipelineBase' : 'headsBase')}</th>
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
                <td>{base(month.base, month.baseAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
