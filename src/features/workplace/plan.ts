import { placeDepartments, placeOf, type Placing } from './place-departments.ts'
import { recognise, type Recognised } from './recognise.ts'
import type { Change, Colleague, Directory, Facts, Here, HerePerson, Note, Place, Plan, Stand } from './sync-shapes.ts'

/**
 * What has to change so that the company stands as its directory says. Theirs win for whom and what is linked; null is
 * not given and keeps ours. Done, and planned again, nothing is left to do.
 */
export function planSync(directory: Directory, here: Here): Plan {
  const placing = placeDepartments(directory.departments, here)
  const recognised = recognise(directory.people, here)
  const people = planPeople(recognised, here, placing)
  const heads = planHeads(recognised, here, placing)
  const closings = planClosings(placing, people.standing)
  return {
    changes: [
      ...placing.changes,
      ...people.changes,
      ...heads,
      ...recognised.leavers.map(toDeactivation),
      ...closings.changes,
    ],
    notes: [...recognised.notes, ...closings.notes],
    seenAgain: recognised.seenAgain,
  }
}

const toDeactivation = ({ externalId, person }: Recognised['leavers'][number]): Change => ({
  kind: 'person-deactivated',
  externalId,
  personId: person.id,
  name: person.name,
})

interface PlannedPeople {
  readonly changes: readonly Change[]
  /** Units in which somebody stands once all is done, by their key or that of their department. */
  readonly standing: ReadonlySet<string>
}

function planPeople({ linked, added, leavers, links }: Recognised, here: Here, placing: Placing): PlannedPeople {
  const changes: Change[] = [...links]
  const gone = new Set(leavers.map(({ person }) => person.id))
  const standing = new Set<string>()
  const stand = (unitIds: readonly (string | null)[]) => unitIds.forEach((id) => id !== null && standing.add(id))
  const byPerson = new Map(linked.map((one) => [one.person.id, one]))
  for (const person of here.people) {
    const one = byPerson.get(person.id)
    // Whoever left holds no unit open: they go up with what they left behind.
    if (!one && person.isActive && !gone.has(person.id))
      stand([person.mainUnitId, ...person.furtherUnitIds, ...person.laterUnitIds])
  }
  for (const { colleague, person, isBack } of linked) {
    if (isBack)
      changes.push({ kind: 'person-returned', externalId: colleague.id, personId: person.id, name: person.name })
    const wanted = standOf(colleague, placing, here, person)
    if (standsOtherwise(person, wanted, placing)) {
      const from = person.mainUnitId === null ? null : namesOf([person.mainUnitId, ...person.furtherUnitIds], placing)
      changes.push({
        kind: 'person-moved',
        personId: person.id,
        name: person.name,
        stand: wanted,
        from,
        to: wordsOf(wanted, placing),
      })
      stand(wanted.kept)
    } else stand([person.mainUnitId, ...person.furtherUnitIds, ...person.laterUnitIds])
    for (const place of [wanted.main, ...wanted.further]) standing.add(keyOf(place, placing))
    changes.push(...planFacts(colleague, person))
  }
  for (const colleague of added) {
    const wanted = standOf(colleague, placing, here)
    for (const place of [wanted.main, ...wanted.further]) standing.add(keyOf(place, placing))
    const { id: externalId, name, email, mobile: phone, employeeNumber: employeeNo, position } = colleague
    const facts = { name, email, phone, employeeNo }
    changes.push({ kind: 'person-added', externalId, facts, position, stand: wanted, to: wordsOf(wanted, placing) })
  }
  return { changes, standing }
}

/** Where somebody of theirs stands here; who is in no department that was read stands in the chosen unit. */
function standOf(colleague: Colleague, placing: Placing, here: Here, person?: HerePerson): Stand {
  const places = colleague.departmentIds.flatMap((id) => placing.placeOf.get(id) ?? [])
  const byKey = new Map(places.map((place) => [keyOf(place, placing), place]))
  const [main = { unitId: here.chosen.id }, ...further] = byKey.values()
  const kept = (person?.furtherUnitIds ?? []).filter(
    (id) => !placing.managed.has(id) && id !== here.chosen.id && id !== keyOf(main, placing),
  )
  return { main, further, kept }
}

