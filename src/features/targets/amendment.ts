import { refused } from '#base/outcome.ts'
import { overPeriods } from '#engine/metrics/plan-rule.ts'
import type { Carry } from './carry.ts'
import { handedOut, overAt } from './over-assignment.ts'
import { monthOf, nodeOf, planTree, topDown, totalOf } from './plan-tree.ts'
import type { PlanNode, PlanTree } from './plan-tree.ts'
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
  if (sums === 'sum' && carry === 'buffer') return byBuffer(tree, own, { periods, total }, unit)
  const opened = {
    ...tree,
    nodes: new Map(tree.nodes).set(node, { ...own, locked: own.locked.map(() => false) }),
  }
  const absorb = carry === 'siblings' ? ('siblings' as const) : ('parents' as const)
  const rule = { absorb, step: stepOfPlan(tree, unit), ...(fixedTop === undefined ? {} : { fixedTop }) }
  const next = rebalance(opened, { node, months: periods, value: total }, rule)
  if (!next.ok) return next
  const amended = { ...nodeOf(next.tree, node), locked: own.locked }
  return { ...next, tree: { ...next.tree, nodes: new Map(next.tree.nodes).set(node, amended) } }
}

/**
 * The amendment carried by the buffer of the unit above: it and the siblings stay, what the unit hands out beyond its own
 * is that much smaller. Refused where the buffer holds less, and where more is handed out than amendments took before.
 */
function byBuffer(
  tree: PlanTree,
  own: PlanNode,
  { periods, total }: { readonly periods: readonly number[]; readonly total: bigint },
  unit: string,
): Spread<RebalanceRefusal> {
  const parent = own.parent === null ? undefined : nodeOf(tree, own.parent)
  if (!parent || (parent.buffer ?? 0n) === 0n) return refused('no-buffer', parent?.id ?? own.id)
  const below = planTree(
    topDown(tree, own.id).map((id) => {
      const node = nodeOf(tree, id)
      return id === own.id ? { ...node, parent: null, locked: node.locked.map(() => false) } : node
    }),
    tree.rule,
  )
  const next = rebalance(
    below,
    { node: own.id, months: periods, value: total },
    { absorb: 'parents', step: stepOfPlan(tree, unit) },
  )
  if (!next.ok) return next
  const after = nodeOf(next.tree, own.id).months
  const taken = tree.periods.map(
    (period) => (parent.taken?.[period] ?? 0n) + monthOf(own.months, period) - monthOf(after, period),
  )
  if (taken.some((count) => count < 0n)) return refused('buffer-full', parent.id)
  const isMore = (period: number) => (taken[period] ?? 0n) > bufferOf(parent, period)
  if (periods.some(isMore)) return refused('buffer-too-small', parent.id)
  const nodes = new Map(tree.nodes)
  for (const node of next.tree.nodes.values()) nodes.set(node.id, node)
  nodes.set(own.id, { ...own, months: after })
  nodes.set(parent.id, { ...parent, taken })
  return { ...next, tree: { ...tree, nodes } }
}

/** What a row hands out beyond its own in a period, before amendments took anything out of it. */
function bufferOf(row: PlanNode, period: number): bigint {
  const own = monthOf(row.months, period)
  return handedOut(own, { rate: row.buffer ?? 0n, taken: 0n }) - own
}

/** What the row's buffer still holds over its periods from `from` on. */
export function bufferLeft(tree: PlanTree, node: string, from: number): bigint {
  const row = nodeOf(tree, node)
  return totalOf(
    periodsFrom(tree, node, from).map((period) => {
      const own = monthOf(row.months, period)
      return handedOut(own, overAt(row, period)) - own
    }),
  )
}
