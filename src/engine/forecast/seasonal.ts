import { mean, sum } from './averages.ts'

export type SeasonKind = 'none' | 'additive' | 'multiplicative'

/** What repeats every season: one index for each place in it, of the history's first place on. */
export interface Seasonality {
  readonly kind: SeasonKind
  readonly indices: readonly number[]
}

export const noSeason: Seasonality = { kind: 'none', indices: [] }

/**
 * Is the history seasonal? The autocorrelation at the lag of the season against its 90 % bound, as in M3
 * (Assimakopoulos & Nikolopoulos 2000; Fiorucci et al. 2016, §3): |r_m| > 1.645·√((1 + 2·Σ r_i²)/n), i < m. Never for
 * less than two whole seasons and a quarter of one.
 */
export function isSeasonal(history: readonly number[], season: number): boolean {
  const { length } = history
  if (season < 2 || length < 2 * season + Math.ceil(season / 4)) return false
  const middle = mean(history)
  const apart = history.map((value) => value - middle)
  const whole = sum(apart.map((value) => value * value))
  if (whole <= Number.EPSILON * length * middle * middle) return false
  const correlation = (lag: number) => sum(apart.slice(lag).map((value, at) => value * (apart[at] ?? 0))) / whole
  let before = 0
  for (let lag = 1; lag < season; lag += 1) before += correlation(lag) ** 2
  return Math.abs(correlation(season)) > 1.645 * Math.sqrt((1 + 2 * before) / length)
}

/**
 * Classical decomposition by the centred moving average: the mean of what each place of the season is apart from it
 * (ratio for multiplicative, difference for additive), brought to a mean of one or zero (Hyndman & Athanasopoulos,
 * Forecasting: Principles and Practice, 3rd ed., §3.4). The history has at least two seasons.
 */
export function decompose(history: readonly number[], season: number, kind: SeasonKind): Seasonality {
  if (kind === 'none') return noSeason
  const parts: number[][] = Array.from({ length: season }, () => [])
  const trend = movingAverage(history, season)
  for (const [at, level] of trend.entries()) {
    const value = history[at] ?? 0
    if (level === null) continue
    parts[at % season]?.push(kind === 'additive' ? value - level : value / level)
  }
  const raw = parts.map(mean)
  const middle = mean(raw)
  return { kind, indices: raw.map((index) => (kind === 'additive' ? index - middle : index / middle)) }
}

/** Half a season to both sides; null where that is outside. An even season counts its two ends by half. */
function movingAverage(history: readonly number[], season: number): readonly (number | null)[] {
  const half = Math.floor(season / 2)
  return history.map((_, at) => {
    if (at < half || at + half >= history.length) return null
    const window = sum(history.slice(at - half, at + half + 1))
    const ends = season % 2 === 0 ? ((history[at - half] ?? 0) + (history[at + half] ?? 0)) / 2 : 0
    return (window - ends) / season
  })
}

export function withoutSeason(history: readonly number[], { kind, indices }: Seasonality): readonly number[] {
  if (kind === 'none') return history
  return history.map((value, at) => {
    const index = indices[at % indices.length] ?? 0
    return kind === 'additive' ? value - index : value / index
  })
}

/** The season put back onto values that begin at this place of the history. */
export function withSeason(values: readonly number[], from: number, { kind, indices }: Seasonality): readonly number[] {
  if (kind === 'none') return values
  return values.map((value, at) => {
    const index = indices[(from + at) % indices.length] ?? 0
    return kind === 'additive' ? value + index : value * index
  })
}

/**
 * The season that the test finds: multiplicative as in M3, additive where a value is not above zero or an index would
 * be.
 */
export function seasonalityOf(history: readonly number[], season: number): Seasonality {
  if (!isSeasonal(history, season)) return noSeason
  if (history.every((value) => value > 0)) {
    const found = decompose(history, season, 'multiplicative')
    if (found.indices.every((index) => index > 0.01)) return found
  }
  return decompose(history, season, 'additive')
}
