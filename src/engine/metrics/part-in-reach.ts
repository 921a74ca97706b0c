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
 * elsewhere single people in reach. One such node is the top; several are put under a node of their own. There people are
 * named with their unit, and units that moved with the one above: they stand there twice. No top lies in another, so that
 * nothing is counted twice.
 */
export function partInReach(tree: TierNode, part: PartInReach): TierNode {
  const tops = topsInReach(tree, part)
  const [only] = tops
  if (tops.length === 1 && only) return only.node
  const isTwice = ({ node: { kind, name } }: TopInReach) =>
    kind === 'person' || tops.filter(({ node }) => node.name === name).length > 1
  return combine(
    'mine',
    part.name,
    tops.map((top) => (isTwice(top) ? { ...top.node, name: `${top.node.name} · ${top.above}` } : top.node)),
  )
}

interface TopInReach {
  readonly node: TierNode
  /** What it is called where it stands. */
  readonly above: string
}

function topsInReach(node: TierNode, part: PartInReach, above = ''): readonly TopInReach[] {
  const { kind, personId, unitId } = node
  if (kind === 'person') return personId !== null && part.people.has(personId) ? [{ node, above }] : []
  if (unitId !== null && part.units.has(unitId)) return [{ node, above }]
  return node.children.flatMap((child) => topsInReach(child, part, node.name))
}
