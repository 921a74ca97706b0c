import { nobody } from './to-sql.ts'

/** The org over a period: a stretch `[from, to)` for each shape that the tree of units had. */
export interface Stretch {
  readonly from: string
  readonly to: string
  /** Path of each unit from the top, itself last. */
  readonly paths: ReadonlyMap<string, readonly string[]>
}

export interface UnitFacts {
  readonly id: string
  readonly name: string
  readonly tier: string | null
  readonly headName: string | null
  readonly position: number
}

/** A person in a unit for some of the period; `current` where she still stands at its end. */
export interface Stay {
  readonly personId: string
  readonly unitId: string
  readonly from: string
  readonly to: string
  readonly current: boolean
}

export interface OrgShape {
  readonly stretches: readonly Stretch[]
  readonly units: ReadonlyMap<string, UnitFacts>
  readonly people: ReadonlyMap<string, string>
  readonly stays: readonly Stay[]
}

/** What one person brought to one unit during one stretch, in ten-thousandths. */
export interface Brought {
  /** Index of the stretch. */
  readonly stretch: number
  readonly unitId: string
  readonly personId: string
  readonly numerator: bigint
  readonly denominator: bigint
}

/** A node of the tier tree; a unit's sums are those of its children. */
export interface TierNode {
  /** Unit: its key, or its path joined by `~` where the unit stood in two places. Person: unit node, dot, person. */
  readonly id: string
  readonly kind: 'unit' | 'person'
  readonly unitId: string | null
  readonly personId: string | null
  readonly name: string
  readonly tier: string | null
  readonly headName: string | null
  /** Does the node still stand here at the end of the period? Targets belong to where it stands. */
  readonly current: boolean
  readonly numerator: bigint
  readonly denominator: bigint
  readonly children: readonly TierNode[]
  /** Where a person's rows lie in the ledger; a unit's lie where those of its people do, see `spotsOf`. */
  readonly spots: readonly Spot[]
}

/** Ledger rows of a stretch: of this unit, and of this person if one is named. */
export interface Spot {
  readonly stretch: number
  readonly unitId: string
  readonly personId: string | null
}

export const unassigned = 'unassigned'

interface Growing {
  readonly path: readonly string[]
  readonly unitId: string
  readonly units: Map<string, Growing>
  readonly people: Map<string, GrowingPerson>
  current: boolean
}

interface GrowingPerson {
  readonly spots: Spot[]
  current: boolean
  numerator: bigint
  denominator: bigint
}

/**
 * The tiers of a period with what each person brought, rolled up by the tree of each stretch: a unit that moved stands
 * in both places with its share, and so does a person. What has no unit in the tree stands under `unassigned`, so that
 * the top is always the sum of all.
 */
export function tierTree(shape: OrgShape, brought: readonly Brought[], topName: string): TierNode {
  const top: Growing = { path: [], unitId: '', units: new Map(), people: new Map(), current: true }
  const last = shape.stretches.length - 1
  for (const path of shape.stretches[last]?.paths.values() ?? []) grow(top, path).current = true
  placePeople(top, shape, last)
  for (const share of brought) addShare(top, shape, share)
  const places = countPlaces(top)
  const roots = settle(top, shape, places)
  const [only] = roots
  return roots.length === 1 && only ? only : combine('top', topName, roots)
}

function placePeople(top: Growing, { stretches, stays }: OrgShape, last: number): void {
  for (const stay of stays) {
    stretches.forEach((stretch, at) => {
      if (stay.from >= stretch.to || stay.to <= stretch.from) return
      const path = stretch.paths.get(stay.unitId)
      if (!path) return
      const person = personIn(grow(top, path), stay.personId)
      if (at === last && stay.current) person.current = true
    })
  }
}

function addShare(top: Growing, { stretches }: OrgShape, share: Brought): void {
  const path = stretches[share.stretch]?.paths.get(share.unitId) ?? [...onlyRoot(stretches[share.stretch]), unassigned]
  const person = personIn(grow(top, path), share.personId)
  person.numerator += share.numerator
  person.denominator += share.denominator
  person.spots.push({ stretch: share.stretch, unitId: share.unitId, personId: share.personId })
}

/** The one unit at the top, if there is one: what has no unit stands below it, so that it is the sum of its children. */
export function onlyRoot(stretch: Stretch | undefined): readonly string[] {
  const roots = [...(stretch?.paths.values() ?? [])].filter((path) => path.length === 1)
  return roots.length === 1 ? (roots[0] ?? []) : []
}

function grow(top: Growing, path: readonly string[]): Growing {
  let here = top
  path.forEach((unitId, depth) => {
    let next = here.units.get(unitId)
    if (!next) {
      next = { path: path.slice(0, depth + 1), unitId, units: new Map(), people: new Map(), current: false }
      here.units.set(unitId, next)
    }
    here = next
  })
  return here
}

function personIn(unit: Growing, personId: string): GrowingPerson {
  const known = unit.people.get(personId)
  if (known) return known
  const person: GrowingPerson = { spots: [], current: false, numerator: 0n, denominator: 0n }
  unit.people.set(personId, person)
  return person
}

