import { mean } from './averages.ts'
import { maseOf, smapeOf } from './forecast-error.ts'
import { forecastsOf, type Effort, type MethodForecasts, type MethodKey } from './methods.ts'
import { isSeasonal } from './seasonal.ts'

/** What was forecast when only the first `origin` values were known, beside what came. */
export interface Origin {
  readonly origin: number
  readonly actual: readonly number[]
  readonly forecasts: MethodForecasts
}

export interface Errors {
  readonly method: MethodKey
  /** In percent, 0–200. */
  readonly smape: number
  /** Null where nothing ever changed. */
  readonly mase: number | null
}

const originsAtMost = 6

/**
 * Goes back to several moments of the past, a quarter of a season apart, forecasts from what was known then, and sets
 * what came beside it (rolling origin: Tashman 2000). A forecast of the past never sees what came after it.
 */
export function rollBack(
  history: readonly number[],
  asked: { readonly horizon: number; readonly season: number; readonly effort: Effort },
): readonly Origin[] {
  return originsOf(history.length, asked.season).map((origin) => {
    const actual = history.slice(origin, origin + asked.horizon)
    const known = history.slice(0, origin)
    return { origin, actual, forecasts: forecastsOf(known, { ...asked, horizon: actual.length }) }
  })
}

/** Newest first. Enough stays before each for its season to show, or half of a short history; none for fewer than four. */
export function originsOf(length: number, season: number): readonly number[] {
  const least = length >= 3 * season ? 2 * season + Math.ceil(season / 4) : Math.max(3, Math.ceil(length / 2))
  const room = length - least
  const step = Math.max(1, Math.min(Math.round(season / 4), Math.floor(room / originsAtMost)))
  return Array.from({ length: originsAtMost }, (_, at) => length - (at + 1) * step).filter((origin) => origin >= least)
}

/** How far each method was off at all origins; a method that could not answer at every one of them is left out. */
export function errorsOf(history: readonly number[], origins: readonly Origin[], season: number): readonly Errors[] {
  const [first] = origins
  if (!first) return []
  const methods = (Object.keys(first.forecasts) as MethodKey[]).filter((method) =>
    origins.every(({ forecasts }) => forecasts[method]),
  )
  return methods.map((method) => {
    const each = origins.map(({ origin, actual, forecasts }) => {
      const points = forecasts[method] ?? []
      return { smape: smapeOf(actual, points), mase: maseOf(actual, points, history.slice(0, origin), season) }
    })
    const scaled = each.flatMap(({ mase }) => (mase === null ? [] : [mase]))
    return { method, smape: mean(each.map(({ smape }) => smape)), mase: scaled.length > 0 ? mean(scaled) : null }
  })
}

/** How much better than the usual one a method must have been to be chosen: the past is a small sample. */
const clearly = 0.8

/**
 * The combination, unless another method was clearly better in the back-test: combining is safer than choosing
 * (Petropoulos, Hyndman & Bergmeir 2018). What comes now and then without a season is not put to the test: absolute
 * errors would reward whoever forecasts zero (Kolassa 2016).
 */
export function chooseMethod(
  history: readonly number[],
  errors: readonly Errors[],
  { available, season }: { readonly available: MethodForecasts; readonly season: number },
): MethodKey {
  if (available.intermittent && !isSeasonal(history, season)) return 'intermittent'
  const usual = available.combined ? 'combined' : available.theta ? 'theta' : 'mean'
  const sizeOf = ({ mase, smape }: Errors) => mase ?? smape
  const own = errors.find(({ method }) => method === usual)
  if (!own) return usual
  let best: { readonly method: MethodKey; readonly size: number } = { method: usual, size: sizeOf(own) * clearly }
  for (const each of errors) {
    if (available[each.method] && sizeOf(each) < best.size) best = { method: each.method, size: sizeOf(each) }
  }
  return best.method
}
