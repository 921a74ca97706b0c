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
  const { open, amount, weights, sum } = pinFloors(left, claims, free)
  const whole = sum * step
  let spare = amount
  const rows = open.map((at, row) => {
    const weight = weights[row] ?? 0n
    const ideal = amount * weight
    const steps = ideal / whole
    const floor = claims[at]?.floor ?? 0n
    const fair = step === 1n ? steps : steps * step
    const base = fair > floor ? fair : floor
    spare -= base
    const over = base === fair ? ideal - steps * whole : ideal - base * sum
    return { at, base, due: (owed[at] ?? 0n) + (over * finesse) / whole, takes: weight > 0n }
  })
  rows.sort(byDue)
  for (const { at, base, due } of rows) {
    const extra = spare < step ? spare : step
    spare -= extra
    parts[at] = base + extra
    owed[at] = extra === step ? due - finesse : due - (extra * finesse) / step
  }
  return done({ parts, owed })
}

interface Receiving {
  readonly at: number
  readonly due: bigint
  readonly takes: boolean
}

function byDue(a: Receiving, b: Receiving): number {
  if (a.takes !== b.takes) return a.takes ? -1 : 1
  if (a.due === b.due) return a.at - b.at
  return a.due > b.due ? -1 : 1
}

/** Claims whose share would fall below their floor get the floor; the others share what is left. */
function pinFloors(left: bigint, claims: readonly Claim[], free: readonly number[]) {
  let open = free
  let amount = left
  for (;;) {
    const weights = weigh(claims, open)
    const sum = totalOf(weights)
    const isAtFloor = (at: number, row: number) => {
      const floor = claims[at]?.floor ?? 0n
      return floor > 0n && amount * (weights[row] ?? 0n) < floor * sum
    }
    const pinned = open.filter(isAtFloor)
    if (pinned.length === 0) return { open, amount, weights, sum }
    open = open.filter((at, row) => !isAtFloor(at, row))
    amount -= totalOf(pinned.map((at) => claims[at]?.floor ?? 0n))
  }
}

function weigh(claims: readonly Claim[], open: readonly number[]): bigint[] {
  let isAny = false
  const weights = open.map((at) => {
    const weight = claims[at]?.weight ?? 0n
    if (weight <= 0n) return 0n
    isAny = true
    return weight
  })
  return isAny ? weights : weights.map(() => 1n)
}
