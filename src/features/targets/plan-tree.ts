import { summing } from '#engine/metrics/plan-rule.ts'
import type { PlanRule } from '#engine/metrics/plan-rule.ts'
import { isFitting, overAt } from './over-assignment.ts'
import type { BufferRate } from './over-assignment.ts'

/**
 * Whole counts of the plan's unit (a cent, a deal), one for each leaf period of the fiscal year. Most calendars have
 * months there; others weeks, or periods of the company's own.
 */
export type Months = readonly bigint[]

/** A row of the plan: a unit, or a person in a unit. Months count from 0, the first leaf period of the year. */
export interface PlanNode {
  readonly id: string
  readonly parent: string | null
  readonly months: Months
  /** Locked cells keep their value when others re-balance. */
  readonly locked: readonly boolean[]
  /** How much more than its own the row hands out; nothing more unless told. */
  readonly buffer?: BufferRate
  /** What amendments of its children took out of the buffer, by month; nothing unless told. */
  readonly taken?: Months | undefined
}

export interface PlanTree {
  readonly root: string
  /** More than one where somebody sees only parts of a plan. */
  readonly roots: readonly string[]
  readonly nodes: ReadonlyMap<string, PlanNode>
  /** In the order in which the nodes came; leaves have no entry. */
  readonly children: ReadonlyMap<string, readonly string[]>
  /** The leaf periods of the year, from 0. */
  readonly periods: readonly number[]
  /** How its cells belong together. */
  readonly rule: PlanRule
}

/** One cell that changed. */
export interface CellChange {
  readonly node: string
  readonly month: number
  readonly before: bigint
  readonly after: bigint
}

/** Children that do not add up to their parent, and its buffer, in a month. */
export interface Mismatch {
  readonly node: string
  readonly month: number
  readonly own: bigint
  readonly children: bigint
}

/** The tree of rows; those without a parent are tops, the first of them the root. */
export function planTree(nodes: readonly PlanNode[], rule: PlanRule = summing): PlanTree {
  const roots = nodes.flatMap((node) => (node.parent === null ? [node.id] : []))
  const [root] = roots
  if (root === undefined) throw new Error('A plan needs a row without a parent.')
  const children = new Map<string, string[]>()
  for (const { id, parent } of nodes) {
    if (parent === null) continue
    const siblings = children.get(parent)
    if (siblings) siblings.push(id)
    else children.set(parent, [id])
  }
  const width = nodes[0]?.months.length ?? 0
  const periods = Array.from({ length: width }, (_, period) => period)
  return { root, roots, nodes: new Map(nodes.map((node) => [node.id, node])), children, periods, rule }
}

export function nodeOf(tree: PlanTree, id: string): PlanNode {
  const node = tree.nodes.get(id)
  if (!node) throw new Error(`No row ${id} in the plan.`)
  return node
}

export function childrenOf(tree: PlanTree, id: string): readonly PlanNode[] {
  return (tree.children.get(id) ?? []).map((child) => nodeOf(tree, child))
}

/** Every row, or the node and all below it, parents before children. */
export function topDown(tree: PlanTree, from?: string): string[] {
  const order = from === undefined ? [...tree.roots] : [from]
  for (let at = 0; at < order.length; at += 1) order.push(...(tree.children.get(order[at] ?? '') ?? []))
  return order
}

/** From the parent up to the top. */
export function ancestorsOf(tree: PlanTree, id: string): string[] {
  const above: string[] = []
  for (let parent = nodeOf(tree, id).parent; parent !== null; parent = nodeOf(tree, parent).parent) above.push(parent)
  return above
}

export function monthOf(months: Months, month: number): bigint {
  return months[month] ?? 0n
}

export function isLocked(node: PlanNode, month: number): boolean {
  return node.locked[month] ?? false
}

export function totalOf(counts: Iterable<bigint>): bigint {
  let total = 0n
  for (const count of counts) total += count
  return total
}

/**
 * Where children do not add up to their parent and its buffer: an empty list is the promise of every saved plan. Rates and
 * distinct counts have no sums to hold.
 */
export function mismatches(tree: PlanTree): Mismatch[] {
  if (tree.rule.nodes !== 'sum') return []
  const found: Mismatch[] = []
  for (const id of tree.children.keys()) {
    const node = nodeOf(tree, id)
    const below = childrenOf(tree, id)
    for (const month of tree.periods) {
      const own = monthOf(node.months, month)
      const children = sumOver(below, month)
      if (!isFitting(own, children, overAt(node, month))) found.push({ node: id, month, own, children })
    }
  }
  return found
}

/** What rows have together in a month. */
export function sumOver(rows: readonly PlanNode[], month: number): bigint {
  let sum = 0n
  for (const { months } of rows) sum += monthOf(months, month)
  return sum
}
