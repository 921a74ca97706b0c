import { monthOf, nodeOf } from './plan-tree.ts'
import type { CellChange, PlanTree } from './plan-tree.ts'

/** The cells that differ between two states of a plan, in its order. */
export function changesBetween(before: PlanTree, after: PlanTree): CellChange[] {
  return [...after.nodes.values()].flatMap((node) => {
    const old = nodeOf(before, node.id)
    if (old === node) return []
    return after.periods.flatMap((month) => {
      const [was, is] = [monthOf(old.months, month), monthOf(node.months, month)]
      return was === is ? [] : [{ node: node.id, month, before: was, after: is }]
    })
  })
}

/** The rows in which a lock was set or taken away. */
export function relocked(before: PlanTree, after: PlanTree): string[] {
  return [...after.nodes.values()]
    .filter((node) => node.locked.some((lock, month) => lock !== nodeOf(before, node.id).locked[month]))
    .map((node) => node.id)
}
