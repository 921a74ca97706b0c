import type { Counting } from '#engine/metrics/plan-rule.ts'
import { fromUnits, toUnits } from '#engine/money/units.ts'
import { planTree } from './plan-tree.ts'
import type { CellChange, PlanTree } from './plan-tree.ts'
import type { CellChangeShape } from './contract.ts'

/** What the rules need of a row on the wire. */
interface WireRow {
  readonly id: string
  readonly parentId: string | null
  readonly months: readonly string[]
  readonly locked: readonly boolean[]
  readonly buffer?: number | undefined
  /** What amendments took out of the buffer; empty: nothing. */
  readonly taken?: readonly string[] | undefined
}

/** Rows of a plan as the tree that the rules work on; amounts become whole counts of the plan's unit. */
export function treeOfRows(rows: readonly WireRow[], { unit, rule }: Counting): PlanTree {
  return planTree(
    rows.map(({ id, parentId, months, locked, buffer = 0, taken = [] }) => ({
      id,
      parent: parentId,
      months: months.map((value) => toUnits(value, unit)),
      locked,
      buffer: BigInt(buffer),
      ...(taken.length > 0 ? { taken: taken.map((value) => toUnits(value, unit)) } : {}),
    })),
    rule,
  )
}

/** Changes as they travel: months count from 1. */
export function changesOnTheWire(changes: readonly CellChange[], unit: string): CellChangeShape[] {
  return changes.map(({ node, month, before, after }) => ({
    node,
    month: month + 1,
    before: fromUnits(before, unit),
    after: fromUnits(after, unit),
  }))
}
