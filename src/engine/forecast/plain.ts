import { mean } from './averages.ts'

// Each method takes a history without gaps, at least one value long, and answers so many values after it.

/** Every value to come is the last one. */
export function naive(history: readonly number[], horizon: number): readonly number[] {
  return flat(history.at(-1) ?? 0, horizon)
}

/** What was one season ago; the last value for a history shorter than a season. */
export function seasonalNaive(history: readonly number[], horizon: number, season: number): readonly number[] {
  if (history.length < season) return naive(history, horizon)
  const last = history.slice(-season)
  return Array.from({ length: horizon }, (_, at) => last[at % season] ?? 0)
}

/** The mean of the last season, or of all where there is less: for short and noisy histories. */
export function recentMean(history: readonly number[], horizon: number, season: number): readonly number[] {
  return flat(mean(history.slice(-Math.max(2, season))), horizon)
}

/**
 * For demand that comes now and then: smoothed size ÷ smoothed distance of what is not zero (Croston 1972), with the
 * correction for its bias (Syntetos & Boylan 2005): (1 − α/2)·size/distance. α is 0.1, as both advise.
 */
export function croston(history: readonly number[], horizon: number): readonly number[] {
  const alpha = 0.1
  let size: number | undefined
  let distance = 1
  let since = 0
  for (const value of history) {
    since += 1
    if (value === 0) continue
    distance = size === undefined ? since : distance + alpha * (since - distance)
    size = size === undefined ? value : size + alpha * (value - size)
    since = 0
  }
  return flat(size === undefined ? 0 : ((1 - alpha / 2) * size) / distance, horizon)
}

function flat(value: number, horizon: number): readonly number[] {
  return Array.from({ length: horizon }, () => value)
}
