import { isFitting, overAt, parentOver } from './over-assignment.ts'
import { childrenOf, monthOf, nodeOf, sumOver, topDown } from './plan-tree.ts'
import type { PlanNode, PlanTree } from './plan-tree.ts'

interface Targets {
  readonly before: PlanTree
  readonly after: PlanTree
}

/**
 * A level beside a target that became another: each cell keeps its proportion to the target, rounded down to whole counts,
 * and never crosses it; rows above follow what is below them. Locks of the level do not bind, for the target is decided.
 * `isBelow`: the level is at most the target.
 */
export function followTarget(side: PlanTree, { before, after }: Targets, isBelow: boolean): PlanTree {
  const held = (value: bigint, target: bigint) => ((isBelow ? value > target : value < target) ? target : value)
  const follow = (node: PlanNode): PlanNode => {
    const [was, is] = [nodeOf(before, node.id).months, nodeOf(after, node.id).months]
    const months = node.months.map((value, month) => {
      const [from, to] = [monthOf(was, month), monthOf(is, month)]
      return held(from === to || from === 0n ? value : (value * to) / from, to)
    })
    return { ...node, months }
  }
  const nodes = new Map(side.nodes)
  // Bottom up: what rows hand out is what stands below them by now.
  for (const id of topDown(side).reverse()) {
    const node = nodeOf(side, id)
    const children = childrenOf({ ...side, nodes }, id)
    nodes.set(id, children.length === 0 || side.rule.nodes !== 'sum' ? follow(node) : over(node, children, after, held))
  }
  return { ...side, nodes }
}

function over(
  node: PlanNode,
  children: readonly PlanNode[],
  target: PlanTree,
  held: (value: bigint, target: bigint) => bigint,
): PlanNode {
  const own = nodeOf(target, node.id)
  const taken = own.taken?.map((count, month) =>
    onLevel(count, monthOf(node.months, month), monthOf(own.months, month)),
  )
  const months = node.months.map((value, month) => {
    const sum = sumOver(children, month)
    const rate = overAt({ ...node, taken }, month)
    const received = parentOver(sum, value, rate)
    const inside = held(received, monthOf(own.months, month))
    return isFitting(inside, sum, rate) ? inside : received
  })
  return { ...node, months, taken }
}

/** What amendments took out of the buffer of the target, on the level's scale. */
function onLevel(count: bigint, level: bigint, target: bigint): bigint {
  return target === 0n ? 0n : (count * level) / target
}
