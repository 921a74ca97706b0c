import { lineThrough } from './averages.ts'
import { minimise } from './minimise.ts'
import { seasonalityOf, withoutSeason, withSeason } from './seasonal.ts'

/**
 * The Theta method as it won M3 (Assimakopoulos & Nikolopoulos 2000), in the closed form of Hyndman & Billah (2003):
 * simple exponential smoothing of the history without its season, plus a drift of half the slope of the straight line
 * through it: ŷ(h) = level + b/2·(h − 1 + (1 − (1 − α)ⁿ)/α).
 */
export function standardTheta(history: readonly number[], horizon: number, season: number): readonly number[] {
  const seasonality = seasonalityOf(history, season)
  const plain = withoutSeason(history, seasonality)
  const { slope } = lineThrough(plain)
  const { alpha, level } = smoothed(plain)
  const behind = (1 - (1 - alpha) ** plain.length) / alpha
  const points = Array.from({ length: horizon }, (_, at) => level + (slope / 2) * (at + behind))
  return withSeason(points, history.length, seasonality)
}

/** Simple exponential smoothing: the α and first level of the least squared errors, and the last level. */
export function smoothed(values: readonly number[]): { readonly alpha: number; readonly level: number } {
  const size = Math.max(...values.map(Math.abs), Number.MIN_VALUE)
  const run = (alpha: number, first: number) => {
    let level = first
    let squares = 0
    for (const value of values) {
      const error = value - level
      squares += error * error
      level += alpha * error
    }
    return { level, squares }
  }
  const { point } = minimise(
    ([alpha = 0, first = 0]) => (alpha < 0.01 || alpha > 0.99 ? Infinity : run(alpha, first * size).squares),
    { from: [0.3, (values[0] ?? 0) / size], steps: [0.2, 0.1] },
  )
  const [alpha = 0.3, first = 0] = point
  return { alpha, level: run(alpha, first * size).level }
}

interface ThetaState {
  readonly alpha: number
  readonly theta: number
  readonly first: number
}

/**
 * The dynamic optimised Theta model (Fiorucci, Pellegrini, Louzada, Petropoulos & Koehler 2016, equations 14–18): the
 * line is drawn anew with every value, and the first level, α and θ are those of the least squared one-step errors.
 * What is to come is forecast step by step, each step taken as if it had happened.
 */
export function dynamicTheta(history: readonly number[], horizon: number, season: number): readonly number[] {
  const seasonality = seasonalityOf(history, season)
  const plain = withoutSeason(history, seasonality)
  const size = Math.max(...plain.map(Math.abs), Number.MIN_VALUE)
  const state = ([first = 0, alpha = 0, theta = 0]: readonly number[]) => ({ first: first * size, alpha, theta })
  const { point } = minimise(
    (at) => {
      const asked = state(at)
      const { alpha, theta } = asked
      return alpha < 0.1 || alpha > 0.99 || theta < 1 || theta > 8.3 ? Infinity : runTheta(plain, asked, 0).squares
    },
    { from: [(plain[0] ?? 0) / size / 2, 0.5, 2], steps: [0.1, 0.2, 0.5] },
  )
  return withSeason(runTheta(plain, state(point), horizon).ahead, history.length, seasonality)
}

/** One-step errors over the history, then the steps ahead. */
export function runTheta(
  values: readonly number[],
  { alpha, theta, first }: ThetaState,
  horizon: number,
): { readonly squares: number; readonly ahead: readonly number[] } {
  const ahead: number[] = []
  let [level, middle, slope, start] = [first, 0, 0, 0]
  let squares = 0
  for (let t = 1; t <= values.length + horizon; t += 1) {
    const left = (1 - alpha) ** (t - 1)
    const line = left * start + ((1 - left * (1 - alpha)) / alpha) * slope
    const guess = t === 1 ? (values[0] ?? 0) : level + (1 - 1 / theta) * line
    const value = t <= values.length ? (values[t - 1] ?? 0) : guess
    if (t <= values.length && t > 1) squares += (value - guess) ** 2
    if (t > values.length) ahead.push(guess)
    level += alpha * (value - level)
    slope = t === 1 ? 0 : ((t - 2) * slope + (6 * (value - middle)) / t) / (t + 1)
    middle += (value - middle) / t
    start = middle - (slope * (t + 1)) / 2
  }
  return { squares, ahead }
}
