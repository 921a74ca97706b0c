import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overPeriods, planRuleOf, type PeriodRule } from './plan-rule.ts'

describe('how a metric is planned', () => {
  it('follows from what its figures are', () => {
    const rule = (kind: Parameters<typeof planRuleOf>[0]['kind'], better: 'higher' | 'lower' = 'higher') =>
      planRuleOf({ kind, better })
    expect(rule('flow')).toEqual({ nodes: 'sum', periods: 'sum', better: 'higher' })
    expect(rule('stock', 'lower')).toEqual({ nodes: 'sum', periods: 'last', better: 'lower' })
    expect(rule('ratio')).toEqual({ nodes: 'same', periods: 'average', better: 'higher' })
    expect(rule('distinct')).toEqual({ nodes: 'apart', periods: 'largest', better: 'higher' })
    expect(rule('distinct', 'lower')).toEqual({ nodes: 'apart', periods: 'sum', better: 'lower' })
    expect([rule('lowest'), rule('highest'), rule('given')]).toEqual([null, null, null])
  })
})

describe('what periods make of a quarter', () => {
  it('is their sum, the last, the average or the largest', () => {
    const quarter = [30n, 50n, 41n]
    const by = (rule: PeriodRule) => overPeriods(quarter, rule)
    expect([by('sum'), by('last'), by('average'), by('largest')]).toEqual([121n, 41n, 40n, 50n])
    expect(overPeriods([1n, 2n], 'average')).toBe(2n)
    expect(overPeriods([], 'average')).toBe(0n)
  })

  const customers = fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 12 }), {
    minLength: 1,
    maxLength: 6,
  })

  it('asks of a union for nothing that its periods do not promise', () => {
    // Months name customers; whoever reaches every month has reached the year.
    fc.assert(
      fc.property(customers, (months) => {
        const counts = months.map((named) => BigInt(named.length))
        const union = BigInt(new Set(months.flat()).size)
        const { periods: many } = planRuleOf({ kind: 'distinct', better: 'higher' }) ?? { periods: 'sum' }
        const { periods: few } = planRuleOf({ kind: 'distinct', better: 'lower' }) ?? { periods: 'last' }
        expect(union >= overPeriods(counts, many)).toBe(true)
        expect(union <= overPeriods(counts, few)).toBe(true)
      }),
    )
  })
})
