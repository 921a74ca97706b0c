import { addDays, earlier, later } from '#engine/calendar/day.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import type { PlanSummary } from '../contract.ts'
import { followTarget } from '../follow-target.ts'
import { isBelowTarget } from '../levels.ts'
import { nodeIdOf } from '../node-id.ts'
import { treeOfRows } from '../plan-cells.ts'
import { followMoves, movedMonths, movedUnits } from '../follow-moves.ts'
import { mismatches, nodeOf, topDown } from '../plan-tree.ts'
import type { PlanTree } from '../plan-tree.ts'
import { spread } from '../spread.ts'
import { byCurrent } from '../weights.ts'
import { layRows } from './lay-rows.ts'
import { orgStore } from './org-store.ts'
import { cellsOf, rowsAt } from './follow-levels.ts'
import { planStore } from './plan-store.ts'
import type { NewRow } from './plan-store.ts'
import type { StoredRow } from './stored-row.ts'
import { planAtVersion } from './delete-plan.ts'
import { refuseSettled, revisePlan } from './revise-plan.ts'
import { leavesOf, yearOf } from './plan-year.ts'
import { openPlan, summaryOf } from './show-plan.ts'

/**
 * Brings the plan to the org as it is now. Units and people that came after it was made start at zero (the first people
 * of a unit share what it has, and a rate is the one above); units and people that moved take their targets along. Every sum still holds, and the
 * top stays.
 */
export async function refreshPlan(
  ctx: Ctx,
  planId: string,
  version: number,
): Promise<{ plan: PlanSummary; added: number; moved: number }> {
  return inStep(
    ctx,
    async (step) => {
      const plan = await planAtVersion(step, planId, version)
      refuseSettled(plan)
      const { from, to } = yearOf(ctx, plan.year)
      const day = earlier(later(ctx.today, from), addDays(to, -1))
      const units = await orgStore.unitsOn(step.tx, plan.structureId, day)
      const months = leavesOf(ctx, plan.year)
      const people = await orgStore.presence(step.tx, plan.structureId, months)
      const known = new Set((await planStore.rows(step.tx, planId)).map((row) => row.id))
      const added = newcomers(layRows(units, people), known)
      if (added.length > 0) await planStore.addRows(step, planId, added, months.length)
      const rows = await planStore.rows(step.tx, planId)
      const sides = await planStore.levelRows(step.tx, plan, rows)
      const isNew = new Set(added.map(nodeIdOf))
      const filled = filledLeaves(treeOfRows(rows, plan), isNew)
      const moves = { parents: movedUnits(filled, units), months: movedMonths(filled, people) }
      const moved = new Set([...moves.parents.keys(), ...moves.months.map(({ from: row }) => row)])
      if (added.length > 0 || moved.size > 0) {
        await planStore.reparent(step, planId, moves.parents)
        const after = (tree: PlanTree) => (moved.size > 0 ? followMoves(tree, moves) : tree)
        const target = after(filled)
        const beside = plan.levels.flatMap((level) => {
          const side = after(filledLeaves(treeOfRows(rowsAt(level, sides), plan), isNew))
          // Each level is shared out by roundings of its own: none may cross the target by that.
          const held = followTarget(side, { before: target, after: target }, isBelowTarget(level, plan.rule.better))
          return [...cellsOf(held, plan.unit, level)]
        })
        const standing = await planStore.rows(step.tx, planId)
        await revisePlan(step, plan, [...standing, ...(await planStore.levelRows(step.tx, plan, standing))], {
          kind: 'refreshed',
          reason: null,
          cells: new Map([...cellsOf(target, plan.unit), ...beside]),
          noted: {
            before: { parents: parentsOf(rows, moves.parents.keys()) },
            after: { added: added.length, parents: Object.fromEntries(moves.parents) },
          },
        })
      }
      return { plan: summaryOf(ctx, await openPlan(step.tx, ctx, planId)), added: added.length, moved: moved.size }
    },
    { kind: 'plan.refresh' },
  )
}

/** Rows that the plan does not have. The top stays the top. */
function newcomers(laid: readonly NewRow[], known: ReadonlySet<string>): NewRow[] {
  return laid.filter((row) => !known.has(nodeIdOf(row)) && (row.personId !== null || row.parentUnitId !== null))
}

/** A unit that had targets but nobody below shares them among its first people; newcomers get the rate above them. */
function filledLeaves(rows: PlanTree, added: ReadonlySet<string>): PlanTree {
  let tree = rows
  if (tree.rule.nodes === 'same') return withRatesAbove(tree, added)
  for (const node of new Set(mismatches(tree).map((mismatch) => mismatch.node))) {
    const filled = spread(tree, node, { weigh: byCurrent, step: 1n })
    if (filled.ok) tree = filled.tree
  }
  return tree
}

function withRatesAbove(tree: PlanTree, added: ReadonlySet<string>): PlanTree {
  const nodes = new Map(tree.nodes)
  for (const id of topDown(tree)) {
    const node = nodeOf(tree, id)
    const above = nodes.get(node.parent ?? '')
    if (added.has(id) && above) nodes.set(id, { ...node, months: above.months })
  }
  return { ...tree, nodes }
}

function parentsOf(rows: readonly StoredRow[], units: Iterable<string>): Record<string, string | null> {
  const above = new Map(rows.map((row) => [row.id, row.parentId]))
  return Object.fromEntries([...units].map((unit) => [unit, above.get(unit) ?? null]))
}
