import { describe, expect, it } from 'vitest'
import { regions } from '#engine/region/regions.ts'
import { coverage, coveredBy, worthOf, type CoveringUnit, type MarketSize, type Territory } from './market-share.ts'

const size = (id: string, region: string | null, worth: number, more: Partial<MarketSize> = {}): MarketSize => ({
  id, region, industry: null, from: '2026-01-01', to: '2027-01-01', toldOn: '2026-02-01', worth: BigInt(worth) * 10_000n, ...more,
}) // prettier-ignore

const zhejiang = size('zhejiang', '33', 365)
const hangzhou = size('hangzhou', '3301', 100)
const jiangsu = size('jiangsu', '32', 200)
const year = { from: '2026-01-01', to: '2027-01-01' }
const of = (...regions: string[]) => ({ regions, industries: [] })
const told = (sizes: readonly MarketSize[], territory: Territory | readonly Territory[] = of('33'), span = year) => {
  const worth = worthOf([territory].flat(), sizes, span)
  return worth === null ? null : Number(worth) / 10_000
}

describe('the market of a territory', () => {
  it('is what lies in its regions, those within them included', () => {
    expect(coveredBy(of('33'), [zhejiang, hangzhou, jiangsu])).toEqual([zhejiang, hangzhou])
    expect(coveredBy(of('CN'), [zhejiang, hangzhou, jiangsu])).toHaveLength(3)
    expect(coveredBy(of('3302'), [zhejiang, hangzhou, jiangsu])).toEqual([])
  })

  it('never counts a city again beside its province, nor an industry beside all of them', () => {
    expect(told([zhejiang, hangzhou, jiangsu], of('33', '32'))).toBe(565)
    const steel = size('steel', '33', 40, { industry: '钢铁' })
    expect(told([zhejiang, steel])).toBe(365)
    expect(told([zhejiang, steel], { regions: ['33'], industries: ['钢铁'] })).toBe(40)
  })

  it('is the share of its days in a part of its span, and nothing where a day is not told', () => {
    expect(told([zhejiang], of('33'), { from: '2026-01-01', to: '2026-02-01' })).toBe(31)
    expect(told([zhejiang], of('33'), { from: '2026-12-01', to: '2027-02-01' })).toBeNull()
    expect(told([{ ...zhejiang, worth: null }])).toBeNull()
  })

  it('is nothing unless all of the territory is told: by a size of each region, or of all that it is made of', () => {
    expect(told([zhejiang], of('33', '32'))).toBeNull()
    expect(told([hangzhou])).toBeNull()
    expect(told([zhejiang], of())).toBeNull()
    const cities = regions.childrenOf('33').map(({ code }) => size(code, code, 10))
    expect(told(cities)).toBe(10 * cities.length)
    expect(told(cities.slice(1))).toBeNull()
  })

  it('is what was told last on each day, and counts no day twice', () => {
    // The second half of the year anew: 184 of 365 days at 730 a year instead of 365.
    const anew = size('anew', '33', 368, { from: '2026-07-01', toldOn: '2026-08-01' })
    expect(told([zhejiang, anew])).toBe(181 + 368)
    expect(told([zhejiang, { ...anew, toldOn: '2026-01-01' }])).toBe(365)
  })

  it('leaves a narrower size out only on the days of which the wider one speaks', () => {
    const half = size('half', '33', 184, { from: '2026-07-01' })
    const cities = regions.childrenOf('33').map(({ code }) => size(code, code, 365))
    expect(told([...cities, half])).toBe(181 * cities.length + 184)
  })

  it('is nothing where sizes cross, since nobody knows what they have in common', () => {
    const steel = size('steel', null, 1000, { industry: '钢铁' })
    expect(told([zhejiang, steel], [of('33'), { regions: [], industries: ['钢铁'] }])).toBeNull()
  })

  it('is of a unit without territory that of all units right below it, where each has one', () => {
    const unit = (unitId: string, ...children: readonly CoveringUnit[]): CoveringUnit => ({ unitId, children })
    const known = new Map([['a', of('33')], ['b', of('3301', '32')]]) // prettier-ignore
    const covered = coverage(unit('top', unit('east', unit('a'), unit('b')), unit('c')), known)
    expect(covered.get('east')).toEqual([of('33'), of('3301', '32')])
    expect(covered.get('c')).toBeNull()
    expect(covered.get('top')).toBeNull()
    expect(told([zhejiang, hangzhou, jiangsu], covered.get('east') ?? [])).toBe(565)
  })
})
