import { useMemo } from 'react'
import { Button } from 'antd'
import { Chart } from '#web/kit/Chart.tsx'
import { exactNumber, shortNumber } from '#web/kit/number-text.ts'
import { Panel } from '#web/kit/Panel.tsx'
import { useMe } from '#web/session/me.ts'
import { colorsOf } from '#web/theme/colors.ts'
import { useTone } from '#web/theme/look.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { fanOption } from './fan-option.ts'
import { useOpenBehind } from './use-open-behind.ts'
import type { MetricOutlook, MetricRow } from './use-outlook.ts'
import { outlookWords } from './words.ts'

interface FanPanelProps {
  readonly outlook: MetricOutlook
  readonly metric: MetricRow
}

/** The fan chart, with the same figures as a table for whoever does not see it. */
export function FanPanel({ outlook, metric }: FanPanelProps) {
  const t = useWords(outlookWords)
  const label = useLabel()
  const open = useOpenBehind()
  const language = useLanguage()
  const tone = useTone()
  const { company } = useMe()
  const interval = t('interval', { level: `${Math.round(outlook.level * 100)}%` })
  const title = t('chart', { name: outlook.name, metric: label(metric.label) })
  const option = useMemo(() => {
    const style = { unit: metric.unit, language, currency: company.currency }
    return fanOption(outlook, {
      colors: colorsOf[tone],
      words: { actual: t('actual'), forecast: t('forecast'), interval },
      // Every name bears its year, in two digits: an axis shows only some of them.
      nameOf: ({ label: name }) =>
        label(name)
          .replace(/^\d{2}(\d{2}年)/, '$1')
          .replace(/ \d{2}(\d{2})$/, ' ’$1'),
      short: (value) => shortNumber(value, style),
      exact: (value) => exactNumber(String(value), style),
    })
  }, [outlook, tone, language, company.currency, metric.unit, interval, label, t])
  const short = (value: string | null) => shortNumber(value, { unit: metric.unit, language })
  const method = outlook.methodLabel && t('method', { method: label(outlook.methodLabel) })
  return (
    <Panel
      title={t('forecast')}
      extra={
        <>
          <span className="muted">{method}</span>{' '}
          <Button size="small" onClick={() => open({ of: 'months' })}>
            {t('monthByMonth')}
          </Button>
        </>
      }
    >
      <Chart option={option} height={300} label={title} />
      <div className="visually-hidden">
        <table>
          <caption>{title}</caption>
          <thead>
            <tr>
              {(['month', 'actual', 'forecast', 'lower', 'upper'] as const).map((key) => (
                <th key={key} scope="col">
                  {t(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {outlook.months
              .filter(({ isRunning }) => !isRunning)
              .map((month) => (
                <tr key={month.key}>
                  <th scope="row">{label(month.label)}</th>
                  <td>{short(month.actual)}</td>
                </tr>
              ))}
            {outlook.forecast.map((month) => (
              <tr key={month.key}>
                <th scope="row">{label(month.label)}</th>
                <td />
                <td>{short(month.point)}</td>
                <td>{short(month.lower)}</td>
                <td>{short(month.upper)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
