import { fromUnits } from '#engine/money/units.ts'
import type { Tx } from '#platform/db/step.ts'
import { followTarget } from '../follow-target.ts'
import { isBelowTarget, readRowId, rowIdAt } from '../levels.ts'
import type { Level, SideLevel } from '../levels.ts'
import { treeOfRows } from '../plan-cells.ts'
import type { PlanTree } from '../plan-tree.ts'
import { heldToMost } from '../too-high.ts'
import { planStore } from './plan-store.ts'
import type { StoredPlan } from './plan-store.ts'
import type { Cells } from './row-changes.ts'
import type { StoredRow } from './stored-row.ts'

interface LevelsFollowing {
  /** The rows of the target and of every level beside it. */
  readonly rows: readonly StoredRow[]
  readonly cells: ReadonlyMap<string, Partial<Cells>>
}

/**
 * New cells of the target with what the levels beside it become: for acts that decide about the target alone, so that no
 * floor or stretch stands in their way. `rows` are all rows of the target.
 */
export async function withLevels(
  tx: Tx,
  plan: StoredPlan,
  rows: readonly StoredRow[],
  cells: ReadonlyMap<string, Partial<Cells>>,
): Promise<LevelsFollowing> {
  if (plan.levels.length === 0) return { rows, cells }
  const sides = await planStore.levelRows(tx, plan, rows)
  const before = treeOfRows(rows, plan)
  const after = treeOfRows(
    rows.map((row) => ({ ...row, ...cells.get(row.id) })),
    plan,
  )
  const followed = plan.levels.flatMap((level) => {
    const side = treeOfRows(rowsAt(level, sides), plan)
    const isBelow = isBelowTarget(level, plan.rule.better)
    return [...cellsOf(followTarget(side, { before, after }, isBelow), plan.unit, level)]
  })
  return { rows: [...rows, ...sides], cells: new Map([...cells, ...followed]) }
}

/** The rows of a level under the keys that they have in the target. */
export function rowsAt(level: SideLevel, sides: readonly StoredRow[]): readonly StoredRow[] {
  return sides.flatMap((row) => {
    const own = readRowId(row.id)
    if (own.level !== level) return []
    return [{ ...row, id: own.id, parentId: row.parentId === null ? null : readRowId(row.parentId).id }]
  })
}

/** The cells of a tree of a level, under the keys of its rows; a stretch of a share ends at 100 %. */
export function cellsOf(tree: PlanTree, unit: string, level: Level = 'target'): ReadonlyMap<string, Cells> {
  const held = (value: bigint) => (level === 'target' ? value : heldToMost(value, { rule: tree.rule, unit }))
  return new Map(
    [...tree.nodes].map(([id, { months, locked, taken }]) => [
      rowIdAt(level, id),
      {
        months: months.map((value) => fromUnits(held(value), unit)),
        locked,
        ...(taken ? { taken: taken.map((value) => fromUnits(value, unit)) } : {}),
      },
    ]),
  )
}
