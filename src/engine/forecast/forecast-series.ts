import { mean, standardDeviation, sum } from './averages.ts'
import { chooseMethod, errorsOf, rollBack, type Errors, type Origin } from './back-test.ts'
import { forecastsOf, type Effort, type MethodKey } from './methods.ts'
import { widthOf } from './normal.ts'
import { deviationAt, deviationOfSum, sumFactor, uncertaintyOf, type Misses, type Uncertainty } from './uncertainty.ts'

export interface SeriesQuestion {
  /** How many values make a season: 12 for months, 4 for quarters, 1 for none. */
  readonly season: number
  /** How many values ahead, at least 1. */
  readonly horizon: number
  /** The first values ahead that `total` leaves out, where it begins later; 0 unless told. */
  readonly skip?: number
  /** `total` goes up to this value ahead; to the horizon unless told. */
  readonly until?: number
  /** The share of what comes that should lie inside the interval; 0.8 unless told. */
  readonly level?: number
  /** `full` unless told. */
  readonly effort?: Effort
}

export interface BackTest {
  /** How many moments of the past it went back to; 0 where the history is too short. */
  readonly origins: number
  /** Errors of the chosen method; null where nothing could be tested. */
  readonly mase: number | null
  readonly smape: number | null
  /** The error of the seasonal naive method beside it. */
  readonly naiveMase: number | null
  /** The share of the past inside intervals measured on the other origins. */
  readonly coverage: number | null
  /** Every method that was tried, the best first. */
  readonly methods: readonly Errors[]
}

export interface SeriesForecast {
  readonly points: readonly number[]
  readonly lower: readonly number[]
  readonly upper: readonly number[]
  /** Standard deviation of each point. */
  readonly deviations: readonly number[]
  readonly method: MethodKey
  /** The sum of the points between `skip` and `until`, with its own standard deviation: errors of neighbours go together. */
  readonly total: { readonly mean: number; readonly deviation: number }
  readonly backtest: BackTest
}

/**
 * Forecasts a series by the method that did best in a back-test, with intervals as wide as its errors were. Statistics:
 * in floating point, never exact money. Null for a history without a value; what is zero before the first result does
 * not count as history. A history that never was below zero is not forecast below zero.
 */
export function forecastSeries(history: readonly number[], question: SeriesQuestion): SeriesForecast | null {
  const { season, horizon, skip = 0, until = horizon, level = 0.8, effort = 'full' } = question
  const begun = history.findIndex((value) => value !== 0)
  const known = begun < 0 ? history.slice(-1) : history.slice(begun)
  // Brought to a size around one, so that no method depends on the unit of the figures.
  const size = mean(known.map(Math.abs)) || 1
  if (known.length === 0) return null
  const scaled = known.map((value) => value / size)
  const asked = { season, horizon, effort }
  const available = forecastsOf(scaled, asked)
  const origins = rollBack(scaled, asked)
  const errors = errorsOf(scaled, origins, season)
  const method = chooseMethod(scaled, errors, { available, season })
  const misses = missesOf(origins, method)
  const uncertainty = uncertaintyOf(misses) ?? guessed(scaled)
  const least = scaled.every((value) => value >= 0) ? 0 : -Infinity
  const points = (available[method] ?? []).map((point) => Math.max(least, point))
  const deviations = points.map((_, at) => deviationAt(uncertainty, at + 1))
  const widths = deviations.map((deviation) => deviation * widthOf(level))
  return {
    method,
    points: points.map((point) => point * size),
    lower: points.map((point, at) => Math.max(least, point - (widths[at] ?? 0)) * size),
    upper: points.map((point, at) => (point + (widths[at] ?? 0)) * size),
    deviations: deviations.map((deviation) => deviation * size),
    total: {
      mean: sum(points.slice(skip, until)) * size,
      deviation: deviationOfSum(uncertainty, until, skip) * sumFactor(uncertainty, misses) * size,
    },
    backtest: { origins: origins.length, ...testOf(errors, method), coverage: coverageOf(misses, level) },
  }
}

function missesOf(origins: readonly Origin[], method: MethodKey): readonly Misses[] {
  return origins.flatMap(({ actual, forecasts }) => {
    const points = forecasts[method]
    return points ? [actual.map((value, at) => value - (points[at] ?? 0))] : []
  })
}

/** Nothing could be tested: half of the one value that is known, or what values are apart. Wide, and growing. */
function guessed(values: readonly number[]): Uncertainty {
  const isStill = values.every((value) => value === 0)
  return { deviation: isStill ? 0 : Math.max(0.5, standardDeviation(values)), growth: 0.2 }
}

function testOf(errors: readonly Errors[], method: MethodKey): Omit<BackTest, 'origins' | 'coverage'> {
  const own = errors.find((each) => each.method === method)
  const naive = errors.find((each) => each.method === 'seasonal-naive')
  return {
    mase: own?.mase ?? null,
    smape: own?.smape ?? null,
    naiveMase: naive?.mase ?? null,
    methods: [...errors].sort((one, other) => (one.mase ?? one.smape) - (other.mase ?? other.smape)),
  }
}

/** Each origin is judged by an interval that was measured on the others. */
function coverageOf(misses: readonly Misses[], level: number): number | null {
  if (misses.length < 3) return null
  const width = widthOf(level)
  const hits = misses.flatMap((own, at) => {
    const others = uncertaintyOf(misses.filter((_, other) => other !== at))
    return others ? own.map((error, step) => Math.abs(error) <= width * deviationAt(others, step + 1)) : []
  })
  return hits.filter(Boolean).length / hits.length
}
