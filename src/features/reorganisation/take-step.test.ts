import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TierNode } from '#engine/metrics/tier-node.ts'
import { onlyRoot, tierTree, type Brought, type OrgShape } from '#engine/metrics/tier-tree.ts'
import { replayed } from '#platform/ledger/index.ts'
import type { DraftStep } from './draft-step.ts'
import { fullTime, mainUnits, pathOf, topDown, unitsUnder, type Drawing } from './drawing.ts'
import { halve } from './halve.ts'
import { chainChanges, headChain } from './head-chains.ts'
import { healthOf, median } from './health.ts'
import { inReach } from './in-reach.ts'
import { redrawnBetween } from './redrawn.ts'
import { standsAfter } from './replay-rule.ts'
import { takeSteps } from './take-step.ts'

/** A tree of units whose parents come first, and people somewhere in it. */
const drawings = fc
  .record({
    parents: fc.array(fc.nat(), { minLength: 2, maxLength: 12 }),
    places: fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
  })
  .map(({ parents, places }): Drawing => {
    const units = parents.map((parent, at) => ({
      id: `u${at}`,
      name: `单元${at}`,
      tier: null,
      parentId: at === 0 ? null : `u${parent % at}`,
      headId: null,
    }))
    return {
      units: new Map(units.map((unit) => [unit.id, unit])),
      assignments: places.map((place, at) => ({
        ...{ id: `a${at}`, personId: `p${at}`, unitId: `u${place % units.length}` },
        ...{ share: fullTime, isMain: true },
      })),
      people: new Map(places.map((_, at) => [`p${at}`, { name: `人${at}`, isActive: at % 5 !== 4 }])),
    }
  })

/** Steps that name units and people by number, some of which are not there. */
const stepsOf = fc.array(
  fc.record({ kind: fc.nat(8), a: fc.nat(13), b: fc.nat(13), p: fc.nat(12), fresh: fc.nat(3) }).map((n): DraftStep => {
    const [unitId, other, who] = [`u${n.a}`, `u${n.b}`, `p${n.p}`]
    const fresh = `n${n.fresh}`
    const kinds: readonly DraftStep[] = [
      { kind: 'move', unitId, parentId: other },
      { kind: 'split', unitId, newId: fresh, name: fresh, headId: null, personIds: [who] },
      { kind: 'merge', unitId, intoId: other },
      { kind: 'close', unitId },
      { kind: 'create', newId: fresh, name: fresh, parentId: unitId, tier: null, headId: null },
      { kind: 'rename', unitId, name: `新${n.b}` },
      { kind: 'people', personIds: [who], unitId },
      { kind: 'assign', newId: `b${n.b}`, personId: who, unitId, share: '40', mainShare: '60' },
      { kind: 'head', unitId, headId: who },
    ]
    return kinds[n.kind] ?? { kind: 'close', unitId }
  }),
  { maxLength: 12 },
)

const facts = fc.array(fc.record({ person: fc.nat(11), cents: fc.bigInt(-5000n, 9000n) }), { maxLength: 30 })

const shapeOf = (drawing: Drawing): OrgShape => ({
  stretches: [
    { from: '2025-01-01', to: '2026-01-01', paths: new Map([...drawing.units.keys()].map((id) => [id, pathOf(drawing, id)])) },
  ],
  units: new Map(topDown(drawing).map(({ id, name, tier }) => [id, { id, name, tier, headName: null, position: 0 }])),
  people: new Map([...drawing.people].map(([id, { name }]) => [id, name])),
  stays: [],
}) // prettier-ignore

/** What the facts bring as people stand in a drawing. */
const broughtIn = (drawing: Drawing, all: readonly { person: number; cents: bigint }[]): readonly Brought[] => {
  const mains = mainUnits(drawing)
  return all.flatMap(({ person, cents }) => {
    const unitId = mains.get(`p${person}`)
    return unitId === undefined
      ? []
      : [{ stretch: 0, unitId, personId: `p${person}`, numerator: cents, denominator: 0n }]
  })
}

const sums = (node: TierNode, found = new Map<string, bigint>()): ReadonlyMap<string, bigint> => {
  if (node.kind === 'unit' && node.unitId !== null)
    found.set(node.unitId, (found.get(node.unitId) ?? 0n) + node.numerator)
  for (const child of node.children) sums(child, found)
  return found
}

