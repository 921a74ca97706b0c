import type { LandingKind } from '#engine/forecast/landing.ts'
import type { Metric } from '#engine/metrics/metric.ts'

const decimals: Readonly<Record<Metric['unit'], number>> = { money: 2, count: 1, percent: 4, days: 1 }

/** A reckoned figure as it leaves: rounded, and never in the form 1e21. */
export function written(value: number, { unit }: Pick<Metric, 'unit'>): string {
  const rounded = value.toFixed(decimals[unit])
  const text = rounded.includes('e') ? BigInt(Math.round(value)).toString() : rounded
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text
}

/** Months without a figure, as a rate without a denominator, go on as they were; before the first figure is nothing. */
export function withoutGaps(figures: readonly (number | null)[], kind: Metric['kind']): readonly number[] {
  if (kind !== 'ratio') return figures.map((figure) => figure ?? 0)
  let last: number | null = null
  return figures.flatMap((figure) => {
    last = figure ?? last
    return last === null ? [] : [last]
  })
}

/** How months make a period: their sum, the last one, or the mean; null where that cannot be told, as of a distinct count. */
export function landingKind({ kind }: Pick<Metric, 'kind'>): LandingKind | null {
  if (kind === 'flow') return 'flow'
  if (kind === 'stock') return 'level'
  return kind === 'ratio' ? 'rate' : null
}
