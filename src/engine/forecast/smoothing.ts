import type { SeasonKind } from './seasonal.ts'

/** The parts of an exponential smoothing model, e.g. ETS(M,Ad,M). */
export interface SmoothingForm {
  readonly error: 'additive' | 'multiplicative'
  readonly trend: 'none' | 'linear' | 'damped'
  readonly season: SeasonKind
}

/** How fast level, slope and season follow, and by how much the slope fades per step. */
export interface Weights {
  readonly alpha: number
  readonly beta: number
  readonly gamma: number
  readonly phi: number
}

/** Where the smoothing begins. `indices` holds one season, the first one for the history's first value. */
export interface SmoothingStart {
  readonly level: number
  readonly slope: number
  readonly indices: readonly number[]
}

export interface SmoothingRun {
  readonly level: number
  readonly slope: number
  /** The first one for the first value to come. */
  readonly indices: readonly number[]
  /** Squares of the one-step errors; relative ones for a multiplicative error. */
  readonly squares: number
  /** Σ ln|ŷ|, which the likelihood of a multiplicative error needs. */
  readonly logs: number
}

/**
 * Smooths a history: Hyndman, Koehler, Ord & Snyder (2008), Forecasting with Exponential Smoothing, table 2.1, in error
 * correction form. With q = ℓ + φb and p the value without its season: ℓ' = q + α(p − q), b' = φb + β(p − q),
 * s' = s + γ(t − s) where t is the value without q.
 */
export function smooth(
  history: readonly number[],
  form: SmoothingForm,
  { alpha, beta, gamma, phi }: Weights,
  start: SmoothingStart,
): SmoothingRun {
  const indices = [...start.indices]
  const isRelative = form.error === 'multiplicative'
  const kind = form.season
  let { level, slope } = start
  let [squares, logs, place] = [0, 0, 0]
  for (const value of history) {
    const index = indices[place] ?? 0
    const base = level + phi * slope
    const guess = kind === 'none' ? base : kind === 'additive' ? base + index : base * index
    const error = isRelative ? (value - guess) / guess : value - guess
    // A relative error has no meaning around zero: such weights are out of question.
    squares += isRelative && guess <= 0 ? Infinity : error * error
    if (isRelative) logs += Math.log(Math.abs(guess))
    const plain = kind === 'none' ? value : kind === 'additive' ? value - index : value / index
    level = base + alpha * (plain - base)
    slope = phi * slope + beta * (plain - base)
    if (kind === 'none') continue
    const seen = kind === 'additive' ? value - base : value / base
    indices[place] = index + gamma * (seen - index)
    place = (place + 1) % indices.length
  }
  return { level, slope, squares, logs, indices: [...indices.slice(place), ...indices.slice(0, place)] }
}

/** ŷ(h) = ℓ + (φ + φ² + … + φʰ)·b, with the season put back on. */
export function ahead(
  { level, slope, indices }: Pick<SmoothingRun, 'level' | 'slope' | 'indices'>,
  { season }: SmoothingForm,
  phi: number,
  horizon: number,
): readonly number[] {
  let steps = 0
  return Array.from({ length: horizon }, (_, at) => {
    steps += phi ** (at + 1)
    const base = level + steps * slope
    const index = indices[at % indices.length] ?? 0
    return season === 'none' ? base : season === 'additive' ? base + index : base * index
  })
}
