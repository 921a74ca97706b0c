import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fraction, minus, plus, times, zero, type Fraction } from './fraction.ts'
import { gapByChildren, gapOfRate } from './gap-by-children.ts'
import { driversOf, driversOfTarget, gapByDrivers, type ChainFacts, type End } from './gap-by-drivers.ts'
import { roundToSum, shapleyOfProduct } from './shapley.ts'

const whole = (numbers: readonly number[]) => numbers.map((number) => fraction(BigInt(number)))
const product = (factors: readonly Fraction[]) => factors.reduce(times, fraction(1n))
const sum = (parts: readonly Fraction[]) => parts.reduce(plus, zero)

describe('the Shapley value of a product', () => {
  it('shares the joint part of two factors in halves', () => {
    // 10 × 5 → 8 × 7: (8−10) × (5+7)/2 = −12, (7−5) × (10+8)/2 = 18.
    expect(shapleyOfProduct(whole([10, 5]), whole([8, 7]))).toEqual(whole([-12, 18]))
  })

  it('weighs three factors by a third and a sixth', () => {
    // 2 × 3 × 4 → 3 × 5 × 6; first: 1 × (3·4/3 + 5·4/6 + 3·6/6 + 5·6/3) = 4 + 10/3 + 3 + 10 = 61/3.
    const parts = shapleyOfProduct(whole([2, 3, 4]), whole([3, 5, 6]))
    expect(parts[0]).toEqual(fraction(61n, 3n))
    expect(sum(parts)).toEqual(fraction(66n))
  })

  const factor = fc.tuple(fc.bigInt(-1000n, 1000n), fc.bigInt(1n, 50n)).map(([above, below]) => fraction(above, below))
  const ends = fc
    .integer({ min: 1, max: 5 })
    .chain((count) =>
      fc.tuple(
        fc.array(factor, { minLength: count, maxLength: count }),
        fc.array(factor, { minLength: count, maxLength: count }),
      ),
    )

  it('sums to the difference, turns its sign with the ends and gives nothing to what stayed', () => {
    fc.assert(
      fc.property(ends, ([base, now]) => {
        const parts = shapleyOfProduct(base, now)
        expect(sum(parts)).toEqual(minus(product(now), product(base)))
        expect(shapleyOfProduct(now, base)).toEqual(parts.map((part) => minus(zero, part)))
        const [first = zero] = base
        expect(shapleyOfProduct(base, [first, ...now.slice(1)])[0]).toEqual(zero)
      }),
    )
  })

  it('treats factors alike, whatever their order', () => {
    fc.assert(
      fc.property(ends, ([base, now]) => {
        expect(shapleyOfProduct(base.toReversed(), now.toReversed())).toEqual(shapleyOfProduct(base, now).toReversed())
      }),
    )
  })
})

describe('rounding to a sum', () => {
  it('gives the largest remainders what is missing', () => {
    expect(roundToSum([fraction(10n, 3n), fraction(10n, 3n), fraction(10n, 3n)], 10n, 1n)).toEqual([4n, 3n, 3n])
    expect(roundToSum([fraction(-50n), fraction(150n)], 100n, 100n)).toEqual([0n, 100n])
  })
})

const units = (number: number) => BigInt(number) * 10_000n

/** Deals closed, won, and what they were worth. */
const facts = (amount: number, won: number, closed: number, cycleDays = 0): ChainFacts => ({
  links: [units(closed), units(won), units(amount)],
  cycle: { days: units(cycleDays), deals: units(won) },
})
const endOf = (chain: ChainFacts, other?: ChainFacts): End => ({
  figure: chain.links.at(-1) ?? 0n,
  drivers: driversOf(chain, other && driversOf(other)),
})
const names = ['deals', 'rate', 'size'] as const

