import { overPeriods } from '#engine/metrics/plan-rule.ts'
import type { PeriodRule } from '#engine/metrics/plan-rule.ts'
import { monthOf, totalOf } from '../../plan-tree.ts'
import type { PlanNode, PlanTree } from '../../plan-tree.ts'
import type { GridColumn } from './grid-columns.ts'
import type { PlanLine } from './open-plan.ts'

/** What amendments of rows below took out of the row's buffer, all year. */
export function takenOf(node: PlanNode): bigint {
  return totalOf(node.taken ?? [])
}

/** Children's sum over the row, all year. */
export function heldBy(tree: PlanTree, node: PlanNode): bigint {
  if ((node.buffer ?? 0n) === 0n) return 0n
  const below = (tree.children.get(node.id) ?? []).map((id) => totalOf(tree.nodes.get(id)?.months ?? []))
  return totalOf(below) - totalOf(node.months)
}

/** What the target of a column was entered relative to. */
export function basisOver(bases: PlanLine['bases'] | undefined, { months }: GridColumn) {
  return bases?.find(({ first, last }) => first === (months[0] ?? 0) + 1 && last === (months.at(-1) ?? 0) + 1)
}

/** What the months of a column make together, by the rule of the plan's periods. */
export function sumOver(node: PlanNode, { months }: GridColumn, periods: PeriodRule): bigint {
  return months.length === 1
    ? monthOf(node.months, months[0] ?? 0)
    : overPeriods(
        months.map((month) => monthOf(node.months, month)),
        periods,
      )
}
