import type { Counting } from '#engine/metrics/plan-rule.ts'
import { toUnits } from '#engine/money/units.ts'
import { changesBetween } from './plan-changes.ts'
import type { CellChange, PlanTree } from './plan-tree.ts'

/** The most that a cell of the plan can be, in whole counts of its unit; null where nothing bounds it. */
export function mostOf({ rule, unit }: Counting): bigint | null {
  return rule.most === undefined ? null : toUnits(rule.most, unit)
}

/** Whether an amount is more than the metric can be: a share of a whole beyond 100 %. */
export function isTooHigh(amount: string, counting: Counting): boolean {
  const most = mostOf(counting)
  return most !== null && toUnits(amount, counting.unit) > most
}

/** A count that was reckoned, held to the most that there can be. */
export function heldToMost(count: bigint, counting: Counting): bigint {
  const most = mostOf(counting)
  return most !== null && count > most ? most : count
}

/** The cells that would become more than the metric can be; those that were so before may stay. */
export function tooHighCells(before: PlanTree, after: PlanTree, unit: string): readonly CellChange[] {
  const most = mostOf({ rule: after.rule, unit })
  return most === null ? [] : changesBetween(before, after).filter((change) => change.after > most)
}
