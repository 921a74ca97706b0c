import { monthOf, nodeOf } from './plan-tree.ts'
import type { CellChange, PlanNode, PlanTree } from './plan-tree.ts'

/** A plan being worked on: reads see what was written, the tree it came from stays as it was. */
export interface Draft {
  readonly tree: PlanTree
  valueOf(node: string, month: number): bigint
  set(node: string, month: number, value: bigint): void
  /** The cells that differ from the tree it came from, so far. */
  changes(): readonly CellChange[]
  finish(): { readonly tree: PlanTree; readonly changes: readonly CellChange[] }
}

export function openDraft(tree: PlanTree): Draft {
  const written = new Map<string, bigint[]>()
  return {
    tree,
    valueOf: (node, month) => monthOf(written.get(node) ?? nodeOf(tree, node).months, month),
    set: (node, month, value) => {
      const months = written.get(node) ?? [...nodeOf(tree, node).months]
      months[month] = value
      written.set(node, months)
    },
    changes: () => changesOf(tree, written),
    finish: () => finish(tree, written),
  }
}

function finish(tree: PlanTree, written: ReadonlyMap<string, readonly bigint[]>) {
  const nodes = new Map<string, PlanNode>(tree.nodes)
  for (const [id, months] of written) nodes.set(id, { ...nodeOf(tree, id), months })
  return { tree: { ...tree, nodes }, changes: changesOf(tree, written) }
}

function changesOf(tree: PlanTree, written: ReadonlyMap<string, readonly bigint[]>): readonly CellChange[] {
  const changes: CellChange[] = []
  for (const [id, months] of written) {
    const node = nodeOf(tree, id)
    months.forEach((after, month) => {
      const before = monthOf(node.months, month)
      if (before !== after) changes.push({ node: id, month, before, after })
    })
  }
  return changes
}
