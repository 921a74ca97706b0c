import { useMemo } from 'react'
import type { EChartsCoreOption } from 'echarts/core'
import { Chart } from '#web/kit/Chart.tsx'
import { differenceUnit, exactNumber, shortNumber, type NumberUnit } from '#web/kit/number-text.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { colorsOf } from '#web/theme/colors.ts'
import { useTone } from '#web/theme/look.tsx'
import { useLanguage } from '#web/words/use-words.ts'
import { layWaterfall, type Step } from './lay-waterfall.ts'

interface WaterfallProps {
  readonly first?: Step | undefined
  readonly parts: readonly Step[]
  readonly last: Step
  readonly unit: NumberUnit
  readonly currency: string
  readonly label: string
  /** Which way helps; more unless told. */
  readonly better?: 'higher' | 'lower'
  /** Which of the parts was picked: two people may have one name. */
  readonly onPick: (part: number) => void
}

/** Two lines, so that a long name cuts no number. */
const rowHeight = 38

/** Parts from one figure to another as bars that follow each other, lying so that names can be read on a phone. */
export function Waterfall({ first, parts, last, unit, currency, label, better = 'higher', onPick }: WaterfallProps) {
  const tone = useTone()
  const language = useLanguage()
  const isPhone = useIsPhone()
  const bars = useMemo(() => layWaterfall(first, parts, last), [first, parts, last])
  const option = useMemo((): EChartsCoreOption => {
    const colors = colorsOf[tone]
    const style = { unit, language, currency }
    const colorOf = (amount: number, isEnd: boolean) => {
      if (isEnd) return colors.crop
      return amount < 0 === (better === 'higher') ? colors.far : colors.ahead
    }
    const styleOf = (isEnd: boolean) => (isEnd ? style : { ...style, unit: differenceUnit(unit) })
    const signed = (amount: number, isEnd: boolean) =>
      `${!isEnd && amount > 0 ? '+' : ''}${shortNumber(String(amount), styleOf(isEnd))}`
    const hidden = (values: readonly number[]) => ({
      type: 'bar',
      stack: 'all',
      silent: true,
      itemStyle: { color: 'transparent' },
      tooltip: { show: false },
      data: values,
    })
    const shown = (values: readonly number[]) => ({
      type: 'bar',
      stack: 'all',
      barMaxWidth: 18,
      data: values.map((value, at) => ({
        value,
        itemStyle: { color: colorOf(bars[at]?.amount ?? 0, bars[at]?.isEnd ?? false), borderRadius: 2 },
      })),
    })
    return {
      grid: { left: 4, right: 14, top: 4, bottom: 4, containLabel: true },
      tooltip: {
        trigger: 'item',
        confine: true,
        backgroundColor: colors.raised,
        borderColor: colors.line,
        textStyle: { color: colors.ink, fontSize: 13 },
        formatter: ({ dataIndex }: { readonly dataIndex: number }) => {
          const bar = bars[dataIndex]
          return bar ? `${bar.name} ${exactNumber(String(bar.amount), styleOf(bar.isEnd))}` : ''
        },
      },
      xAxis: {
        type: 'value',
        axisLabel: {
          color: colors.ink3,
          formatter: (value: number) => shortNumber(String(value), style),
          hideOverlap: true,
        },
        splitLine: { lineStyle: { color: colors.lineSoft } },
        splitNumber: isPhone ? 2 : 4,
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: bars.map((_, at) => String(at)),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colors.line } },
        axisLabel: {
          color: colors.ink2,
          width: isPhone ? 130 : 220,
          overflow: 'truncate',
          formatter: (_: string, at: number) => {
            const bar = bars[at]
            return bar ? `${bar.name}\n${signed(bar.amount, bar.isEnd)}` : ''
          },
        },
      },
      series: [
        hidden(bars.map(({ above }) => above.hidden)),
        shown(bars.map(({ above }) => above.shown)),
        hidden(bars.map(({ under }) => under.hidden)),
        shown(bars.map(({ under }) => under.shown)),
      ],
    }
  }, [bars, tone, language, unit, currency, isPhone, better])
  const ends = first ? 1 : 0
  return (
    <Chart
      option={option}
      height={bars.length * rowHeight + 34}
      label={label}
      onPick={(bar) => {
        const part = Number(bar) - ends
        if (part >= 0 && part < parts.length) onPick(part)
      }}
    />
  )
}
