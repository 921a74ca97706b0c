import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isBeyondFence } from './fence.ts'
import { planSync } from './plan.ts'
import type {
  Change,
  Colleague,
  Department,
  Directory,
  Here,
  HerePerson,
  HereUnit,
  Place,
  Plan,
} from './sync-shapes.ts'

const top: HereUnit = { id: 'top', name: '公司', parentId: null, headId: null, isOpen: true }
const empty: Here = {
  chosen: top,
  companyDepartment: '1',
  units: [top],
  people: [],
  unitLinks: new Map(),
  personLinks: new Map(),
}

const department = (id: string, parentId: string | null, name = `部${id}`): Department => ({
  id,
  parentId,
  name,
  order: 0,
})
const colleague = (id: string, departmentIds: readonly string[], more: Partial<Colleague> = {}): Colleague => ({
  ...{ id, name: id, mobile: null, email: null, employeeNumber: null, position: null },
  ...{ departmentIds, leads: [], isActive: true },
  ...more,
})
const person = (id: string, more: Partial<HerePerson> = {}): HerePerson => ({
  ...{ id, name: id, email: null, phone: null, employeeNo: null, isActive: true, mainUnitId: null, position: null },
  ...{ furtherUnitIds: [], laterUnitIds: [] },
  ...more,
})
const unit = (id: string, parentId: string | null, more: Partial<HereUnit> = {}): HereUnit => ({
  ...{ id, name: id, parentId, headId: null, isOpen: true },
  ...more,
})

/** The company as it stands once a plan is done. */
function done(here: Here, { changes, seenAgain }: Plan, roundOf: string): Here {
  const units = new Map(here.units.map((one) => [one.id, one]))
  const people = new Map(here.people.map((one) => [one.id, one]))
  const unitLinks = new Map(here.unitLinks)
  const personLinks = new Map(here.personLinks)
  const at = (place: Place) => ('unitId' in place ? place.unitId : (unitLinks.get(place.departmentId) ?? 'nowhere'))
  const setUnit = (id: string, more: Partial<HereUnit>) =>
    units.set(id, { ...(units.get(id) ?? unit(id, null)), ...more })
  const setPerson = (id: string, more: Partial<HerePerson>) =>
    people.set(id, { ...(people.get(id) ?? person(id)), ...more })
  const carryUp = ({ id, mainUnitId, furtherUnitIds, laterUnitIds }: HerePerson, from: string) =>
    setPerson(id, {
      mainUnitId: mainUnitId === from ? (units.get(from)?.parentId ?? null) : mainUnitId,
      furtherUnitIds: furtherUnitIds.filter((one) => one !== from),
      laterUnitIds: laterUnitIds.filter((one) => one !== from),
    })
  const link = (externalId: string, personId: string) => {
    for (const [key, one] of personLinks) if (one.personId === personId) personLinks.delete(key)
    personLinks.set(externalId, { personId, hasLeft: false })
  }
  const stand = (id: string, { main, further, kept }: Extract<Change, { kind: 'person-moved' }>['stand']) =>
    setPerson(id, { mainUnitId: at(main), furtherUnitIds: [...kept, ...further.map(at)], laterUnitIds: [] })
  for (const change of changes) {
    switch (change.kind) {
      case 'unit-linked':
        for (const [key, id] of unitLinks) if (id === change.unitId) unitLinks.delete(key)
        unitLinks.set(change.departmentId, change.unitId)
        break
      case 'unit-added': {
        const id = `${roundOf}-${change.departmentId}`
        setUnit(id, { name: change.name, parentId: at(change.parent) })
        unitLinks.set(change.departmentId, id)
        break
      }
      case 'unit-reopened':
        setUnit(change.unitId, { isOpen: true, parentId: at(change.parent) })
        break
      case 'unit-moved':
        setUnit(change.unitId, { parentId: at(change.parent) })
        break
      case 'unit-renamed':
        setUnit(change.unitId, { name: change.after })
        break
      case 'unit-closed':
        for (const one of people.values()) if (!one.isActive) carryUp(one, change.unitId)
        setUnit(change.unitId, { isOpen: false, parentId: null })
        break
      case 'head-changed':
        setUnit(at(change.place), { headId: personLinks.get(change.externalId)?.personId ?? null })
        break
      case 'person-linked':
        link(change.externalId, change.personId)
        break
      case 'person-added': {
        const id = `${roundOf}-${change.externalId}`
        setPerson(id, { ...change.facts, position: change.position })
        stand(id, change.stand)
        link(change.externalId, id)
        break
      }
      case 'person-returned':
        setPerson(change.personId, { isActive: true })
        personLinks.set(change.externalId, { personId: change.personId, hasLeft: false })
        break
      case 'person-changed':
        setPerson(change.personId, { ...change.facts, position: change.position })
        break
      case 'person-moved':
        stand(change.personId, change.stand)
        break
      case 'person-deactivated':
        setPerson(change.personId, { isActive: false })
        for (const one of units.values()) if (one.headId === change.personId) setUnit(one.id, { headId: null })
        personLinks.set(change.externalId, { personId: change.personId, hasLeft: true })
        break
    }
  }
  for (const id of seenAgain) {
    const known = personLinks.get(id)
    if (known) personLinks.set(id, { ...known, hasLeft: false })
  }
  return { ...here, units: [...units.values()], people: [...people.values()], unitLinks, personLinks }
}

