import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bottomUpOf, overPeriods } from './bottom-up.ts'

const sum = (counts: readonly bigint[]) => counts.reduce((total, count) => total + count, 0n)

describe('a proposal over the periods', () => {
  it('spreads the year by the season', () => {
    expect(overPeriods([1000n], [1n, 1n, 2n, 4n])).toMatchObject({ periods: [125n, 125n, 250n, 500n] })
  })

  it('spreads halves each by its own season, and evenly where there is none', () => {
    expect(overPeriods([90n, 100n], [1n, 2n, 0n, 0n])).toMatchObject({ periods: [30n, 60n, 50n, 50n] })
  })

  it('takes one number for each period as it is', () => {
    expect(overPeriods([1n, 2n, 3n], [9n, 9n, 9n])).toMatchObject({ periods: [1n, 2n, 3n] })
  })

  it('is refused where the parts do not divide the periods', () => {
    expect(overPeriods([1n, 2n, 3n, 4n], Array(13).fill(1n))).toMatchObject({ ok: false, reason: 'uneven' })
  })

  it('keeps every part exactly, whatever the season', () => {
    const shape = fc.array(fc.bigInt({ min: 0n, max: 10_000n }), { minLength: 12, maxLength: 12 })
    fc.assert(
      fc.property(
        shape,
        fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 4, maxLength: 4 }),
        (by, parts) => {
          const spread = overPeriods(parts, by)
          if (!spread.ok) throw new Error(spread.reason)
          parts.forEach((part, at) => expect(sum(spread.periods.slice(at * 3, at * 3 + 3))).toBe(part))
        },
      ),
    )
  })
})

describe('what comes from below', () => {
  const row = (id: string, parentId: string | null, topDown: bigint, proposed: bigint | null = null) => ({
    id,
    parentId,
    topDown,
    proposed,
  })

  it('sums up the tree and counts who is missing', () => {
    const found = bottomUpOf([
      row('公司', null, 600n),
      row('一队', '公司', 400n),
      row('队长', '一队', 0n),
      row('甲', '一队', 100n, 120n),
      row('乙', '一队', 300n),
      row('二队', '公司', 200n),
      row('丙', '二队', 200n, 150n),
    ])
    expect(found.get('一队')).toEqual({ bottomUp: 120n, rows: 2, missing: 1 })
    expect(found.get('公司')).toEqual({ bottomUp: 270n, rows: 3, missing: 1 })
  })

  it('is unknown, not zero, where nobody proposed anything', () => {
    expect(bottomUpOf([row('公司', null, 5n), row('甲', '公司', 5n)]).get('公司')).toMatchObject({ bottomUp: null })
  })
})