describe('whatever the steps', () => {
  it('there is one tree without circles, everybody keeps a main place in it, and nobody works more than full time', () => {
    fc.assert(
      fc.property(drawings, stepsOf, (start, steps) => {
        const { drawing } = takeSteps(start, steps)
        expect(topDown(drawing)).toHaveLength(drawing.units.size)
        expect(unitsUnder(drawing, 'u0').size).toBe(drawing.units.size)
        expect(new Set(mainUnits(drawing).keys())).toEqual(new Set(mainUnits(start).keys()))
        for (const one of drawing.assignments) expect(drawing.units.has(one.unitId)).toBe(true)
        for (const [, own] of Map.groupBy(drawing.assignments, (one) => one.personId)) {
          expect(own.reduce((sum, one) => sum + one.share, 0)).toBeLessThanOrEqual(fullTime)
        }
      }),
    )
  })

  it('results told along the new tree come to the same total, and stand where people stand in it', () => {
    fc.assert(
      fc.property(drawings, stepsOf, facts, (start, steps, all) => {
        const { drawing } = takeSteps(start, steps)
        const redrawn = redrawnBetween(start, drawing)
        const shape = shapeOf(start)
        const brought = broughtIn(start, all)
        const anew = shapeOf(drawing)
        const after = replayed(
          { shape, brought },
          {
            paths: anew.stretches[0]?.paths ?? new Map(),
            units: [...anew.units.values()],
            standsIn: standsAfter(redrawn, steps, drawing),
          },
          '公司',
        )
        expect(after.numerator).toBe(tierTree(shape, brought, '公司').numerator)
        const told = sums(after)
        const expected = sums(tierTree(anew, broughtIn(drawing, all), '公司'))
        for (const [unit, sum] of expected) expect(told.get(unit) ?? 0n).toBe(sum)
        expect(onlyRoot(anew.stretches[0])).toEqual(['u0'])
      }),
    )
  })
})

describe('who leads whom', () => {
  const base: Drawing = {
    units: new Map(
      [
        { id: '公司', name: '公司', tier: null, parentId: null, headId: '总' },
        { id: '东', name: '东', tier: null, parentId: '公司', headId: '东总' },
        { id: '西', name: '西', tier: null, parentId: '公司', headId: '总' },
        { id: '一队', name: '一队', tier: null, parentId: '东', headId: '队长' },
      ].map((unit) => [unit.id, unit]),
    ),
    assignments: [
      { id: '1', personId: '甲', unitId: '一队', share: fullTime, isMain: true },
      { id: '2', personId: '队长', unitId: '一队', share: fullTime, isMain: true },
      { id: '3', personId: '东总', unitId: '东', share: fullTime, isMain: true },
      { id: '4', personId: '总', unitId: '公司', share: fullTime, isMain: true },
    ],
    people: new Map(['甲', '队长', '东总', '总'].map((name) => [name, { name, isActive: true }])),
  }

  it('is the chain of heads from the nearest up, oneself left out', () => {
    expect(headChain(base, '甲')).toEqual(['队长', '东总', '总'])
    expect(headChain(base, '队长')).toEqual(['东总', '总'])
    expect(headChain(base, '总')).toEqual([])
  })

  it('changes for whoever stands in a unit that moves', () => {
    const { drawing } = takeSteps(base, [{ kind: 'move', unitId: '一队', parentId: '西' }])
    expect(chainChanges(base, drawing)).toEqual([
      { personId: '甲', before: ['队长', '东总', '总'], after: ['队长', '总'] },
      { personId: '队长', before: ['东总', '总'], after: ['总'] },
    ])
    expect([...inReach(base, '东总', 'below')].sort()).toEqual(['东总', '甲', '队长'])
    expect([...inReach(drawing, '东总', 'below')]).toEqual(['东总'])
    expect([...inReach(base, '队长', 'own')]).toEqual(['队长'])
  })

  it('is healthy or not: spans, layers and vacancies are counted', () => {
    const none = () => ({ accounts: 0, deals: 0, tasks: 0 })
    const { totals, units, findings } = healthOf(base, none, '2026-06-15')
    expect(totals).toEqual({ units: 4, people: 4, layers: 3, span: '1.0', vacancies: 1 })
    expect(units.map(({ name, span, peopleBelow }) => [name, span, peopleBelow])).toEqual([
      ['公司', 2, 4],
      ['东', 1, 3],
      ['一队', 1, 2],
      ['西', 0, 0],
    ])
    expect(findings.filter(({ unit }) => unit?.id === '西').map(({ kind }) => kind)).toEqual(['head_elsewhere', 'no_people'])
    expect([median([]), median([3]), median([4, 1]), median([9, 1, 5])]).toEqual([0, 3, 2.5, 5])
  }) // prettier-ignore
})

describe('two halves', () => {
  it('weigh about the same: the heaviest goes where it is lighter', () => {
    const people = [['a', 50n], ['b', 30n], ['c', 20n], ['d', 10n]] as const // prettier-ignore
    expect(halve(people.map(([id, weight]) => ({ id, weight })))).toEqual([
      ['a', 'd'],
      ['b', 'c'],
    ])
  })

  it('hold everybody once, and differ by the heaviest person at most', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(0n, 1000n), { maxLength: 20 }), (weights) => {
        const people = weights.map((weight, at) => ({ id: `p${at}`, weight }))
        const [one, other] = halve(people)
        expect([...one, ...other].sort()).toEqual(people.map(({ id }) => id).sort())
        const weigh = (ids: readonly string[]) =>
          people.filter(({ id }) => ids.includes(id)).reduce((sum, { weight }) => sum + weight, 0n)
        const gap = weigh(one) - weigh(other)
        const heaviest = weights.reduce((most, weight) => (weight > most ? weight : most), 0n)
        expect(gap <= heaviest && -gap <= heaviest).toBe(true)
      }),
    )
  })
})