const kindsOf = ({ changes }: Plan) => changes.map(({ kind }) => kind)

describe('a plan', () => {
  const directory: Directory = {
    departments: [department('1', null, '星河'), department('3', '2', '南京'), department('2', '1', '华东')],
    people: [
      colleague('lin', ['2', '3'], { name: '林', leads: ['2'], mobile: '139' }),
      colleague('gu', ['3'], { name: '顾', position: '销售' }),
      colleague('gone', ['3'], { isActive: false }),
    ],
  }

  it('makes units from the top down, then people, then heads', () => {
    const { changes, notes } = planSync(directory, empty)
    expect(notes).toEqual([])
    expect(changes).toEqual([
      { kind: 'unit-added', departmentId: '2', name: '华东', parent: { unitId: 'top' }, depth: 1 },
      { kind: 'unit-added', departmentId: '3', name: '南京', parent: { departmentId: '2' }, depth: 2 },
      {
        kind: 'person-added',
        externalId: 'lin',
        facts: { name: '林', email: null, phone: '139', employeeNo: null },
        position: null,
        stand: { main: { departmentId: '2' }, further: [{ departmentId: '3' }], kept: [] },
        to: '华东 · 南京',
      },
      {
        kind: 'person-added',
        externalId: 'gu',
        facts: { name: '顾', email: null, phone: null, employeeNo: null },
        position: '销售',
        stand: { main: { departmentId: '3' }, further: [], kept: [] },
        to: '南京',
      },
      { kind: 'head-changed', place: { departmentId: '2' }, name: '华东', externalId: 'lin', from: null, to: '林' },
    ])
  })

  it('takes up a unit of the same name at the same place, and the chosen one for a top of its name', () => {
    const here = {
      ...empty,
      units: [top, unit('east', 'top', { name: '华东' }), unit('far', 'east', { name: '南京' })],
    }
    expect(kindsOf(planSync(directory, here)).slice(0, 3)).toEqual(['unit-linked', 'unit-linked', 'person-added'])
    const part = { ...directory, departments: [department('2', null, '公司'), department('3', '2', '南京')] }
    expect(planSync(part, here).changes.slice(0, 2)).toMatchObject([
      { kind: 'unit-linked', departmentId: '2', unitId: 'top' },
      { kind: 'unit-added', departmentId: '3', parent: { unitId: 'top' } },
    ])
  })

  it('knows people by mobile, e-mail or number, never by name, and nobody where several fit', () => {
    const people = [
      person('p1', { name: '别名', phone: '139' }),
      person('p2', { name: '顾' }),
      person('p3', { email: 'a@b.example' }),
      person('p4', { employeeNo: '7' }),
    ]
    const both = colleague('both', ['1'], { email: 'a@b.example', employeeNumber: '7' })
    const plan = planSync({ ...directory, people: [...directory.people, both] }, { ...empty, people })
    expect(plan.changes).toContainEqual({ kind: 'person-linked', externalId: 'lin', personId: 'p1', name: '别名' })
    expect(plan.changes.filter(({ kind }) => kind === 'person-added')).toMatchObject([{ externalId: 'gu' }])
    expect(plan.notes).toMatchObject([{ name: 'both', reason: 'several-fit', isFailure: true }])
  })

  it('tells nobody apart by what several accounts share', () => {
    const people = [person('p1', { email: 'sales@b.example' })]
    const shared = ['one', 'two'].map((id) => colleague(id, ['1'], { email: 'sales@b.example' }))
    const { changes } = planSync({ ...directory, people: shared }, { ...empty, people })
    expect(changes.filter(({ kind }) => kind.startsWith('person-'))).toMatchObject([
      { kind: 'person-added', facts: { email: null } },
      { kind: 'person-added', facts: { email: null } },
    ])
  })

  it('keeps what they do not give, and takes over what they do', () => {
    const people = [person('p1', { name: '旧', email: 'a@b.example', phone: '138', mainUnitId: 'top' })]
    const personLinks = new Map([['x', { personId: 'p1', hasLeft: false }]])
    const one = colleague('x', ['1'], { name: '新', mobile: '139' })
    expect(planSync({ ...directory, people: [one] }, { ...empty, people, personLinks }).changes).toContainEqual({
      kind: 'person-changed',
      personId: 'p1',
      name: '旧',
      facts: { name: '新', email: 'a@b.example', phone: '139', employeeNo: null },
      position: null,
      before: '旧 · 138',
      after: '新 · 139',
    })
  })

  it('deactivates whoever is gone there, and leaves alone whom somebody activated again by hand', () => {
    const people = [person('p1'), person('p2'), person('p3', { isActive: false })]
    const personLinks = new Map([
      ['a', { personId: 'p1', hasLeft: false }],
      ['b', { personId: 'p2', hasLeft: true }],
      ['c', { personId: 'p3', hasLeft: false }],
    ])
    const plan = planSync(directory, { ...empty, people, personLinks })
    expect(plan.changes.filter(({ kind }) => kind === 'person-deactivated')).toMatchObject([{ personId: 'p1' }])
  })

  it('lets whom somebody deactivated by hand stay so, and whom the sync deactivated come back', () => {
    const people = [person('p1', { isActive: false }), person('p2', { isActive: false })]
    const personLinks = new Map([
      ['lin', { personId: 'p1', hasLeft: false }],
      ['gu', { personId: 'p2', hasLeft: true }],
    ])
    const plan = planSync(directory, { ...empty, people, personLinks })
    expect(plan.notes).toMatchObject([{ personId: 'p1', reason: 'stays-deactivated', isFailure: false }])
    expect(plan.changes.filter((change) => 'personId' in change)).toMatchObject([
      { kind: 'person-returned', personId: 'p2' },
      { kind: 'person-moved', personId: 'p2' },
      { kind: 'person-changed', personId: 'p2' },
    ])
  })

  it('links a new account of somebody whose old one is gone instead of adding them twice', () => {
    const people = [person('p1', { phone: '139', mainUnitId: 'top' })]
    const personLinks = new Map([['old', { personId: 'p1', hasLeft: false }]])
    const plan = planSync(directory, { ...empty, people, personLinks })
    expect(plan.changes).toContainEqual({ kind: 'person-linked', externalId: 'lin', personId: 'p1', name: 'p1' })
    expect(kindsOf(plan)).not.toContain('person-deactivated')
  })

  it('closes what is gone from the deepest up, and leaves what is not empty', () => {
    const units = [top, unit('a', 'top'), unit('b', 'a'), unit('c', 'top'), unit('own', 'c')]
    const unitLinks = new Map([...'abc'].map((id) => [`d${id}`, id]))
    const { changes, notes } = planSync({ ...directory, people: [] }, { ...empty, units, unitLinks })
    expect(changes.filter(({ kind }) => kind === 'unit-closed')).toMatchObject([{ unitId: 'b' }, { unitId: 'a' }])
    expect(notes).toMatchObject([{ unitId: 'c', reason: 'not-empty' }])
    const standing = [person('p1', { mainUnitId: 'b' })]
    const kept = planSync({ ...directory, people: [] }, { ...empty, units, unitLinks, people: standing })
    expect(kept.notes.map(({ unitId }) => unitId)).toEqual(['b', 'a', 'c'])
  })

  it('keeps further assignments of units that no department says anything of', () => {
    const units = [top, unit('east', 'top', { name: '华东' }), unit('project', 'top')]
    const people = [person('p1', { mainUnitId: 'top', furtherUnitIds: ['project', 'east'] })]
    const personLinks = new Map([['x', { personId: 'p1', hasLeft: false }]])
    const unitLinks = new Map([['2', 'east']])
    const plan = planSync(
      { ...directory, people: [colleague('x', ['3'])] },
      { ...empty, units, people, personLinks, unitLinks },
    )
    expect(plan.changes).toContainEqual(
      expect.objectContaining({
        kind: 'person-moved',
        stand: { main: { departmentId: '3' }, further: [], kept: ['project'] },
      }),
    )
  })

  it('is held where it would deactivate more than five and more than a tenth', () => {
    const people = Array.from({ length: 100 }, (_, at) => person(`p${at}`))
    const personLinks = new Map(people.map(({ id }) => [`x${id}`, { personId: id, hasLeft: false }]))
    const here = { ...empty, people, personLinks }
    const withLeavers = (count: number) =>
      planSync({ ...directory, people: people.slice(count).map(({ id }) => colleague(`x${id}`, ['1'])) }, here)
    expect(isBeyondFence(withLeavers(10), here)).toBe(false)
    expect(isBeyondFence(withLeavers(11), here)).toBe(true)
  })
})

