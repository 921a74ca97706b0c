import { mean, standardDeviation, sum } from './averages.ts'

/** Where a period is said to end, seen from one side. Statistics, in floating point. */
export interface Estimate {
  readonly mean: number
  readonly deviation: number
}

/** What people can carry: a base that yields so much in a month. */
export interface YieldQuestion {
  /** Past months: what they brought, and the base it came from: full heads. */
  readonly past: readonly { readonly value: number; readonly base: number }[]
  /** The base of each month of the period that is open; a part of it for a month that is partly behind. */
  readonly ahead: readonly number[]
  /** What the period has until now. */
  readonly actual: number
}

/**
 * The base times what it brought in a month: r = Σ value / Σ base. Around it months differ by s per √base (residuals ÷
 * √base); the rest of the period with the base H then has the variance s²·H·(1 + H/Σ base), the second part because r
 * is an estimate itself (ratio estimator: Cochran 1977, §6.3). Months that err alike, by season or trend, make spans err
 * more than that: s² is at least what spans as long as the one ahead differed by. Null with less than six months that had
 * a base.
 */
export function yieldEstimate({ past, ahead, actual }: YieldQuestion): Estimate | null {
  const based = past.filter((month) => month.base > 0)
  if (based.length < 6) return null
  const all = sum(based.map((month) => month.base))
  const each = yieldedBy(past)
  const spread = Math.max(
    spreadOf(based, each, 1),
    spreadOf(based, each, Math.min(ahead.length, Math.floor(based.length / 2))),
  )
  const open = sum(ahead)
  return { mean: actual + each * open, deviation: Math.sqrt(spread * open * (1 + open / all)) }
}

/** Mean square by which spans of so many months were off, for one of their base; every span that fits counts. */
function spreadOf(months: YieldQuestion['past'], each: number, length: number): number {
  const spans = months.flatMap((_, at) => (at + length <= months.length ? [months.slice(at, at + length)] : []))
  const squares = spans.map((span) => {
    const base = sum(span.map((month) => month.base))
    return (sum(span.map(({ value }) => value)) - each * base) ** 2 / base
  })
  return sum(squares) / Math.max(1, squares.length - 1)
}

/** What one of the base brought in a month: r = Σ value / Σ base, over months that had one; 0 where none had. */
export function yieldedBy(past: YieldQuestion['past']): number {
  const based = past.filter((month) => month.base > 0)
  return based.length === 0 ? 0 : sum(based.map(({ value }) => value)) / sum(based.map(({ base }) => base))
}

/**
 * What its peers would reach in its place, for a node without a history of its own: each peer's result by month and head,
 * times the months of its heads in the period, newcomers by their ramp. The variance of one more peer is s²·(1 + 1/n).
 * Null for fewer than two peers.
 */
export function peersEstimate(perHead: readonly number[], heads: number): Estimate | null {
  if (perHead.length < 2) return null
  const spread = standardDeviation(perHead) * Math.sqrt(1 + 1 / perHead.length)
  return { mean: heads * mean(perHead), deviation: heads * spread }
}

/** Shares of a market move: by a fifth from one year to the next, where nothing else is known of it. */
const shareMoves = 0.2

/**
 * What the growth of the market says: what the same span of the year before brought, times how much larger the market is
 * now (market of the period ÷ market of the year before). The share of the market is taken to stay, give or take a fifth.
 * Null without a result of the year before.
 */
export function marketEstimate({
  before,
  growth,
}: {
  readonly before: number
  readonly growth: number
}): Estimate | null {
  if (before <= 0 || growth <= 0) return null
  const mean = before * growth
  return { mean, deviation: shareMoves * mean }
}
