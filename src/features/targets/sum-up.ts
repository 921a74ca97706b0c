import { openDraft } from './draft.ts'
import { childrenOf, isLocked, monthsOfYear, nodeOf, topDown, totalOf } from './plan-tree.ts'
import type { CellChange, PlanTree } from './plan-tree.ts'

/**
 * Lets parents follow their children, from the leaves up: what a sheet of people alone means for their units.
 * Rows in `given` speak for themselves, and locked cells stay: there sums may not agree, which `mismatches` tells.
 */
export function sumUp(
  tree: PlanTree,
  given: ReadonlySet<string>,
): { readonly tree: PlanTree; readonly changes: readonly CellChange[] } {
  const draft = openDraft(tree)
  for (const id of topDown(tree).reverse()) {
    const children = childrenOf(tree, id)
    if (children.length === 0 || given.has(id)) continue
    for (const month of monthsOfYear) {
      const sum = totalOf(children.map((child) => draft.valueOf(child.id, month)))
      if (sum !== draft.valueOf(id, month) && !isLocked(nodeOf(tree, id), month)) draft.set(id, month, sum)
    }
  }
  return draft.finish()
}
