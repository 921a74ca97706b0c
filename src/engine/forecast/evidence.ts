import { mean, standardDeviation, sum } from './averages.ts'

/** Where a period is said to end, seen from one side. Statistics, in floating point. */
export interface Estimate {
  readonly mean: number
  readonly deviation: number
}

/** What people can carry: their time, newcomers by their ramp. */
export interface CapacityQuestion {
  /** Past months: what they brought and how many full heads brought it. */
  readonly past: readonly { readonly value: number; readonly heads: number }[]
  /** Full heads of each month of the period that is open. */
  readonly heads: readonly number[]
  /** What the period has until now. */
  readonly actual: number
}

/**
 * Heads × what a head brought in a month: r = Σ value / Σ heads. Around it months differ by s per √head (residuals ÷
 * √heads); the rest of the period with H heads then has the variance s²·H·(1 + H/Σ heads), the second part because r is
 * an estimate itself (ratio estimator: Cochran 1977, §6.3). Null without past heads or with less than six months.
 */
export function capacityEstimate({ past, heads, actual }: CapacityQuestion): Estimate | null {
  const manned = past.filter((month) => month.heads > 0)
  if (manned.length < 6) return null
  const all = sum(manned.map((month) => month.heads))
  const each = sum(manned.map((month) => month.value)) / all
  const apart = manned.map((month) => (month.value - each * month.heads) / Math.sqrt(month.heads))
  const spread = sum(apart.map((value) => value * value)) / (manned.length - 1)
  const open = sum(heads)
  return { mean: actual + each * open, deviation: Math.sqrt(spread * open * (1 + open / all)) }
}

export interface PipelineQuestion {
  /** What the period has until now. */
  readonly actual: number
  /** Open deals that should close in the period, with their chance to be won in it, 0–1. */
  readonly deals: readonly { readonly amount: number; readonly chance: number }[]
  /** What deals that nobody knows yet are expected to bring: the months after a sales cycle, from their forecast. */
  readonly unseen: Estimate
}

/** Each deal is won or not: Σ p·a with the variance Σ p·(1 − p)·a², and what is not in the pipeline yet. */
export function pipelineEstimate({ actual, deals, unseen }: PipelineQuestion): Estimate {
  const expected = sum(deals.map(({ amount, chance }) => chance * amount))
  const variance = sum(deals.map(({ amount, chance }) => chance * (1 - chance) * amount * amount))
  return {
    mean: actual + expected + unseen.mean,
    deviation: Math.sqrt(variance + unseen.deviation * unseen.deviation),
  }
}

/**
 * What its peers would reach in its place, for a node without a history of its own: each peer's result of the same
 * length per head, times its heads. The variance of one more peer is s²·(1 + 1/n). Null for fewer than two peers.
 */
export function peersEstimate(perHead: readonly number[], heads: number): Estimate | null {
  if (perHead.length < 2) return null
  const spread = standardDeviation(perHead) * Math.sqrt(1 + 1 / perHead.length)
  return { mean: heads * mean(perHead), deviation: heads * spread }
}
