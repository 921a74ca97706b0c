import { refused } from '#base/outcome.ts'
import { overPeriods } from '#engine/metrics/plan-rule.ts'
import type { Carry } from './carry.ts'
import { nodeOf } from './plan-tree.ts'
import type { PlanTree } from './plan-tree.ts'
import { stepOfPlan } from './plan-work.ts'
import { rebalance } from './rebalance.ts'
import type { RebalanceRefusal } from './rebalance.ts'
import type { Spread } from './spread.ts'

export interface AmendmentWish {
  readonly node: string
  /** The first period that changes, from 0; all after it change with it, as they stand to each other. */
  readonly from: number
  /** What these periods come to together, in whole counts of the plan's unit. */
  readonly total: bigint
  readonly carry: Carry
}

/** The row's periods from `from` on. */
export function periodsFrom(tree: PlanTree, node: string, from: number): number[] {
  return nodeOf(tree, node)
    .months.map((_, period) => period)
    .slice(from)
}

/** What the row's periods from `from` on come to, as the plan's periods make it. */
export function restOf(tree: PlanTree, node: string, from: number): bigint {
  return overPeriods(nodeOf(tree, node).months.slice(from), tree.rule.periods)
}

/**
 * The plan with the amendment. What lies before its first period stays as it was everywhere. Where rows are no sums, nobody
 * carries anything. The row's own locks do not
 * bind: the decision is about this row; locks of all others do.
 */
export function amend(
  tree: PlanTree,
  { node, from, total, carry }: AmendmentWish,
  { unit, fixedTop }: { readonly unit: string; readonly fixedTop?: string | undefined },
): Spread<RebalanceRefusal> {
  const own = nodeOf(tree, node)
  const periods = periodsFrom(tree, node, from)
  const { nodes: sums } = tree.rule
  if (sums === 'sum' && carry === 'parents' && fixedTop !== undefined) return refused('out-of-reach', node)
  if (sums === 'sum' && own.parent === null && carry === 'siblings') return refused('no-sibling', node)
  const opened = {
    ...tree,
    nodes: new Map(tree.nodes).set(node, { ...own, locked: own.locked.map(() => false) }),
  }
  const rule = { absorb: carry, step: stepOfPlan(tree, unit), ...(fixedTop === undefined ? {} : { fixedTop }) }
  const next = rebalance(opened, { node, months: periods, value: total }, rule)
  if (!next.ok) return next
  const amended = { ...nodeOf(next.tree, node), locked: own.locked }
  return { ...next, tree: { ...next.tree, nodes: new Map(next.tree.nodes).set(node, amended) } }
}
