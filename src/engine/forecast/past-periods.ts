import { rememberedSeries } from './remembered-series.ts'
import { widthOf } from './normal.ts'

/** A period of the past as it would have been forecast when it began, beside what came. */
export interface PastPeriod {
  /** Place of its first month in the history. */
  readonly from: number
  readonly actual: number
  readonly mean: number
  readonly lower: number
  readonly upper: number
  readonly isInside: boolean
}

export interface PastQuestion {
  /** Months of a period. */
  readonly months: number
  /** flow: months add up to the period. level: the period is what its last month is. */
  readonly kind: 'flow' | 'level'
  readonly season?: number
  readonly level?: number
  /** Periods at most; four unless told. */
  readonly most?: number
}

/**
 * The back-test of whole periods, the newest first: the ones that end with the history, one before the other, each from
 * what was known before it, as long as that is half a season.
 */
export function pastPeriods(history: readonly number[], question: PastQuestion): readonly PastPeriod[] {
  const { months, kind, season = 12, level = 0.8, most = 4 } = question
  const found: PastPeriod[] = []
  for (let from = history.length - months; from >= season / 2 && found.length < most; from -= months) {
    const known = history.slice(0, from)
    const forecast = rememberedSeries(known, { season, horizon: months, level, effort: 'quick' })
    if (!forecast) break
    const came = history.slice(from, from + months)
    const actual = kind === 'flow' ? came.reduce((total, value) => total + value, 0) : (came.at(-1) ?? 0)
    const mean = kind === 'flow' ? forecast.total.mean : (forecast.points.at(-1) ?? 0)
    const deviation = kind === 'flow' ? forecast.total.deviation : (forecast.deviations.at(-1) ?? 0)
    const width = widthOf(level) * deviation
    const least = known.every((value) => value >= 0) ? 0 : -Infinity
    const [lower, upper] = [Math.max(least, mean - width), mean + width]
    found.push({ from, actual, mean, lower, upper, isInside: actual >= lower && actual <= upper })
  }
  return found
}