const anyDirectory: fc.Arbitrary<Directory> = fc
  .record({
    parents: fc.array(fc.record({ parent: fc.nat(6), name: fc.constantFrom('甲', '乙', '丙', '丁', '公司') }), {
      maxLength: 7,
    }),
    people: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom(...'abcdefgh'),
        departments: fc.uniqueArray(fc.nat(8), { maxLength: 3 }),
        leads: fc.uniqueArray(fc.nat(8), { maxLength: 2 }),
        mobile: fc.option(fc.constantFrom('1', '2', '3', '4')),
        email: fc.option(fc.constantFrom('x', 'y', 'z')),
        name: fc.constantFrom('王', '李'),
        isActive: fc.boolean(),
      }),
      { selector: ({ id }) => id, maxLength: 8 },
    ),
    hasTop: fc.boolean(),
  })
  .map(({ parents, people, hasTop }) => ({
    departments: [
      ...(hasTop ? [department('1', null, '星河')] : []),
      ...parents.map(({ parent, name }, at) => department(String(at + 2), String(parent + 1), name)),
    ],
    people: people.map(({ id, departments, leads, ...rest }) =>
      colleague(
        id,
        departments.map((at) => String(at + 1)),
        { ...rest, leads: leads.map((at) => String(at + 1)) },
      ),
    ),
  }))

