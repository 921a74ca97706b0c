import { useMemo } from 'react'
import type { EChartsCoreOption } from 'echarts/core'
import { readPeriod } from '#engine/calendar/period.ts'
import { Chart } from '#web/kit/Chart.tsx'
import { exactNumber, shortNumber } from '#web/kit/number-text.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useMe } from '#web/session/me.ts'
import { colorsOf } from '#web/theme/colors.ts'
import { useTone } from '#web/theme/look.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { monthName } from './month-name.ts'
import { useSeries, type FigureKey, type MetricRow } from './use-attainment.ts'
import { cockpitWords } from './words.ts'

interface TrendPanelProps {
  readonly figure: FigureKey
  readonly name: string
  readonly metric: MetricRow
  readonly currency: string
  readonly onMonth: (period: string) => void
}

/** Months of the fiscal year: bars are results, the line is the target. */
export function TrendPanel({ figure, name, metric, currency, onMonth }: TrendPanelProps) {
  const t = useWords(cockpitWords)
  const label = useLabel()
  const language = useLanguage()
  const tone = useTone()
  const { company } = useMe()
  const asked = readPeriod(figure.period, company.calendar)
  const year = asked.ok ? String(asked.period.year) : figure.period
  const series = useSeries({ ...figure, period: year })
  const months = useMemo(() => series.data ?? [], [series.data])
  const option = useMemo((): EChartsCoreOption => {
    const colors = colorsOf[tone]
    const style = { unit: metric.unit, language, currency }
    const short = (value: number) => shortNumber(value, style)
    const isInside = (from: string) => asked.ok && from >= asked.period.from && from < asked.period.to
    return {
      grid: { left: 6, right: 8, top: 30, bottom: 4, containLabel: true },
      legend: { top: 0, right: 0, itemWidth: 14, itemHeight: 8, textStyle: { color: colors.ink2 } },
      tooltip: {
        trigger: 'axis',
        confine: true,
        backgroundColor: colors.raised,
        borderColor: colors.line,
        textStyle: { color: colors.ink, fontSize: 13 },
        valueFormatter: (value: unknown) => (typeof value === 'number' ? exactNumber(String(value), style) : '—'),
      },
      xAxis: {
        type: 'category',
        data: months.map((month) => monthName(month.from, language)),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colors.line } },
        axisLabel: { color: colors.ink3 },
      },
      yAxis: {
        type: 'value',
        axisLabel: { color: colors.ink3, formatter: short },
        splitLine: { lineStyle: { color: colors.lineSoft } },
        splitNumber: 3,
      },
      series: [
        {
          name: t('actual'),
          type: 'bar',
          barMaxWidth: 22,
          data: months.map((month) => ({
            value: month.actual === null ? null : Number(month.actual),
            itemStyle: { color: colors.crop, opacity: isInside(month.from) ? 1 : 0.45, borderRadius: [3, 3, 0, 0] },
          })),
          itemStyle: { color: colors.crop },
        },
        {
          name: t('target'),
          type: 'line',
          step: 'middle',
          symbol: 'none',
          lineStyle: { color: colors.gold, width: 2 },
          itemStyle: { color: colors.gold },
          data: months.map((month) => (month.target === null ? null : Number(month.target))),
        },
      ],
    }
  }, [months, tone, language, currency, metric.unit, t, asked])

  return (
    <Panel title={t('trend')}>
      {series.isError ? (
        <ErrorState problem={series.error} onRetry={() => void series.refetch()} />
      ) : series.isPending ? (
        <LoadingState rows={4} />
      ) : (
        <>
          <Chart
            option={option}
            height={210}
            label={t('trendLabel', { name })}
            onPick={(at) =>
              onMonth(months.find((month) => monthName(month.from, language) === at)?.key ?? figure.period)
            }
          />
          <div className="visually-hidden">
            <table>
              <caption>{t('trendLabel', { name })}</caption>
              <tbody>
                {months.map((month) => (
                  <tr key={month.key}>
                    <th scope="row">{label(month.label)}</th>
                    <td>{shortNumber(month.actual, { unit: metric.unit, language })}</td>
                    <td>{shortNumber(month.target, { unit: metric.unit, language })}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Panel>
  )
}
