import { describe, expect, it } from 'vitest'
import { coverage, coveredBy, worthIn, type CoveringUnit, type MarketSize } from './market-share.ts'

const size = (id: string, region: string | null, worth: number, more: Partial<MarketSize> = {}): MarketSize => ({
  id, region, industry: null, from: '2026-01-01', to: '2027-01-01', worth: BigInt(worth) * 10_000n, ...more,
}) // prettier-ignore

const zhejiang = size('zhejiang', '33', 365)
const hangzhou = size('hangzhou', '3301', 100)
const jiangsu = size('jiangsu', '32', 200)
const year = { from: '2026-01-01', to: '2027-01-01' }
const of = (...regions: string[]) => ({ regions, industries: [] })
const told = (sizes: readonly MarketSize[], span = year) => {
  const worth = worthIn(sizes, span)
  return worth === null ? null : Number(worth) / 10_000
}

describe('the market of a territory', () => {
  it('is what lies in its regions, those within them included', () => {
    expect(coveredBy(of('33'), [zhejiang, hangzhou, jiangsu])).toEqual([zhejiang, hangzhou])
    expect(coveredBy(of('CN'), [zhejiang, hangzhou, jiangsu])).toHaveLength(3)
    expect(coveredBy(of('3302'), [zhejiang, hangzhou, jiangsu])).toEqual([])
  })

  it('never counts a city again beside its province, nor an industry beside all of them', () => {
    expect(told([zhejiang, hangzhou, jiangsu])).toBe(565)
    const steel = size('steel', '33', 40, { industry: '钢铁' })
    expect(told([zhejiang, steel])).toBe(365)
    expect(coveredBy({ regions: ['33'], industries: ['钢铁'] }, [zhejiang, steel])).toEqual([steel])
  })

  it('is the share of its days in a part of its span, and nothing where none was told', () => {
    expect(told([zhejiang], { from: '2026-01-01', to: '2026-02-01' })).toBe(31)
    expect(told([zhejiang], { from: '2027-01-01', to: '2027-02-01' })).toBeNull()
    expect(told([{ ...zhejiang, worth: null }])).toBeNull()
  })

  it('is of a unit without territory what its children cover, each size once', () => {
    const unit = (unitId: string, ...children: readonly CoveringUnit[]): CoveringUnit => ({ unitId, children })
    const covered = coverage(
      unit('top', unit('a'), unit('b'), unit('c')),
      new Map([['a', of('33')], ['b', of('3301', '32')]]), // prettier-ignore
      [zhejiang, hangzhou, jiangsu],
    )
    expect(covered.get('top')).toEqual([zhejiang, hangzhou, jiangsu])
    expect(covered.get('b')).toEqual([hangzhou, jiangsu])
    expect(covered.get('c')).toEqual([])
  })
})