describe('a gap by its drivers', () => {
  it('is explained by fewer deals alone where rate and size stayed', () => {
    // 100 deals × 50% × 2 = 100 against 80 × 50% × 2 = 80.
    const parts = gapByDrivers(endOf(facts(100, 50, 100)), endOf(facts(80, 40, 80)), names)
    expect(parts.map(({ driver, amount }) => [driver, amount])).toEqual([
      ['deals', 200_000n],
      ['rate', 0n],
      ['size', 0n],
    ])
  })

  it('explains nothing by a rate and a size that nothing was closed for', () => {
    const base = facts(100, 50, 100)
    const parts = gapByDrivers(endOf(base), endOf(facts(0, 0, 0), base), names)
    expect(parts.map(({ amount }) => amount)).toEqual([1_000_000n, 0n, 0n])
  })

  it('reads a target as the deals that would bring it at the usual rate and size', () => {
    const usual = driversOf(facts(100, 50, 100))
    expect(driversOfTarget(1_200_000n, usual)?.factors[0]).toEqual(fraction(1_200_000n))
    expect(driversOfTarget(1_200_000n, driversOf(facts(0, 0, 0)))).toBeNull()
  })

  it('takes the number of deals apart into deals in work and their cycle', () => {
    // 30 days; base: 30 won of 60 in 10 days each, 20 in work; now the cycle is 20 days and as many are in work.
    const parts = gapByDrivers(endOf(facts(300, 30, 60, 300)), endOf(facts(150, 15, 30, 300)), names, 30)
    expect(parts.map(({ driver, base: was, now: is, amount }) => [driver, was, is, amount])).toEqual([
      ['work', fraction(200_000n), fraction(200_000n), 0n],
      ['cycle', fraction(10n), fraction(20n), 1_500_000n],
      ['rate', fraction(1n, 2n), fraction(1n, 2n), 0n],
      ['size', fraction(10n), fraction(10n), 0n],
    ])
  })

  it('is told of two links as of three', () => {
    // 40 customers of 100 each against 50 of 60: (40−50) × 80 = −800 and (100−60) × 45 = 1800.
    const customers = (count: number, sales: number): ChainFacts => ({ links: [units(count), units(sales)] })
    const parts = gapByDrivers(endOf(customers(40, 4000)), endOf(customers(50, 3000)), ['customers', 'perCustomer'])
    expect(parts.map(({ driver, amount }) => [driver, amount])).toEqual([
      ['customers', units(-800)],
      ['perCustomer', units(1800)],
    ])
  })

  it('names what no driver explains where money came without what it should come from', () => {
    const base: ChainFacts = { links: [units(100), units(80)] }
    const parts = gapByDrivers(endOf(base), endOf({ links: [0n, units(30)] }, base), ['sales', 'collected'])
    expect(parts.map(({ driver, amount }) => [driver, amount])).toEqual([
      ['sales', units(80)],
      ['collected', 0n],
      ['rest', units(-30)],
    ])
  })

  const count = fc.bigInt(0n, 5_000n).map((number) => number * 10_000n)
  const sales = fc
    .tuple(fc.bigInt(0n, 10n ** 13n), count, count, fc.bigInt(1n, 10n ** 8n))
    .map(([cents, won, lost, cycleDays]): ChainFacts => {
      const amount = won === 0n ? 0n : cents * 100n
      return { links: [won + lost, won, amount], cycle: { days: cycleDays * 10_000n, deals: won } }
    })

  it('sums to the gap to the cent, with and without the cycle', () => {
    fc.assert(
      fc.property(sales, sales, fc.option(fc.integer({ min: 1, max: 400 })), (one, other, days) => {
        const [base, now] = [endOf(one, other), endOf(other, one)]
        const parts = gapByDrivers(base, now, names, days ?? undefined)
        expect(parts.reduce((so, { amount }) => so + amount, 0n)).toBe(base.figure - now.figure)
        expect(parts.every(({ driver, amount }) => driver !== 'rest' && amount % 100n === 0n)).toBe(true)
      }),
    )
  })

  it('sums to the gap whatever the links are, negative and missing ones too', () => {
    const chain = fc
      .array(fc.bigInt(-(10n ** 12n), 10n ** 12n), { minLength: 3, maxLength: 3 })
      .map((links): ChainFacts => ({ links }))
    fc.assert(
      fc.property(chain, chain, (one, other) => {
        const [base, now] = [endOf(one, other), endOf(other, one)]
        const parts = gapByDrivers(base, now, names)
        expect(parts.reduce((so, { amount }) => so + amount, 0n)).toBe(base.figure - now.figure)
      }),
    )
  })
})

describe('a gap by children', () => {
  it('names what the parent plans besides its children', () => {
    const parts = gapByChildren({ target: 1000n, actual: 700n }, [
      { id: 'a', target: 600n, actual: 300n },
      { id: 'b', target: 450n, actual: 390n },
      { id: 'c', target: null, actual: 10n },
    ])
    expect(parts).toEqual([
      { id: 'a', amount: 300n },
      { id: 'b', amount: 60n },
      { id: 'c', amount: -10n },
      { id: null, amount: -50n },
    ])
  })

  it('sums to the gap', () => {
    const child = fc.record({ id: fc.string(), target: fc.option(fc.bigInt()), actual: fc.bigInt() })
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), fc.array(child), (target, actual, children) => {
        const parts = gapByChildren({ target, actual }, children)
        expect(parts.reduce((so, { amount }) => so + amount, 0n)).toBe(target - actual)
      }),
    )
  })
})

describe('the gap of a rate over children', () => {
  it('weighs each by its share of the denominator', () => {
    // 30 of 100 and 30 of 60: 60 of 160 is 37.5 %, against 40 %. East −(40 % − 30 %) × 100/160, west (40 % − 50 %) × 60/160.
    const parts = gapOfRate({ target: 4_000n, actual: 3_750n, weight: 1_600_000n }, [
      { id: '华东', target: 4_000n, actual: 3_000n, weight: 1_000_000n },
      { id: '华西', target: 4_000n, actual: 5_000n, weight: 600_000n },
      { id: '空缺', target: 4_000n, actual: null, weight: 0n },
    ])
    expect(parts).toEqual([
      { id: '华东', amount: 625n },
      { id: '华西', amount: -375n },
      { id: '空缺', amount: 0n },
    ])
  })

  it('names the mix where targets of children do not come to that of the node', () => {
    const parts = gapOfRate({ target: 4_000n, actual: 3_000n, weight: 100n }, [
      { id: '华东', target: 3_500n, actual: 3_000n, weight: 100n },
    ])
    expect(parts).toEqual([
      { id: '华东', amount: 500n },
      { id: null, amount: 500n },
    ])
  })

  it('sums to the gap exactly, whatever the children', () => {
    const child = fc.record({
      wins: fc.bigInt(0n, 500n),
      deals: fc.bigInt(0n, 500n),
      target: fc.option(fc.bigInt(0n, 10_000n)),
    })
    fc.assert(
      fc.property(fc.array(child, { maxLength: 12 }), fc.bigInt(0n, 10_000n), (children, target) => {
        const weight = children.reduce((sum, { deals }) => sum + deals, 0n)
        const wins = children.reduce((sum, each) => sum + each.wins, 0n)
        const actual = weight === 0n ? 0n : (2n * wins * 10_000n + weight) / (2n * weight)
        const parts = gapOfRate(
          { target, actual, weight },
          children.map((each, at) => ({
            id: String(at),
            target: each.target,
            actual: each.deals === 0n ? null : (each.wins * 10_000n) / each.deals,
            weight: each.deals,
          })),
        )
        expect(parts.reduce((sum, { amount }) => sum + amount, 0n)).toBe(target - actual)
      }),
    )
  })
})
