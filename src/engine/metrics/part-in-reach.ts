import { combine, type TierNode } from './tier-node.ts'

/** What somebody sees who does not see everything. */
export interface PartInReach {
  /** Units seen as a whole, wherever they stood and whoever stood in them. */
  readonly units: ReadonlySet<string>
  /** People seen by themselves outside these units. */
  readonly people: ReadonlySet<string>
  /** What the part is called where it has several tops. */
  readonly name: string
}

/**
 * The part of the tree that somebody sees: the highest units in reach, each as the whole that it was in the period, and
 * elsewhere single people in reach. One such node is the top; several are put under a node of their own. No top lies in
 * another, so that nothing is counted twice.
 */
export function partInReach(tree: TierNode, part: PartInReach): TierNode {
  const tops = topsInReach(tree, part)
  const [only] = tops
  return tops.length === 1 && only ? only : combine('mine', part.name, tops)
}

function topsInReach(node: TierNode, part: PartInReach): readonly TierNode[] {
  const { kind, personId, unitId } = node
  if (kind === 'person') return personId !== null && part.people.has(personId) ? [node] : []
  if (unitId !== null && part.units.has(unitId)) return [node]
  return node.children.flatMap((child) => topsInReach(child, part))
}
