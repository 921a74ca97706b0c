import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalDraw, randomOf } from '#engine/forecast-deals/random.ts'
import { achievabilityOf, outcomeOf, verdictOf, type EvidenceKind } from './achievability.ts'
import { marketEstimate, peersEstimate, yieldEstimate } from './evidence.ts'
import { pastPeriods } from './past-periods.ts'

describe('achievabilityOf', () => {
  const history = { kind: 'history', mean: 100, deviation: 10 } as const

  it('is the chance of one estimate where there is one', () => {
    const found = achievabilityOf({ target: 100, better: 'higher', evidence: [history] })
    expect(found).toMatchObject({ mean: 100, deviation: 10, chance: 0.5, verdict: 'challenge', isBorrowed: false })
    expect(found?.upper).toBeCloseTo(112.8155, 4)
    const { lower, upper } = found ?? {}
    expect(found?.drivers).toEqual([{ ...history, weight: 1, chance: 0.5, lower, upper }])
  })

  it('weighs estimates by how sure they are', () => {
    // 1/100 and 1/400: weights 0.8 and 0.2; mean 104; (8 + 4)² = 144, 64 + 16 = 80; disagreement 0.8·16 + 0.2·256 = 64.
    const capacity = { kind: 'capacity', mean: 120, deviation: 20 } as const
    const found = achievabilityOf({ target: 104, better: 'higher', evidence: [capacity, history] })
    expect(found?.mean).toBeCloseTo(104, 12)
    expect(found?.deviation).toBeCloseTo(Math.sqrt(72 + 40 + 64), 12)
    expect(found?.drivers.map(({ kind, weight }) => [kind, Number(weight.toFixed(6))])).toEqual([
      ['history', 0.8],
      ['capacity', 0.2],
    ])
  })

  it('weighs what only grows by what is to come: nobody weighs more for expecting little', () => {
    // 100 are there. To come 100 ± 20 and 50 ± 10: a fifth of it each, so both weigh the same; mean 175.
    // 15² = 225, 100 + 25 = 125; disagreement (25² + 25²) / 2 = 625.
    const evidence = [
      { kind: 'pipeline', mean: 200, deviation: 20 },
      { kind: 'market', mean: 150, deviation: 10 },
    ] as const
    const found = outcomeOf(evidence, { least: 100 })
    expect(found?.evidence.map(({ weight }) => weight)).toEqual([0.5, 0.5])
    expect(found?.mean).toBeCloseTo(175, 12)
    expect(found?.deviation).toBeCloseTo(Math.sqrt(225 / 2 + 125 / 2 + 625), 12)
    const [surest] = outcomeOf(evidence, {})?.evidence ?? []
    expect(surest?.kind).toBe('market')
    expect(surest?.weight).toBeCloseTo(0.8, 12)
  })

  it('lets no part of it fall below what is there either', () => {
    const wide = { kind: 'pipeline', mean: 120, deviation: 100 } as const
    const lowerAt = (least?: number) => {
      const parts = outcomeOf([history, wide], least === undefined ? {} : { least })?.evidence
      return new Map(parts?.map(({ kind, lower }) => [kind, lower]))
    }
    expect(lowerAt(78).get('pipeline')).toBe(78)
    expect(lowerAt(78).get('history')).toBeCloseTo(87.1845, 4)
    expect(lowerAt().get('pipeline')).toBeCloseTo(-8.1552, 4)
  })

  it('measures what errs by a share by the same yardstick as what errs by as much whatever it expects', () => {
    // To come 150 and 50, 100 on average: of deals 20 % of 100, of capacity its 10: weights 1/400 and 1/100.
    const evidence = [
      { kind: 'pipeline', mean: 250, deviation: 30 },
      { kind: 'capacity', mean: 150, deviation: 10 },
    ] as const
    const found = outcomeOf(evidence, { least: 100 })
    expect(found?.evidence.map(({ kind, weight }) => [kind, Number(weight.toFixed(6))])).toEqual([
      ['capacity', 0.8],
      ['pipeline', 0.2],
    ])
    expect(found?.mean).toBeCloseTo(170, 12)
  })

  const byAsMuch = (kind: EvidenceKind) => ({ kind, deviationOf: () => 30 })
  const byShare = (kind: EvidenceKind) => ({ kind, deviationOf: (expected: number) => 0.3 * expected })
  it.each([
    ['the same σ', [byAsMuch('history'), byAsMuch('capacity'), byAsMuch('peers')]],
    ['a σ that is a share of each', [byShare('pipeline'), byShare('market'), byShare('pipeline')]],
    ['both', [byAsMuch('history'), byAsMuch('capacity'), byShare('pipeline')]],
  ])('is right on average where each part is: %s', (_, parts) => {
    const random = randomOf(7)
    const draws = 20_000
    let total = 0
    for (let at = 0; at < draws; at += 1) {
      const evidence = parts.map(({ kind, deviationOf }) => {
        // 100 on average, off by 30 % or so, and never below nothing.
        const expected = 100 * Math.max(0.1, 1 + 0.3 * normalDraw(random))
        return { kind, mean: expected, deviation: deviationOf(expected) }
      })
      total += outcomeOf(evidence, { least: 0 })?.mean ?? NaN
    }
    expect(Math.abs(total / draws - 100)).toBeLessThan(1)
  })

  it('weighs to one and lies between its parts, whatever they are', () => {
    const number = fc.double({ min: 0, max: 1e9, noNaN: true })
    const part = fc.record({
      kind: fc.constantFrom('history', 'capacity', 'pipeline'),
      mean: number,
      deviation: fc.oneof(fc.constant(0), fc.double({ min: 1, max: 1e9, noNaN: true })),
    })
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(0, -Infinity, 1e6),
        (parts, least) => {
          const found = outcomeOf(parts, { least })
          const weights = found?.evidence.map(({ weight }) => weight) ?? []
          expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9)
          const means = parts.map(({ mean }) => mean)
          const slack = 1e-9 * Math.max(1, ...means)
          expect(found?.mean).toBeGreaterThanOrEqual(Math.min(...means) - slack)
          expect(found?.mean).toBeLessThanOrEqual(Math.max(...means) + slack)
          expect(found?.deviation).toBeGreaterThanOrEqual(0)
          expect(found?.lower).toBeLessThanOrEqual(found?.upper ?? NaN)
        },
      ),
    )
  })

  it('says what was borrowed from peers', () => {
    const peers = { kind: 'peers', mean: 80, deviation: 30 } as const
    expect(achievabilityOf({ target: 100, better: 'higher', evidence: [peers] })?.isBorrowed).toBe(true)
  })

  it('knows nothing from nothing, and all from what is certain', () => {
    expect(achievabilityOf({ target: 1, better: 'higher', evidence: [] })).toBeNull()
    const done = { ...history, mean: 130, deviation: 0 }
    const found = achievabilityOf({ target: 120, better: 'higher', evidence: [done, history] })
    expect(found).toMatchObject({ chance: 1, mean: 130, verdict: 'too-easy' })
  })

  it.each([
    [0.91, 'too-easy'],
    [0.9, 'challenge'],
    [0.15, 'challenge'],
    [0.149, 'out-of-reach'],
  ])('calls a chance of %d %s', (chance, verdict) => {
    expect(verdictOf(chance)).toBe(verdict)
  })

  it('falls as the target rises, and is what lower-is-better leaves', () => {
    const number = fc.double({ min: -1000, max: 1000, noNaN: true })
    const deviation = fc.double({ min: 0.1, max: 500, noNaN: true })
    fc.assert(
      fc.property(number, number, deviation, deviation, number, (one, other, ofOne, ofOther, target) => {
        const evidence = [
          { kind: 'history', mean: one, deviation: ofOne },
          { kind: 'capacity', mean: other, deviation: ofOther },
        ] as const
        const chance = (asked: number, better: 'higher' | 'lower') =>
          achievabilityOf({ target: asked, better, evidence })?.chance ?? NaN
        expect(chance(target + 1, 'higher')).toBeLessThanOrEqual(chance(target, 'higher'))
        expect(chance(target, 'higher') + chance(target, 'lower')).toBeCloseTo(1, 9)
      }),
    )
  })
})

