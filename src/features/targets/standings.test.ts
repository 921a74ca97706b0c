import { describe, expect, it } from 'vitest'
import { nodeOf, planTree, totalOf } from './plan-tree.ts'
import type { PlanNode } from './plan-tree.ts'
import { spread } from './spread.ts'
import { standingsOf } from './standings.ts'
import type { RowFacts } from './standings.ts'
import { byBlend, byEqual, byHand, byHeadcount, byLastActual, byPotential, firstThatWeighs } from './weights.ts'
import type { Weigh } from './spread.ts'

const monthsOfYear: readonly number[] = Array.from({ length: 12 }, (_, month) => month)

const row = (id: string, kind: 'unit' | 'person', parentId: string | null, isHead = false) => ({
  id,
  kind,
  parentId,
  isHead,
})
const rows = [
  row('company', 'unit', null),
  row('boss', 'person', 'company', true),
  row('clerk', 'person', 'company'),
  row('east', 'unit', 'company'),
  row('wang', 'person', 'east', true),
  row('li', 'person', 'east'),
  row('zhao', 'person', 'east'),
  row('west', 'unit', 'company'),
  row('sun', 'person', 'west'),
]
const present = (from = 0): RowFacts => ({
  days: monthsOfYear.map((month) => (month < from ? 0n : 3000n)),
  since: monthsOfYear.map((month) => (from === 0 ? null : month - from)),
})
const presence = new Map<string, RowFacts>([
  ...['boss', 'clerk', 'wang', 'li', 'sun'].map((id) => [id, present()] as const),
  ['zhao', present(6)],
])
const actual = new Map([
  ['li', monthsOfYear.map(() => 100n)],
  ['sun', monthsOfYear.map(() => 300n)],
  ['zhao', monthsOfYear.map((): bigint => -5n)],
])
const standings = standingsOf(rows, presence, actual, { headsCarry: false, ramp: [50n], width: 12 })

function years(weigh: Weigh): Record<string, bigint> {
  const nodes = rows.map(({ id, parentId }): PlanNode => {
    const months = monthsOfYear.map(() => (id === 'company' ? 1200n : 0n))
    return { id, parent: parentId, months, locked: monthsOfYear.map(() => false) }
  })
  const result = spread(planTree(nodes), 'company', { weigh, step: 1n })
  if (!result.ok) throw new Error(result.reason)
  return Object.fromEntries(rows.map(({ id }) => [id, totalOf(nodeOf(result.tree, id).months)]))
}

describe('ways to cascade', () => {
  it('equal: units alike, people alike while they are there; heads and staff beside units carry none', () => {
    const shares = years(byEqual(standings, false))
    expect([shares['east'], shares['west'], shares['boss'], shares['clerk'], shares['wang']]).toEqual([
      7200n,
      7200n,
      0n,
      0n,
      0n,
    ])
    expect([shares['li'], shares['zhao']]).toEqual([5400n, 1800n])
    const withHeads = years(byEqual(standings, true))
    expect([withHeads['boss'], withHeads['clerk'], withHeads['wang']]).toEqual([0n, 0n, 3000n])
  })

  it('headcount: by time present, newcomers ramped', () => {
    const { east, west, li, zhao, clerk } = years(byHeadcount(standings, false))
    // Six months 1:1, one month 1.5:1, five months 2:1.
    expect([east, west]).toEqual([6n * 600n + 720n + 5n * 800n, 6n * 600n + 480n + 5n * 400n])
    expect([li, zhao, clerk]).toEqual([6n * 600n + 480n + 5n * 400n, 240n + 5n * 400n, 0n])
  })

  it('last actual: by the base year; a loss weighs nothing, and who brought nothing is planned by the next rule', () => {
    const shares = years(firstThatWeighs(byLastActual(standings), byEqual(standings, false)))
    expect([shares['east'], shares['west'], shares['li'], shares['zhao'], shares['wang']]).toEqual([
      3600n,
      10800n,
      3600n,
      0n,
      0n,
    ])
  })

  it('potential: half the open pipeline, half the size of the market where it is known of all units', () => {
    const rules = { headsCarry: false, ramp: [50n], width: 12 }
    const open = new Map([
      ['li', 100n],
      ['sun', 300n],
    ])
    const withPotential = standingsOf(rows, presence, actual, rules, open)
    const by = (market: ReadonlyMap<string, bigint>) => years(byPotential(withPotential, market))
    // Of the pipeline a quarter, of the market three quarters.
    expect(by(new Map())['east']).toBe(3600n)
    expect([by(new Map([['east', 30n], ['west', 10n]]))['east'], by(new Map([['east', 30n]]))['east']]).toEqual([7200n, 3600n]) // prettier-ignore
  })

  it('manual and blend', () => {
    expect(
      years(
        byHand(
          new Map([
            ['east', 3n],
            ['west', 1n],
          ]),
        ),
      )['east'],
    ).toBe(10_800n)
    const half = years(
      byBlend([
        { weigh: byLastActual(standings), percent: 50n },
        { weigh: byEqual(standings, false), percent: 50n },
      ]),
    )
    expect([half['east'], half['west']]).toEqual([5400n, 9000n])
  })
})
