import type { TierNode } from '#engine/metrics/tier-node.ts'
import { onlyRoot, unassigned, type OrgShape } from '#engine/metrics/tier-tree.ts'

/** Where units stood for some days `[from, to)`: unit, and its path from the top. */
export interface OutlineStretch {
  readonly from: string
  readonly to: string
  readonly paths: readonly (readonly [unitId: string, path: readonly string[]])[]
}

/** A node of a kept tree. Of people only the key is kept: their names are those of today, so that erasing holds. */
export interface OutlineNode {
  readonly id: string
  readonly place: string
  /** Place of its parent in the list; null for the top. */
  readonly parent: number | null
  readonly kind: 'unit' | 'person'
  readonly unitId: string | null
  readonly personId: string | null
  /** What the unit was called. */
  readonly name: string
  readonly tier: string | null
  readonly current: boolean
}

/** Who stood where: nodes with parents before children. */
export interface Outline {
  readonly stretches: readonly OutlineStretch[]
  readonly nodes: readonly OutlineNode[]
}

/** What stood at the nodes of an outline, in their order, in ten-thousandths; null without a target. */
export interface NodeFigures {
  readonly numerators: readonly string[]
  readonly denominators: readonly string[]
  readonly targets: readonly (string | null)[]
  readonly expected: readonly (string | null)[]
  /** Past results that targets were entered relative to; not there where none was. */
  readonly bases?: readonly (string | null)[]
}

export interface TargetOfNode {
  readonly target: bigint
  readonly expected: bigint
  readonly base?: bigint | null
}

/** Lays a tree and the targets of its nodes down to be kept. `rows`: the plan's, which nodes name by their order. */
export function layDown(
  top: TierNode,
  shape: Pick<OrgShape, 'stretches'>,
  rows: readonly TargetOfNode[],
): { readonly outline: Outline; readonly figures: NodeFigures } {
  const nodes: OutlineNode[] = []
  const numerators: string[] = []
  const denominators: string[] = []
  const targets: (string | null)[] = []
  const expected: (string | null)[] = []
  const bases: (string | null)[] = []
  const lay = (node: TierNode, parent: number | null): void => {
    const { id, place, kind, unitId, personId, name, tier, current } = node
    const at = nodes.push({
      ...{ id, place, parent, kind, unitId, personId, tier, current },
      name: kind === 'person' ? '' : name,
    })
    const own = node.planned === null ? undefined : rows[node.planned]
    numerators.push(String(node.numerator))
    denominators.push(String(node.denominator))
    targets.push(own ? String(own.target) : null)
    expected.push(own ? String(own.expected) : null)
    bases.push(own?.base === undefined || own.base === null ? null : String(own.base))
    node.children.forEach((child) => lay(child, at - 1))
  }
  lay(top, null)
  const stretches = shape.stretches.map(({ from, to, paths }) => ({
    from,
    to,
    paths: [...paths].toSorted(([one], [other]) => (one < other ? -1 : 1)),
  }))
  return {
    outline: { stretches, nodes },
    figures: { numerators, denominators, targets, expected, ...(bases.some((base) => base !== null) ? { bases } : {}) },
  }
}

/** What nodes are called today, in the reader's language. */
export interface NodeNames {
  person(id: string): string
  headOf(unitId: string): string | null
  readonly nobody: string
  readonly unassigned: string
}

/** The tree as it was kept, with the targets that its nodes name by their order. */
export function standUp(
  { nodes }: Outline,
  figures: NodeFigures,
  names: NodeNames,
): { readonly tree: TierNode; readonly rows: readonly TargetOfNode[] } {
  const rows: TargetOfNode[] = []
  const children = Map.groupBy(nodes.keys(), (at) => nodes[at]?.parent ?? null)
  const grow = (at: number): TierNode => {
    const node = nodes[at]
    if (!node) throw new Error('an outline lacks a node')
    const { id, place, kind, unitId, personId, tier, current } = node
    const target = figures.targets[at] ?? null
    const planned = target === null ? null : rows.length
    if (target !== null) {
      const base = figures.bases?.[at] ?? null
      rows.push({
        target: BigInt(target),
        expected: BigInt(figures.expected[at] ?? 0),
        base: base === null ? null : BigInt(base),
      })
    }
    return {
      ...{ id, place, kind, unitId, personId, tier, current, planned, spots: [] },
      name: nameOf(node, names),
      headName: unitId !== null && kind === 'unit' ? names.headOf(unitId) : null,
      numerator: BigInt(figures.numerators[at] ?? 0),
      denominator: BigInt(figures.denominators[at] ?? 0),
      children: (children.get(at) ?? []).map(grow),
    }
  }
  return { tree: grow(0), rows }
}

function nameOf({ kind, personId, place, name }: OutlineNode, names: NodeNames): string {
  if (kind === 'person') return personId === null ? names.nobody : names.person(personId)
  return place.split('~').at(-1) === unassigned ? names.unassigned : name
}

/** A ledger row as far as it decides where it counts. */
export interface Placed {
  readonly day: string
  readonly unitId: string
  readonly personId: string
}

/**
 * Whether a row counts at one of these places, by where units stood. A level counts by the last stretch, whatever its day.
 */
export function countsAt(
  stretches: readonly OutlineStretch[],
  places: readonly string[],
  isLevel: boolean,
): (row: Placed) => boolean {
  const known = stretches.map(({ from, to, paths }) => ({ from, to, paths: new Map(paths) }))
  const strays = known.map((stretch) => [...onlyRoot(stretch), unassigned])
  return ({ day, unitId, personId }) => {
    const at = isLevel ? known.length - 1 : known.findIndex(({ from, to }) => from <= day && day < to)
    const path = known[at]?.paths.get(unitId) ?? strays[at]
    if (!path) return false
    const leaf = `${path.join('~')}.${personId}`
    return places.some((place) => leaf === place || leaf.startsWith(`${place}~`) || leaf.startsWith(`${place}.`))
  }
}

/** The places of a node: its own, or those of the parts that it stands for. */
export function placesOf({ place, children }: TierNode): readonly string[] {
  return place === '' ? children.flatMap(placesOf) : [place]
}
