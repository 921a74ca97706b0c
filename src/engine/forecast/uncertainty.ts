import { mean, sum } from './averages.ts'

/** How far forecasts are off: `deviation` one step ahead, its square growing by `growth` of itself with every step. */
export interface Uncertainty {
  readonly deviation: number
  readonly growth: number
}

/** Errors of one origin: the first is one step ahead. */
export type Misses = readonly number[]

const growths = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8]

/**
 * Measured on the errors of the back-test. The variance at h steps is that of a level that wanders,
 * σ²·(1 + c·(h − 1)) with c = α² (Hyndman & Athanasopoulos, §8.7); c is the one of the greatest normal likelihood.
 * Few origins stand for all that may come: their number is allowed for.
 */
export function uncertaintyOf(origins: readonly Misses[]): Uncertainty | null {
  const errors = origins.flatMap((misses) => misses.map((error, at) => ({ error, at })))
  if (errors.length === 0) return null
  const fits = growths.map((growth) => {
    const variance = mean(errors.map(({ error, at }) => (error * error) / (1 + growth * at)))
    const minusLog = errors.length * Math.log(variance) + sum(errors.map(({ at }) => Math.log(1 + growth * at)))
    return { growth, variance, minusLog }
  })
  const best = fits.reduce((one, other) => (other.minusLog < one.minusLog ? other : one))
  return { deviation: Math.sqrt(best.variance * allowance(origins.length)), growth: best.growth }
}

/** Standard deviation of the value at each step. */
export function deviationAt({ deviation, growth }: Uncertainty, step: number): number {
  return deviation * Math.sqrt(1 + growth * (step - 1))
}

/**
 * Standard deviation of the sum of the first steps: errors of a wandering level go together, cov(h, j) = σ²·(√c +
 * c·(h − 1)) for h < j.
 */
export function deviationOfSum({ deviation, growth }: Uncertainty, steps: number): number {
  let variance = 0
  for (let step = 1; step <= steps; step += 1) {
    const shared = Math.sqrt(growth) + growth * (step - 1)
    variance += 1 + growth * (step - 1) + 2 * (steps - step) * shared
  }
  return deviation * Math.sqrt(variance)
}

/**
 * By how much sums of the back-test were off more than that says, at least 1: a wrong trend adds up, noise does not.
 * Few origins reach so far, so that their number is allowed for once more.
 */
export function sumFactor(uncertainty: Uncertainty, origins: readonly Misses[]): number {
  const long = origins.filter((misses) => misses.length > 1)
  if (uncertainty.deviation === 0 || long.length === 0) return 1
  const ratios = long.map((misses) => sum(misses) / deviationOfSum(uncertainty, misses.length))
  return Math.max(1, Math.sqrt(mean(ratios.map((ratio) => ratio * ratio)) * allowance(long.length)))
}

/** A new value beside k of which mean and variance are estimated has (k + 1)/(k − 1) times their variance. */
function allowance(count: number): number {
  return count > 1 ? (count + 1) / (count - 1) : 4
}
