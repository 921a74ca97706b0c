import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exact, sumOf } from './decimal.ts'
import { splitByWeight, splitUnits } from './split.ts'

describe('splitByWeight', () => {
  it.each([
    ['100', ['1', '1', '1'], '0.01', ['33.34', '33.33', '33.33']],
    ['100', ['1', '1', '1'], '1', ['34', '33', '33']],
    ['12000000', ['3', '2', '1'], '1000', ['6000000', '4000000', '2000000']],
    ['-100', ['1', '1', '1'], '0.01', ['-33.34', '-33.33', '-33.33']],
    ['100', ['0', '0'], '0.01', ['50', '50']],
    ['100', ['0', '1'], '0.01', ['0', '100']],
    ['100', ['-5', '1', '1'], '0.01', ['0', '50', '50']],
    ['0.05', ['1', '1'], '0.01', ['0.03', '0.02']],
    ['1005', ['1', '2'], '100', ['300', '705']],
    ['10', ['0.5', '0.25', '0.25'], '1', ['5', '3', '2']],
    ['7', [], '1', []],
  ])('splits %s by %j in steps of %s', (total, weights, step, parts) => {
    expect(splitByWeight(total, weights, step)).toEqual(parts)
  })

  it('always adds up to the total, and no part is further than one step from its share', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }).map(String), { minLength: 1, maxLength: 40 })
    const cents = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })
    fc.assert(
      fc.property(cents, weights, fc.constantFrom('0.01', '1', '1000'), (total, shares, step) => {
        const amount = exact(total).div(100).toFixed()
        const parts = splitByWeight(amount, shares, step)
        expect(sumOf(parts)).toBe(sumOf([amount]))
        const sum = exact(sumOf(shares))
        if (sum.isZero()) return
        parts.forEach((part, at) => {
          const share = exact(amount)
            .times(shares[at] ?? 0)
            .div(sum)
          expect(exact(part).minus(share).abs().lte(exact(step).times(2))).toBe(true)
        })
      }),
      { numRuns: 2000 },
    )
  })

  it('gives the same parts for the same question, and weights in proportion the same parts', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), weights, (total, shares) => {
        const parts = splitUnits(total, shares)
        expect(splitUnits(total, shares)).toEqual(parts)
        expect(
          splitUnits(
            total,
            shares.map((share) => share * 7n),
          ),
        ).toEqual(parts)
      }),
    )
  })
})
