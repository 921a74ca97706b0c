import { openDraft } from './draft.ts'
import { overAt, parentOver } from './over-assignment.ts'
import { childrenOf, isLocked, nodeOf, topDown, totalOf } from './plan-tree.ts'
import type { CellChange, PlanTree } from './plan-tree.ts'

/**
 * Lets parents follow their children, from the leaves up: what a sheet of people alone means for their units. Rates and
 * distinct counts follow nobody.
 * Rows in `given` (or single cells, as `row month`) speak for themselves, and locked cells stay: there sums may not agree, which `mismatches` tells.
 */
export function sumUp(
  tree: PlanTree,
  given: ReadonlySet<string>,
): { readonly tree: PlanTree; readonly changes: readonly CellChange[] } {
  const draft = openDraft(tree)
  if (tree.rule.nodes !== 'sum') return draft.finish()
  for (const id of topDown(tree).reverse()) {
    const children = childrenOf(tree, id)
    if (children.length === 0 || given.has(id)) continue
    const node = nodeOf(tree, id)
    for (const month of tree.periods) {
      const sum = totalOf(children.map((child) => draft.valueOf(child.id, month)))
      const own = draft.valueOf(id, month)
      if (given.has(`${id} ${month}`)) continue
      const follows = parentOver(sum, own, overAt(node, month))
      if (follows !== own && !isLocked(node, month)) draft.set(id, month, follows)
    }
  }
  return draft.finish()
}
