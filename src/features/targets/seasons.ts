import { done, refused } from '#base/outcome.ts'
import type { Outcome } from '#base/outcome.ts'
import type { Months, PlanTree } from './plan-tree.ts'
import { roomOf, roomsOf } from './room.ts'
import { shareOut } from './share-out.ts'
import type { ShareRefusal } from './share-out.ts'

/** Weights of the year's leaf periods. */
export type Profile = readonly bigint[]

/** All periods alike. */
export function evenProfile(width: number): Profile {
  return Array.from({ length: width }, () => 1n)
}

/** The shape of past years, month by month; null if there is nothing to learn from. */
export function profileOf(history: readonly Months[], width: number): Profile | null {
  const sums = evenProfile(width).map((_, month) => history.reduce((sum, year) => sum + (year[month] ?? 0n), 0n))
  const profile = sums.map((sum) => (sum > 0n ? sum : 0n))
  return profile.some((sum) => sum > 0n) ? profile : null
}

/** A year's total over a row's months by a profile: they sum to it exactly, locked months stay. */
export function yearInMonths(
  tree: PlanTree,
  node: string,
  total: bigint,
  profile: Profile,
  step: bigint,
): Outcome<{ months: Months }, ShareRefusal> {
  const rooms = roomsOf(tree)
  const claims = tree.periods.map((month) => {
    return { ...roomOf(rooms, node, month), weight: profile[month] ?? 0n, owed: 0n }
  })
  const shares = shareOut(total, claims, step)
  return shares.ok ? done({ months: shares.parts }) : refused(shares.reason, node)
}
