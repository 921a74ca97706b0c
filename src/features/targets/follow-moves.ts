import { nodeIdOf, readNodeId } from './node-id.ts'
import { overAt, parentOver } from './over-assignment.ts'
import { childrenOf, monthOf, nodeOf, planTree, topDown, totalOf } from './plan-tree.ts'
import type { PlanNode, PlanTree } from './plan-tree.ts'

/** What of a reorganisation concerns a plan. */
export interface Moves {
  /** The unit above, of units that stand elsewhere now. */
  readonly parents: ReadonlyMap<string, string>
  /** Months in which a person stood in another unit than planned: from row to row. */
  readonly months: readonly MovedMonth[]
}

export interface MovedMonth {
  readonly from: string
  readonly to: string
  readonly month: number
}

/** Days that somebody stood in a unit, by month. */
export interface Stood {
  readonly unitId: string
  readonly personId: string
  readonly days: readonly bigint[]
}

/** Units of the plan whose unit above is another one now. A unit without rows below takes none: its target is its own. */
export function movedUnits(
  tree: PlanTree,
  units: readonly { readonly unitId: string; readonly parentId: string | null }[],
): ReadonlyMap<string, string> {
  const present = new Set(units.map(({ unitId }) => unitId))
  const moved = new Map<string, string>()
  for (const { unitId, parentId } of units) {
    const row = tree.nodes.get(unitId)
    if (!row || row.parent === null || parentId === null || row.parent === parentId) continue
    if (present.has(parentId) && takesRows(tree, parentId)) moved.set(unitId, parentId)
  }
  return [...moved.keys()].some((unit) => standsUnderItself(tree, moved, unit)) ? new Map() : moved
}

/** Where one unit has to stay, another cannot come to stand above it. */
function standsUnderItself(tree: PlanTree, moved: ReadonlyMap<string, string>, unit: string): boolean {
  const seen = new Set<string>()
  for (let at: string | null = unit; at !== null; at = moved.get(at) ?? nodeOf(tree, at).parent) {
    if (seen.has(at)) return true
    seen.add(at)
  }
  return false
}

function takesRows(tree: PlanTree, id: string): boolean {
  const node = tree.nodes.get(id)
  return node !== undefined && (childrenOf(tree, id).length > 0 || totalOf(node.months) === 0n)
}

/** Months of people who stood in another unit of the plan all month long; where they stood longest takes them. */
export function movedMonths(tree: PlanTree, people: readonly Stood[]): MovedMonth[] {
  const byPerson = Map.groupBy(people, (stood) => stood.personId)
  const daysIn = new Map(people.map((stood) => [nodeIdOf(stood), stood.days]))
  const moved: MovedMonth[] = []
  for (const { id, months } of tree.nodes.values()) {
    const elsewhere = byPerson.get(readNodeId(id)?.personId ?? '')?.filter((stood) => tree.nodes.has(nodeIdOf(stood)))
    if (!elsewhere) continue
    for (const month of tree.periods) {
      if (monthOf(months, month) === 0n || monthOf(daysIn.get(id) ?? [], month) > 0n) continue
      const [longest] = elsewhere.toSorted((a, b) => Number(monthOf(b.days, month) - monthOf(a.days, month)))
      if (longest && monthOf(longest.days, month) > 0n) moved.push({ from: id, to: nodeIdOf(longest), month })
    }
  }
  return moved
}

/**
 * The plan with its rows where units and people stand now: a unit goes with all its months, a person month by month.
 * What they leave and what they join follow, locked cells too, so that every sum holds and the top stays.
 */
export function followMoves(tree: PlanTree, { parents, months }: Moves): PlanTree {
  const nodes = new Map(tree.nodes)
  for (const [unit, parent] of parents) nodes.set(unit, { ...nodeOf(tree, unit), parent })
  for (const { from, to, month } of months) {
    const [giver, taker] = [nodes.get(from), nodes.get(to)]
    if (!giver || !taker) continue
    const value = monthOf(giver.months, month)
    const locked = giver.locked[month] === true || taker.locked[month] === true
    nodes.set(from, withCell(giver, month, 0n, false))
    nodes.set(to, withCell(taker, month, together(monthOf(taker.months, month), value, tree), locked))
  }
  const moved = planTree([...nodes.values()], tree.rule)
  return tree.rule.nodes === 'sum' ? summed(moved, tree) : moved
}

/** A rate that somebody had elsewhere holds where nothing was set. */
function together(own: bigint, brought: bigint, { rule }: PlanTree): bigint {
  if (rule.nodes === 'same') return own === 0n ? brought : own
  return own + brought
}

function withCell(node: PlanNode, month: number, value: bigint, locked: boolean): PlanNode {
  return { ...node, months: node.months.with(month, value), locked: node.locked.with(month, locked) }
}

/** Units as sums of what is below them now; one that lost all its rows has nothing left. */
function summed(tree: PlanTree, before: PlanTree): PlanTree {
  const nodes = new Map(tree.nodes)
  for (const id of topDown(tree).reverse()) {
    const children = tree.children.get(id) ?? []
    if (children.length === 0 && childrenOf(before, id).length === 0) continue
    const node = nodeOf(tree, id)
    const months = tree.periods.map((month) => {
      const sum = totalOf(children.map((child) => monthOf(nodes.get(child)?.months ?? [], month)))
      return parentOver(sum, monthOf(node.months, month), overAt(node, month))
    })
    nodes.set(id, { ...node, months })
  }
  return { ...tree, nodes }
}
