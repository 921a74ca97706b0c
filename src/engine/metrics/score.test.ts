import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scoreOf } from './score.ts'

const lower = (actual: bigint, target: bigint, base?: bigint) => scoreOf({ actual, target, better: 'lower', base })

describe('a score', () => {
  it('is actual ÷ target where higher is better', () => {
    expect(scoreOf({ actual: 50n, target: 200n, better: 'higher' })).toBe(0.25)
    expect(scoreOf({ actual: 50n, target: 0n, better: 'higher' })).toBeNull()
  })

  it('is the part of the way from the base where lower is better', () => {
    // From 60 days down to 40: 50 is half of the way, 45 three quarters, 65 a quarter away from it.
    expect([60n, 50n, 45n, 40n, 30n, 65n].map((actual) => lower(actual, 40n, 60n))).toEqual([
      0, 0.5, 0.75, 1, 1.5, -0.25,
    ])
  })

  it('is 2 − actual ÷ target without a base, and with one that was no worse than the target', () => {
    expect([0n, 20n, 40n, 50n, 80n].map((actual) => lower(actual, 40n))).toEqual([2, 1.5, 1, 0.75, 0])
    expect(lower(50n, 40n, 40n)).toBe(0.75)
    expect(lower(50n, 40n, 30n)).toBe(0.75)
  })

  it('is all or nothing where nothing is wanted and nothing is known of before', () => {
    expect([lower(0n, 0n), lower(1n, 0n), lower(5n, 0n, 10n)]).toEqual([1, 0, 0.5])
  })

  const amount = fc.bigInt(0n, 10n ** 9n)

  it('is 1 at the target, more on the good side and less on the other', () => {
    fc.assert(
      fc.property(
        fc.bigInt(1n, 10n ** 6n),
        amount,
        fc.option(amount),
        fc.constantFrom('higher', 'lower'),
        (target, actual, base, better) => {
          const score = scoreOf({ actual, target, better, base }) ?? Number.NaN
          expect(scoreOf({ actual: target, target, better, base })).toBe(1)
          const isGood = better === 'higher' ? actual >= target : actual <= target
          expect(isGood ? score >= 1 : score <= 1).toBe(true)
        },
      ),
    )
  })
})