describe('evidence', () => {
  it('of capacity or pipeline is the base times what it brought', () => {
    // r = 300/30 = 10; residuals ±4 / √4, four of them, and 0, 0: Σ = 16; s² = 16/5. H = 10: s²·10·(1 + 10/30).
    const past = [
      { value: 44, base: 4 },
      { value: 36, base: 4 },
      { value: 44, base: 4 },
      { value: 36, base: 4 },
      { value: 70, base: 7 },
      { value: 70, base: 7 },
    ]
    const found = yieldEstimate({ past, ahead: [5, 5], actual: 20 })
    expect(found?.mean).toBeCloseTo(120, 12)
    expect(found?.deviation).toBeCloseTo(Math.sqrt(((16 / 5) * 10 * 4) / 3), 12)
    expect(yieldEstimate({ past: past.slice(1), ahead: [5], actual: 0 })).toBeNull()
  })

  it('of capacity is as unsure as spans of its length were, where months err alike', () => {
    // r = 10; single months are off by ±5: 12 × 25 / 11. Spans of three by up to 15: 225, 25, 25, 225 and so on, for the base 3.
    const values = [15, 15, 15, 5, 5, 5, 15, 15, 15, 5, 5, 5]
    const past = values.map((value) => ({ value, base: 1 }))
    const one = yieldEstimate({ past, ahead: [3], actual: 0 })
    expect(one?.deviation).toBeCloseTo(Math.sqrt((300 / 11) * 3 * (1 + 3 / 12)), 12)
    const spans = [225, 25, 25, 225, 25, 25, 225, 25, 25, 225].map((square) => square / 3)
    const spread = spans.reduce((sum, square) => sum + square, 0) / 9
    const three = yieldEstimate({ past, ahead: [1, 1, 1], actual: 0 })
    expect(three?.deviation).toBeCloseTo(Math.sqrt(spread * 3 * (1 + 3 / 12)), 12)
  })

  it('of peers is theirs per head', () => {
    // Mean 20, s = 10, three peers: s·√(4/3); four heads.
    const found = peersEstimate([10, 20, 30], 4)
    expect(found?.mean).toBe(80)
    expect(found?.deviation).toBeCloseTo(40 * Math.sqrt(4 / 3), 12)
    expect(peersEstimate([10], 4)).toBeNull()
  })
})

