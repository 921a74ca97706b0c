import { done, refused } from '#base/outcome.ts'
import type { Outcome } from '#base/outcome.ts'
import { monthsOfYear } from './plan-tree.ts'
import type { Months, PlanTree } from './plan-tree.ts'
import { roomOf, roomsOf } from './room.ts'
import { shareOut } from './share-out.ts'
import type { ShareRefusal } from './share-out.ts'

/** Twelve weights of the year. */
export type Profile = readonly bigint[]

export const evenProfile: Profile = monthsOfYear.map(() => 1n)

/** The shape of past years, month by month; null if there is nothing to learn from. */
export function profileOf(history: readonly Months[]): Profile | null {
  const sums = monthsOfYear.map((month) => history.reduce((sum, year) => sum + (year[month] ?? 0n), 0n))
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
  const claims = monthsOfYear.map((month) => {
    return { ...roomOf(rooms, node, month), weight: profile[month] ?? 0n, owed: 0n }
  })
  const shares = shareOut(total, claims, step)
  return shares.ok ? done({ months: shares.parts }) : refused(shares.reason, node)
}
