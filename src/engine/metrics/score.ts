/** What a result is held against, all in the same counts. */
export interface Scored {
  readonly actual: bigint
  readonly target: bigint
  readonly better: 'higher' | 'lower'
  /** Lower is better: where it stood before. */
  readonly base?: bigint | null | undefined
}

/**
 * How far a result is on its way: 1 when the target is reached. To six decimals; null where the target says nothing.
 *
 * - Higher is better: actual ÷ target.
 * - Lower is better: (base − actual) ÷ (base − target), the part made of the way from the base down to the target. Without
 *   a base, or where the base was no worse than the target, twice the target stands for it, which makes
 *   2 − actual ÷ target: as many points above 1 as the result lies below its target.
 * - Lower is better and nothing is wanted, without a base: 1 if nothing came, else 0.
 */
export function scoreOf({ actual, target, better, base }: Scored): number | null {
  if (better === 'higher') return ratio(actual, target)
  const from = base !== undefined && base !== null && base > target ? base : 2n * target
  if (from === target) return actual <= 0n ? 1 : 0
  return ratio(from - actual, from - target)
}

/** A share for people to compare, not money: six decimals are enough. */
function ratio(above: bigint, below: bigint): number | null {
  return below === 0n ? null : Math.round((Number(above) / Number(below)) * 1e6) / 1e6
}
