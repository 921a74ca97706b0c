import { fromUnits } from '#engine/money/units.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { targetErrors } from '../contract.ts'
import { crossings } from '../levels.ts'
import { treeOfRows } from '../plan-cells.ts'
import { handedOut, overAt } from '../over-assignment.ts'
import { mismatches } from '../plan-tree.ts'
import type { PlanTree } from '../plan-tree.ts'
import { isTooHigh, tooHighCells } from '../too-high.ts'
import { amountTooHigh, cellTooHigh, crossedLevels } from './faults.ts'
import type { Counted } from './faults.ts'
import { leavesOf } from './plan-year.ts'
import type { StoredPlan } from './plan-store.ts'
import type { Cells } from './row-changes.ts'
import type { StoredRow } from './stored-row.ts'

/**
 * Throws PLAN_DOES_NOT_SUM where children do not come to their parent and its buffer with the new cells, and
 * PLAN_LEVELS_CROSSED where levels cross, PLAN_INVALID where one passes what the metric can be; all name every cell. `rows` are those of all levels.
 */
export function refuseWrongCells(
  ctx: Ctx,
  plan: StoredPlan,
  rows: readonly StoredRow[],
  cells: ReadonlyMap<string, Partial<Cells>>,
): void {
  const before = treeOfRows(rows, plan)
  const tree = treeOfRows(
    rows.map((row) => ({ ...row, ...cells.get(row.id) })),
    plan,
  )
  refuseWrongSums(tree, rows, plan.unit)
  refuseTooHigh(ctx, { plan, rows }, before, tree)
  const crossed = crossings(tree)
  if (crossed.length === 0) return
  const { names, labels } = namedIn(ctx, { plan, rows })
  throw targetErrors.PLAN_LEVELS_CROSSED(
    {},
    crossed.slice(0, 100).map((crossing) => crossedLevels(crossing, { names, labels, unit: plan.unit })),
  )
}

/** Throws PLAN_INVALID where an amount that somebody asks for is more than the plan's metric can be. */
export function refuseTotalTooHigh(ctx: Ctx, field: string, amount: string, plan: StoredPlan): void {
  if (isTooHigh(amount, plan)) throw targetErrors.PLAN_INVALID({}, [amountTooHigh(field, amount, countedIn(ctx, plan))])
}

/** The plan's counting with the measure that people read its amounts in. */
export function countedIn(ctx: Ctx, { metric, unit, rule }: StoredPlan): Counted {
  return { unit, rule, measure: ctx.company.metrics.find(metric)?.unit ?? 'count' }
}

interface Placed {
  readonly plan: StoredPlan
  readonly rows: readonly StoredRow[]
}

/** PLAN_INVALID names every cell that would become more than the metric can be; those that are so already may stay. */
export function refuseTooHigh(ctx: Ctx, { plan, rows }: Placed, before: PlanTree, after: PlanTree): void {
  const beyond = tooHighCells(before, after, plan.unit)
  if (beyond.length === 0) return
  const named = { ...namedIn(ctx, { plan, rows }), ...countedIn(ctx, plan) }
  throw targetErrors.PLAN_INVALID(
    {},
    beyond.slice(0, 100).map((change) => cellTooHigh(change, named)),
  )
}

function namedIn(ctx: Ctx, { plan, rows }: Placed) {
  return {
    names: new Map(rows.map((row) => [row.id, row.name])),
    labels: leavesOf(ctx, plan.year).map(({ label }) => label[ctx.language]),
  }
}

const withoutBuffer = {
  zh: '“{name}”第 {month} 个月为 {own}，下级之和为 {children}',
  en: 'Month {month} of “{name}” is {own}, its children sum to {children}',
}

const withBuffer = {
  zh: '“{name}”第 {month} 个月为 {own}，超额 {buffer}% 应分给下级 {due}，下级之和为 {children}',
  en: 'Month {month} of “{name}” is {own} and hands out {due} with its buffer of {buffer} %, its children sum to {children}',
}

function refuseWrongSums(tree: PlanTree, rows: readonly StoredRow[], unit: string): void {
  const wrong = mismatches(tree)
  if (wrong.length === 0) return
  const known = new Map(rows.map((row) => [row.id, row]))
  const shown = wrong.slice(0, 100).map(({ node, month, own, children }) => {
    const rate = tree.nodes.get(node)?.buffer ?? 0n
    return {
      node,
      name: known.get(node)?.name ?? '',
      month: month + 1,
      own: fromUnits(own, unit),
      children: fromUnits(children, unit),
      buffer: Number(rate) / 100,
      due: fromUnits(handedOut(own, overAt(tree.nodes.get(node) ?? {}, month)), unit),
    }
  })
  throw targetErrors.PLAN_DOES_NOT_SUM(
    {},
    shown.map(({ node, ...params }) => ({
      field: `${node}.${params.month}`,
      code: 'sum',
      label: params.buffer > 0 ? withBuffer : withoutBuffer,
      params,
    })),
    { mismatches: shown.map(({ node, name, month, own, children }) => ({ node, name, month, own, children })) },
  )
}