function standsOtherwise(person: HerePerson, { main, further, kept }: Stand, placing: Placing): boolean {
  const wanted = new Set([...further.map((place) => keyOf(place, placing)), ...kept])
  const now = new Set(person.furtherUnitIds)
  return (
    person.mainUnitId !== keyOf(main, placing) || now.size !== wanted.size || [...now].some((id) => !wanted.has(id))
  )
}

/** The unit that is there already, or the department that gets one. */
const keyOf = (place: Place, placing: Placing): string => {
  if ('unitId' in place) return place.unitId
  return placing.unitOf.get(place.departmentId) ?? `department ${place.departmentId}`
}

const wordsOf = ({ main, further, kept }: Stand, placing: Placing): string =>
  [main, ...further, ...kept.map((unitId) => ({ unitId }))].map((place) => placing.nameOf(place)).join(' · ')

const namesOf = (unitIds: readonly string[], placing: Placing): string =>
  unitIds.map((unitId) => placing.nameOf({ unitId })).join(' · ')

function planFacts(colleague: Colleague, person: HerePerson): readonly Change[] {
  const facts: Facts = {
    name: colleague.name,
    email: colleague.email ?? person.email,
    phone: colleague.mobile ?? person.phone,
    employeeNo: colleague.employeeNumber ?? person.employeeNo,
  }
  const position = colleague.position ?? person.position
  const was = [person.name, person.email, person.phone, person.employeeNo, person.position]
  const is = [facts.name, facts.email, facts.phone, facts.employeeNo, position]
  const differing = is.flatMap((value, at) => (value === was[at] ? [] : [at]))
  if (differing.length === 0) return []
  const shown = (values: readonly (string | null)[]) => differing.map((at) => values[at] ?? '—').join(' · ')
  const { id: personId, name } = person
  return [{ kind: 'person-changed', personId, name, facts, position, before: shown(was), after: shown(is) }]
}

/** Who leads a department there heads its unit; a head who still leads it stays, and none is taken away. */
function planHeads({ linked, added }: Recognised, here: Here, placing: Placing): readonly Change[] {
  const leaders = [
    ...linked.map(({ colleague, person }) => ({ colleague, personId: person.id })),
    ...added.map((colleague) => ({ colleague, personId: null })),
  ]
  const units = new Map(here.units.map((unit) => [unit.id, unit]))
  const names = new Map(here.people.map(({ id, name }) => [id, name]))
  return placing.own.flatMap((department) => {
    const leading = leaders.filter(({ colleague }) => colleague.leads.includes(department.id))
    const [first] = leading
    const unit = units.get(placing.unitOf.get(department.id) ?? '')
    const headId = unit?.headId ?? null
    if (!first || (headId !== null && leading.some(({ personId }) => personId === headId))) return []
    const place = placeOf(department.id, placing.unitOf)
    const from = headId === null ? null : (names.get(headId) ?? null)
    const { id: externalId, name: to } = first.colleague
    return [{ kind: 'head-changed' as const, place, name: department.name, externalId, from, to }]
  })
}

/** Units of departments that are gone, the deepest first; one in which somebody or something stands is left. */
function planClosings(
  placing: Placing,
  standing: ReadonlySet<string>,
): { readonly changes: readonly Change[]; readonly notes: readonly Note[] } {
  const changes: Change[] = []
  const notes: Note[] = []
  const closed = new Set<string>()
  const depthOf = (id: string): number => {
    let depth = 0
    for (let at = placing.parents.get(id); at && depth < 50; at = placing.parents.get(at)) depth += 1
    return depth
  }
  const isEmpty = (id: string) =>
    !standing.has(id) && [...placing.parents].every(([child, parent]) => parent !== id || closed.has(child))
  const gone = placing.gone.toSorted((one, other) => depthOf(other.unit.id) - depthOf(one.unit.id))
  for (const { departmentId, unit } of gone) {
    const { id: unitId, name } = unit
    if (isEmpty(unitId)) {
      closed.add(unitId)
      changes.push({ kind: 'unit-closed', departmentId, unitId, name })
    } else notes.push({ kind: 'unit-closed', name, unitId, personId: null, reason: 'not-empty', isFailure: false })
  }
  return { changes, notes }
}