const anyHere: fc.Arbitrary<Here> = fc
  .record({
    units: fc.uniqueArray(fc.constantFrom('甲', '乙', '丙'), { maxLength: 3 }),
    people: fc.array(
      fc.record({
        phone: fc.option(fc.constantFrom('1', '2', '3')),
        email: fc.option(fc.constantFrom('x', 'y')),
        isActive: fc.boolean(),
        mainUnitId: fc.option(fc.constantFrom('top', '甲')),
      }),
      { maxLength: 5 },
    ),
  })
  .map(({ units, people }) => ({
    ...empty,
    units: [top, ...units.map((name) => unit(name, 'top'))],
    people: people.map((more, at) =>
      person(`p${at}`, { ...more, mainUnitId: units.find((name) => name === more.mainUnitId) ?? 'top' }),
    ),
  }))

describe('any company and any directory', () => {
  it('are in step after one plan: planned again, nothing is left to do', () => {
    fc.assert(
      fc.property(anyHere, anyDirectory, anyDirectory, (here, first, second) => {
        const after = done(here, planSync(first, here), 'first')
        expect(planSync(first, after).changes).toEqual([])
        const later = done(after, planSync(second, after), 'second')
        expect(planSync(second, later).changes).toEqual([])
        expect(planSync(second, later).seenAgain).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it('never make one person two accounts, nor close a unit in which somebody stands', () => {
    fc.assert(
      fc.property(anyHere, anyDirectory, anyDirectory, (here, first, second) => {
        const after = done(here, planSync(first, here), 'first')
        const later = done(after, planSync(second, after), 'second')
        const ids = [...later.personLinks.values()].map(({ personId }) => personId)
        expect(new Set(ids).size).toBe(ids.length)
        const open = new Set(later.units.flatMap(({ id, isOpen }) => (isOpen ? [id] : [])))
        for (const { mainUnitId, furtherUnitIds } of later.people)
          for (const id of [mainUnitId, ...furtherUnitIds]) expect(id === null || open.has(id)).toBe(true)
        for (const { parentId, isOpen } of later.units) if (isOpen && parentId) expect(open.has(parentId)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
