import { combine, folded, type Fold, type Spot, type TierNode } from './tier-node.ts'
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

/** Where a plan put a unit, or a person in a unit. */
export interface PlannedPlace {
  /** Units from the top of the plan's own tree to this one. */
  readonly path: readonly string[]
  readonly personId: string | null
  /** Shown even where nobody stands any more and nothing was brought: it has a target. */
  readonly shown: boolean
}

export const unassigned = 'unassigned'

interface Growing {
  readonly path: readonly string[]
  readonly unitId: string
  /** None above the tops. */
  readonly above: Growing | null
  readonly units: Map<string, Growing>
  readonly people: Map<string, GrowingPerson>
  current: boolean
  planned: number | null
  /** Is there a target here or below? */
  shown: boolean
}

interface GrowingPerson {
  readonly spots: Spot[]
  current: boolean
  planned: number | null
  numerator: bigint
  denominator: bigint
}

/**
 * The tiers of a period with what each person brought, rolled up by the tree of each stretch: a unit that moved stands
 * in both places with its share, and so does a person. What has no unit in the tree stands under `unassigned`, so that
 * the top is always the sum of all. What a plan put elsewhere stands there too.
 */
export function tierTree(
  shape: OrgShape,
  brought: readonly Brought[],
  topName: string,
  planned: readonly PlannedPlace[] = [],
  fold: Fold = 'sum',
): TierNode {
  const ground = newGround()
  const last = shape.stretches.length - 1
  for (const path of shape.stretches[last]?.paths.values() ?? []) grow(ground, path).current = true
  placePeople(ground, shape, last)
  for (const [stretch, shares] of Map.groupBy(brought, (share) => share.stretch)) {
    addShares(ground, shape.stretches[stretch], shares, fold)
  }
  planned.forEach((place, at) => addPlanned(ground, place, at))
  const places = countPlaces(ground.top)
  const roots = settle(ground.top, { shape, places, fold })
  const [only] = roots
  return roots.length === 1 && only ? only : combine('top', topName, roots, fold)
}

/** Where a tree grows. Thousands of people stand at the ends of a few hundred paths: each is walked once. */
interface Ground {
  readonly top: Growing
  readonly reached: Map<readonly string[], Growing>
}

function newGround(): Ground {
  return { top: unitAt([], null), reached: new Map() }
}

function placePeople(ground: Ground, { stretches, stays }: OrgShape, last: number): void {
  stretches.forEach((stretch, at) => {
    for (const stay of stays) {
      if (stay.from >= stretch.to || stay.to <= stretch.from) continue
      const path = stretch.paths.get(stay.unitId)
      if (!path) continue
      const person = personIn(grow(ground, path), stay.personId)
      if (at === last && stay.current) person.current = true
    }
  })
}

function addShares(ground: Ground, stretch: Stretch | undefined, shares: readonly Brought[], fold: Fold): void {
  const outside = [...onlyRoot(stretch), unassigned]
  for (const { stretch: at, unitId, personId, numerator, denominator } of shares) {
    const person = personIn(grow(ground, stretch?.paths.get(unitId) ?? outside), personId)
    if (fold === 'sum') {
      person.numerator += numerator
      person.denominator += denominator
    } else Object.assign(person, folded([person, { numerator, denominator }], fold))
    person.spots.push({ stretch: at, unitId, personId })
  }
}

function addPlanned(ground: Ground, { path, personId, shown }: PlannedPlace, at: number): void {
  const unit = shown ? grow(ground, path) : unitIn(ground.top, path)
  if (!unit) return
  if (shown) showUpwards(unit)
  if (personId === null) unit.planned = at
  else if (shown || unit.people.has(personId)) personIn(unit, personId).planned = at
}

function showUpwards(unit: Growing): void {
  for (let here: Growing | null = unit; here && !here.shown; here = here.above) here.shown = true
}

/** The one unit at the top, if there is one: what has no unit stands below it, so that it is the sum of its children. */
export function onlyRoot(stretch: Stretch | undefined): readonly string[] {
  const roots = [...(stretch?.paths.values() ?? [])].filter((path) => path.length === 1)
  return roots.length === 1 ? (roots[0] ?? []) : []
}

function grow({ top, reached }: Ground, path: readonly string[]): Growing {
  const known = reached.get(path)
  if (known) return known
  let here = top
  path.forEach((unitId, depth) => {
    const next = here.units.get(unitId) ?? unitAt(path.slice(0, depth + 1), here)
    here.units.set(unitId, next)
    here = next
  })
  reached.set(path, here)
  return here
}

function unitAt(path: readonly string[], above: Growing | null): Growing {
  const unitId = path.at(-1) ?? ''
  return { path, unitId, above, units: new Map(), people: new Map(), current: false, planned: null, shown: false }
}

function unitIn(top: Growing, path: readonly string[]): Growing | undefined {
  let here: Growing | undefined = top
  for (const unitId of path) here = here?.units.get(unitId)
  return here
}

function personIn(unit: Growing, personId: string): GrowingPerson {
  const known = unit.people.get(personId)
  if (known) return known
  const person: GrowingPerson = { spots: [], current: false, planned: null, numerator: 0n, denominator: 0n }
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

interface Settling {
  readonly shape: OrgShape
  readonly places: ReadonlyMap<string, number>
  readonly fold: Fold
}

function settle(unit: Growing, settling: Settling): readonly TierNode[] {
  const { shape } = settling
  return [...unit.units.values()]
    .sort((a, b) => orderOf(a, shape) - orderOf(b, shape) || byPinyin(nameOf(a, shape), nameOf(b, shape)))
    .map((child) => settleUnit(child, settling))
    .filter((node) => node !== null)
}

function settleUnit(unit: Growing, settling: Settling): TierNode | null {
  const { shape, places, fold } = settling
  const place = unit.path.join('~')
  const id = (places.get(unit.unitId) ?? 1) > 1 ? place : unit.unitId
  const ranks = ranksOf(shape.people)
  const people = [...unit.people]
    .sort(([a], [b]) => (ranks.get(a) ?? -1) - (ranks.get(b) ?? -1))
    .map(([personId, person]) => settlePerson({ id, place }, unit, personId, person, shape))
  const children = [...settle(unit, settling), ...people]
  if (!unit.current && !unit.shown && children.every((child) => isEmpty(child))) return null
  const facts = shape.units.get(unit.unitId)
  return {
    ...combine(id, nameOf(unit, shape), children, fold),
    place,
    unitId: unit.unitId === unassigned ? null : unit.unitId,
    tier: facts?.tier ?? null,
    headName: facts?.headName ?? null,
    current: unit.current,
    planned: unit.planned,
  }
}

function settlePerson(
  above: Pick<TierNode, 'id' | 'place'>,
  unit: Growing,
  personId: string,
  person: GrowingPerson,
  shape: OrgShape,
): TierNode {
  return {
    id: `${above.id}.${personId}`,
    place: `${above.place}.${personId}`,
    kind: 'person',
    unitId: unit.unitId === unassigned ? null : unit.unitId,
    personId: personId === nobody ? null : personId,
    name: shape.people.get(personId) ?? '',
    tier: null,
    headName: null,
    current: person.current,
    planned: person.planned,
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