describe('pastPeriods', () => {
  it('forecasts each from what was known before it, the newest first', () => {
    const year = [70, 80, 95, 100, 110, 130, 140, 120, 105, 100, 90, 160]
    const history = [...year, ...year, ...year, ...year]
    const found = pastPeriods(history, { months: 3, kind: 'flow' })
    expect(found.map(({ from, actual }) => [from, actual])).toEqual([
      [45, 350],
      [42, 365],
      [39, 340],
      [36, 245],
    ])
    for (const { mean, actual } of found.slice(0, 3)) expect(mean / actual).toBeCloseTo(1, 2)
  })

  it('says of a past period what it said when nothing after it was known', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 18, maxLength: 40 }),
        fc.constantFrom('flow' as const, 'level' as const),
        (history, kind) => {
          const found = pastPeriods(history, { months: 3, kind })
          expect(found.length).toBeGreaterThan(2)
          for (const { from, mean, lower, upper } of found) {
            // What comes is another thing altogether, below nothing too.
            const other = history.map((value, at) => (at < from ? value : -5000 - value))
            const again = pastPeriods(other, { months: 3, kind }).find((one) => one.from === from)
            expect(again).toMatchObject({ mean, lower, upper })
          }
        },
      ),
      { numRuns: 10 },
    )
  })

  it('takes the last month where a period is a level', () => {
    const history = Array.from({ length: 18 }, (_, at) => 100 + at)
    expect(pastPeriods(history, { months: 6, kind: 'level', most: 1 })).toMatchObject([{ from: 12, actual: 117 }])
  })

  it('goes no further back than half a season', () => {
    expect(pastPeriods([1, 2, 3, 4, 5, 6, 7], { months: 3, kind: 'flow' })).toEqual([])
  })
})

describe('marketEstimate', () => {
  it('is the year before, grown as the market grew', () => {
    expect(marketEstimate({ before: 200, growth: 1.1 })).toEqual({
      mean: 220.00000000000003,
      deviation: 44.00000000000001,
    })
    expect(marketEstimate({ before: 0, growth: 1.1 })).toBeNull()
  })

  it('rises with the market and with the year before, and is never certain', () => {
    const positive = fc.double({ min: 0.01, max: 1000, noNaN: true })
    fc.assert(
      fc.property(positive, fc.double({ min: 0.5, max: 2, noNaN: true }), (before, growth) => {
        const found = marketEstimate({ before, growth })
        expect(found?.mean).toBeCloseTo(before * growth, 8)
        expect(found?.deviation).toBeGreaterThan(0)
        expect(marketEstimate({ before, growth: growth + 0.1 })?.mean).toBeGreaterThan(found?.mean ?? Infinity)
      }),
    )
  })
})
