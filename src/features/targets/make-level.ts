import { halfUp, handedOut, isFitting, overAt } from './over-assignment.ts'
import type { Over } from './over-assignment.ts'
import { childrenOf, monthOf, nodeOf, sumOver } from './plan-tree.ts'
import type { PlanNode, PlanTree } from './plan-tree.ts'
import { shareOut } from './share-out.ts'

/**
 * Another level of a plan, made from its target by percent (85 for a floor, 120 for a stretch). The tops are rounded half
 * up to the step, below them largest remainders decide, period by period, so that sums hold and no cell crosses the
 * target. Nothing in it is locked.
 */
export function makeLevel(target: PlanTree, percent: bigint, step: bigint): PlanTree {
  if (target.rule.nodes !== 'sum') return eachByPercent(target, percent)
  const nodes = new Map<string, PlanNode>()
  const place = (node: PlanNode, months: readonly bigint[]): void => {
    nodes.set(node.id, { ...node, months, locked: months.map(() => false), taken: takenAt(node, percent) })
    const children = childrenOf(target, node.id)
    if (children.length === 0) return
    const parts = months.map((value, month) => sharesOf(node, children, { value, month, percent, step }))
    children.forEach((child, at) =>
      place(
        child,
        parts.map((part) => part[at] ?? 0n),
      ),
    )
  }
  for (const root of target.roots) {
    const top = nodeOf(target, root)
    place(
      top,
      top.months.map((value) => halfUp(value * percent, 100n * step) * step),
    )
  }
  return { ...target, nodes: new Map([...target.nodes.keys()].map((id) => [id, nodes.get(id) ?? nodeOf(target, id)])) }
}

/** Where nothing sums, every row is rounded by itself. */
function eachByPercent(target: PlanTree, percent: bigint): PlanTree {
  const ofLevel = (node: PlanNode): PlanNode => ({
    ...node,
    months: node.months.map((value) => halfUp(value * percent, 100n)),
    locked: node.months.map(() => false),
  })
  return { ...target, nodes: new Map([...target.nodes].map(([id, node]) => [id, ofLevel(node)])) }
}

interface Cell {
  readonly value: bigint
  readonly month: number
  readonly percent: bigint
  readonly step: bigint
}

function sharesOf(node: PlanNode, children: readonly PlanNode[], { value, month, percent, step }: Cell) {
  const sum = sumOver(children, month)
  const claims = children.map((child) => ({ floor: 0n, free: true, owed: 0n, weight: monthOf(child.months, month) }))
  const shares = shareOut(
    totalFor(value, sum, overAt({ ...node, taken: takenAt(node, percent) }, month), percent),
    claims,
    step,
  )
  // Nothing is locked and nothing is below zero: there is always room.
  return shares.ok ? shares.parts : claims.map(() => 0n)
}

/** What the row hands out on the new level; never beyond what it hands out of the target, where that fits as well. */
function totalFor(value: bigint, sum: bigint, over: Over, percent: bigint): bigint {
  const total = handedOut(value, over)
  const crosses = percent === 100n ? total !== sum : percent < 100n ? total > sum : total < sum
  return crosses && isFitting(value, sum, over) ? sum : total
}

/** What amendments took out of the buffer of the target, on the level's scale. */
function takenAt({ taken }: PlanNode, percent: bigint): readonly bigint[] | undefined {
  return taken?.map((count) => halfUp(count * percent, 100n))
}
