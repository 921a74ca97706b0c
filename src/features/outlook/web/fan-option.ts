import type { EChartsCoreOption } from 'echarts/core'
import type { Colors } from '#web/theme/colors.ts'
import type { MetricOutlook } from './use-outlook.ts'

interface FanWords {
  readonly actual: string
  readonly forecast: string
  readonly interval: string
}

interface FanStyle {
  readonly colors: Colors
  readonly words: FanWords
  nameOf(period: { readonly label: { readonly zh: string; readonly en: string } }): string
  short(value: number): string
  exact(value: number): string
}

/** Results as a line, the forecast as a dashed one inside its interval: a fan that opens with time. */
export function fanOption(
  { months, forecast }: Pick<MetricOutlook, 'months' | 'forecast'>,
  { colors, words, nameOf, short, exact }: FanStyle,
): EChartsCoreOption {
  const behind = months.filter(({ isRunning }) => !isRunning)
  const empty = behind.map(() => null)
  // The fan starts at the last result, so that nothing seems to jump.
  const last = behind.at(-1)?.actual ?? null
  const joined = (values: readonly number[]) =>
    last === null ? [...empty, ...values] : [...empty.slice(1), Number(last), ...values]
  const lower = joined(forecast.map((each) => Number(each.lower)))
  const upper = joined(forecast.map((each) => Number(each.upper)))
  const width = upper.map((value, at) => (value === null ? null : value - (lower[at] ?? 0)))
  const names = [...behind, ...forecast].map(nameOf)
  const tip = (at: number) => {
    const actual = behind[at]?.actual ?? null
    const point = forecast[at - behind.length]
    const lines = point
      ? [
          `${words.forecast} ${exact(Number(point.point))}`,
          `${words.interval} ${short(Number(point.lower))} – ${short(Number(point.upper))}`,
        ]
      : [`${words.actual} ${actual === null ? '—' : exact(Number(actual))}`]
    return [names[at] ?? '', ...lines].join('<br/>')
  }
  const line = { type: 'line', symbol: 'none' } as const
  const band = { ...line, stack: 'fan', stackStrategy: 'all', lineStyle: { opacity: 0 }, silent: true } as const
  return {
    grid: { left: 6, right: 12, top: 34, bottom: 4, containLabel: true },
    legend: {
      top: 0,
      right: 0,
      itemWidth: 14,
      itemHeight: 8,
      textStyle: { color: colors.ink2 },
      data: [words.actual, words.forecast, words.interval],
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: colors.raised,
      borderColor: colors.line,
      textStyle: { color: colors.ink, fontSize: 13 },
      formatter: (points: unknown) => tip(placeOf(points)),
    },
    xAxis: {
      type: 'category',
      data: names,
      boundaryGap: false,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colors.line } },
      axisLabel: { color: colors.ink3, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      axisLabel: { color: colors.ink3, formatter: short },
      splitLine: { lineStyle: { color: colors.lineSoft } },
      splitNumber: 4,
    },
    series: [
      { ...band, name: 'base', data: lower, itemStyle: { color: colors.waterSoft } },
      {
        ...band,
        name: words.interval,
        data: width,
        areaStyle: { color: colors.waterSoft, opacity: 0.55 },
        itemStyle: { color: colors.waterSoft },
      },
      {
        ...line,
        name: words.actual,
        data: behind.map(({ actual }) => (actual === null ? null : Number(actual))),
        lineStyle: { color: colors.crop, width: 2 },
        itemStyle: { color: colors.crop },
      },
      {
        ...line,
        name: words.forecast,
        data: joined(forecast.map((each) => Number(each.point))),
        lineStyle: { color: colors.water, width: 2, type: 'dashed' },
        itemStyle: { color: colors.water },
      },
    ],
  }
}

/** Where the pointer stands on the axis. */
function placeOf(points: unknown): number {
  const [first] = Array.isArray(points) ? (points as readonly { readonly dataIndex?: unknown }[]) : []
  return typeof first?.dataIndex === 'number' ? first.dataIndex : 0
}