/** In how many places each unit stands; one is the rule. */
function countPlaces(unit: Growing, places = new Map<string, number>()): ReadonlyMap<string, number> {
  for (const child of unit.units.values()) {
    places.set(child.unitId, (places.get(child.unitId) ?? 0) + 1)
    countPlaces(child, places)
  }
  return places
}

const byPinyin = new Intl.Collator('zh').compare

/** Places in the order of names, remembered with the people: comparing names is most of the work of a large tree. */
const remembered = new WeakMap<OrgShape['people'], ReadonlyMap<string, number>>()

function ranksOf(people: OrgShape['people']): ReadonlyMap<string, number> {
  const known = remembered.get(people)
  if (known) return known
  const inOrder = [...people].sort(([, a], [, b]) => byPinyin(a, b))
  const ranks = new Map(inOrder.map(([id], rank) => [id, rank]))
  remembered.set(people, ranks)
  return ranks
}

function settle(unit: Growing, shape: OrgShape, places: ReadonlyMap<string, number>): readonly TierNode[] {
  return [...unit.units.values()]
    .sort((a, b) => orderOf(a, shape) - orderOf(b, shape) || byPinyin(nameOf(a, shape), nameOf(b, shape)))
    .map((child) => settleUnit(child, shape, places))
    .filter((node) => node !== null)
}

function settleUnit(unit: Growing, shape: OrgShape, places: ReadonlyMap<string, number>): TierNode | null {
  const id = (places.get(unit.unitId) ?? 1) > 1 ? unit.path.join('~') : unit.unitId
  const ranks = ranksOf(shape.people)
  const people = [...unit.people]
    .sort(([a], [b]) => (ranks.get(a) ?? -1) - (ranks.get(b) ?? -1))
    .map(([personId, person]) => settlePerson(id, unit, personId, person, shape))
  const children = [...settle(unit, shape, places), ...people]
  if (!unit.current && children.every((child) => isEmpty(child))) return null
  const facts = shape.units.get(unit.unitId)
  return {
    ...combine(id, nameOf(unit, shape), children),
    unitId: unit.unitId === unassigned ? null : unit.unitId,
    tier: facts?.tier ?? null,
    headName: facts?.headName ?? null,
    current: unit.current,
  }
}

function settlePerson(
  unitNode: string,
  unit: Growing,
  personId: string,
  person: GrowingPerson,
  shape: OrgShape,
): TierNode {
  return {
    id: `${unitNode}.${personId}`,
    kind: 'person',
    unitId: unit.unitId === unassigned ? null : unit.unitId,
    personId: personId === nobody ? null : personId,
    name: shape.people.get(personId) ?? '',
    tier: null,
    headName: null,
    current: person.current,
    numerator: person.numerator,
    denominator: person.denominator,
    children: [],
    spots: person.spots,
  }
}

function isEmpty(node: TierNode): boolean {
  return node.spots.length === 0 && node.children.every(isEmpty)
}

function orderOf(unit: Growing, shape: OrgShape): number {
  return shape.units.get(unit.unitId)?.position ?? 0
}

function nameOf(unit: Growing, shape: OrgShape): string {
  return shape.units.get(unit.unitId)?.name ?? ''
}

/** A node over others: its sums are theirs. */
export function combine(id: string, name: string, children: readonly TierNode[]): TierNode {
  return {
    id,
    kind: 'unit',
    unitId: null,
    personId: null,
    name,
    tier: null,
    headName: null,
    current: true,
    numerator: children.reduce((sum, child) => sum + child.numerator, 0n),
    denominator: children.reduce((sum, child) => sum + child.denominator, 0n),
    children,
    spots: [],
  }
}

/** Where the rows of a node lie in the ledger: its own and those of everybody below it. */
export function spotsOf(node: TierNode): readonly Spot[] {
  return node.children.length === 0 ? node.spots : [...node.spots, ...node.children.flatMap(spotsOf)]
}

/**
 * The part of the tree that somebody sees who reaches only some people: the highest units whose present people are all
 * in reach, and else the people themselves. One such node is the top; several are put under a node of their own.
 */
export function partInReach(
  tree: TierNode,
  reach: ReadonlySet<string>,
  { wholeUnits, name }: { wholeUnits: boolean; name: string },
): TierNode {
  const tops = topsInReach(tree, reach, wholeUnits)
  const [only] = tops
  return tops.length === 1 && only ? only : combine('mine', name, tops)
}

function topsInReach(node: TierNode, reach: ReadonlySet<string>, wholeUnits: boolean): readonly TierNode[] {
  if (node.kind === 'person') return node.personId !== null && reach.has(node.personId) ? [node] : []
  if (wholeUnits && isWholly(node, reach)) return [node]
  return node.children.flatMap((child) => topsInReach(child, reach, wholeUnits))
}

function isWholly(unit: TierNode, reach: ReadonlySet<string>): boolean {
  const people = presentPeople(unit)
  return people.length > 0 && people.every((id) => reach.has(id))
}

function presentPeople(node: TierNode): readonly string[] {
  if (node.kind === 'person') return node.current && node.personId !== null ? [node.personId] : []
  return node.children.flatMap(presentPeople)
}

/** The node of that id in the tree, or undefined. */
export function findNode(tree: TierNode, id: string): TierNode | undefined {
  if (tree.id === id) return tree
  for (const child of tree.children) {
    const found = findNode(child, id)
    if (found) return found
  }
  return undefined
}
