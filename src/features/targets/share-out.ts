import { wholeSteps } from '#engine/money/units.ts'
import { done, refused } from '#base/outcome.ts'
import type { Outcome } from '#base/outcome.ts'
import { totalOf } from './plan-tree.ts'
import type { Room } from './room.ts'

/** One receiver of a share. */
export interface Claim extends Room {
  readonly weight: bigint
  /** What rounding owes it from the months before, in billionths of a step; negative if it had too much. */
  readonly owed: bigint
}

export type ShareRefusal = 'locked-sums-exceed' | 'nobody-free'

interface Shares {
  readonly parts: readonly bigint[]
  readonly owed: readonly bigint[]
}

/** Fine enough that a year of rounding never swap two receivers. */
const finesse = 1_000_000_000n

/**
 * Shares a total out by weight: parts add up to it exactly, fixed claims get their floor, free ones at least theirs.
 * Free parts are multiples of `step` as far as floors and the total allow; spare steps go to whom most is owed, so that
 * rounding evens out over the months. Ties go to the earlier claim. If no weight is positive, free claims are equal.
 */
export function shareOut(total: bigint, claims: readonly Claim[], step: bigint): Outcome<Shares, ShareRefusal> {
  const free = claims.flatMap((claim, at) => (claim.free ? [at] : []))
  const fixed = totalOf(claims.map((claim) => (claim.free ? 0n : claim.floor)))
  const left = total - fixed
  if (left < totalOf(free.map((at) => claims[at]?.floor ?? 0n))) return refused('locked-sums-exceed')
  if (free.length === 0 && left > 0n) return refused('nobody-free')
  const parts = claims.map((claim) => claim.floor)
  const owed = claims.map((claim) => claim.owed)
  const { open, amount } = pinFloors(left, claims, free)
  const weights = weigh(claims, open)
  const sum = totalOf(weights)
  const rows = open.map((at, row) => {
    const ideal = amount * (weights[row] ?? 0n)
    const floor = claims[at]?.floor ?? 0n
    const whole = wholeSteps(ideal / sum, step)
    const base = whole > floor ? whole : floor
    const due = (owed[at] ?? 0n) + ((ideal - base * sum) * finesse) / (sum * step)
    return { at, base, due, takes: (weights[row] ?? 0n) > 0n }
  })
  let spare = amount - totalOf(rows.map((row) => row.base))
  rows.sort((a, b) => Number(b.takes) - Number(a.takes) || (a.due === b.due ? a.at - b.at : a.due > b.due ? -1 : 1))
  for (const { at, base, due } of rows) {
    const extra = spare < step ? spare : step
    spare -= extra
    parts[at] = base + extra
    owed[at] = due - (extra * finesse) / step
  }
  return done({ parts, owed })
}

/** Claims whose share would fall below their floor get the floor; the others share what is left. */
function pinFloors(left: bigint, claims: readonly Claim[], free: readonly number[]) {
  let open = free
  let amount = left
  for (;;) {
    const weights = weigh(claims, open)
    const sum = totalOf(weights)
    const stays = open.filter((at, row) => amount * (weights[row] ?? 0n) >= (claims[at]?.floor ?? 0n) * sum)
    if (stays.length === open.length) return { open, amount }
    const pinned = open.filter((at) => !stays.includes(at))
    amount -= totalOf(pinned.map((at) => claims[at]?.floor ?? 0n))
    open = stays
  }
}

function weigh(claims: readonly Claim[], open: readonly number[]): bigint[] {
  const weights = open.map((at) => claims[at]?.weight ?? 0n).map((weight) => (weight > 0n ? weight : 0n))
  return weights.some((weight) => weight > 0n) ? weights : weights.map(() => 1n)
}
