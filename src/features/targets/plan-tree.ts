/** Twelve whole counts of the plan's unit (a cent, a deal), one for each fiscal month. */
export type Months = readonly bigint[]

export const monthsOfYear: readonly number[] = Array.from({ length: 12 }, (_, month) => month)

/** A row of the plan: a unit, or a person in a unit. Months count from 0, the first fiscal month. */
export interface PlanNode {
  readonly id: string
  readonly parent: string | null
  readonly months: Months
  /** Locked cells keep their value when others re-balance. */
  readonly locked: readonly boolean[]
}

export interface PlanTree {
  readonly root: string
  /** More than one where somebody sees only parts of a plan. */
  readonly roots: readonly string[]
  readonly nodes: ReadonlyMap<string, PlanNode>
  /** In the order in which the nodes came; leaves have no entry. */
  readonly children: ReadonlyMap<string, readonly string[]>
}

/** One cell that changed. */
export interface CellChange {
  readonly node: string
  readonly month: number
  readonly before: bigint
  readonly after: bigint
}

/** Children that do not add up to their parent in a month. */
export interface Mismatch {
  readonly node: string
  readonly month: number
  readonly own: bigint
  readonly children: bigint
}

/** The tree of rows; those without a parent are tops, the first of them the root. */
export function planTree(nodes: readonly PlanNode[]): PlanTree {
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
  return { root, roots, nodes: new Map(nodes.map((node) => [node.id, node])), children }
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

/** Where children do not add up to their parent: an empty list is the promise of every saved plan. */
export function mismatches(tree: PlanTree): Mismatch[] {
  const found: Mismatch[] = []
  for (const id of tree.children.keys()) {
    const below = childrenOf(tree, id)
    for (const month of monthsOfYear) {
      const own = monthOf(nodeOf(tree, id).months, month)
      const children = totalOf(below.map((child) => monthOf(child.months, month)))
      if (own !== children) found.push({ node: id, month, own, children })
    }
  }
  return found
}
