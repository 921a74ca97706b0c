import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chanceOf, landing } from './landing.ts'
import { rememberedSeries } from './remembered-series.ts'

const history = [90, 110, 95, 105, 100, 98, 102, 104, 96, 100, 103, 97]
const month = { history, actual: 0, current: 0, share: 0, open: 1 }

describe('landing', () => {
  it('is what is there when the period is over', () => {
    expect(landing({ ...month, actual: 120, open: 0 })).toMatchObject({
      mean: 120,
      deviation: 0,
      lower: 120,
      upper: 120,
    })
  })

  it('is the forecast before anything came', () => {
    const found = landing(month)
    expect(found?.mean).toBeCloseTo(found?.forecast?.points[0] ?? NaN, 10)
    expect(found?.deviation).toBeCloseTo(found?.forecast?.deviations[0] ?? NaN, 10)
  })

  it('weighs what came so far against the forecast', () => {
    const forecast = landing(month)?.forecast
    const [first = NaN] = forecast?.points ?? []
    const [deviation = NaN] = forecast?.deviations ?? []
    const found = landing({ ...month, actual: 80, current: 80, share: 0.5 })
    // Rest: half of (F + 80) / 1.5; its variance: σ²/2 · 0.5 · (0.5/1.5 + 1) = σ²/3.
    expect(found?.mean).toBeCloseTo(80 + (0.5 * (first + 80)) / 1.5, 10)
    expect(found?.deviation).toBeCloseTo(deviation / Math.sqrt(3), 10)
  })

  it('adds the months to come to those of the period that are there', () => {
    const found = landing({ ...month, actual: 200, open: 3 })
    expect(found?.mean).toBeCloseTo(200 + (found?.forecast?.total.mean ?? NaN), 8)
  })

  it('goes on as it began where there is no history', () => {
    // 30 in a quarter of the month: 120 a month; two months and three quarters of one are left.
    const found = landing({ history: [], actual: 30, current: 30, share: 0.25, open: 1 })
    expect(found).toMatchObject({ mean: 120, deviation: 45, forecast: null })
    expect(landing({ history: [], actual: 0, current: 0, share: 0, open: 1 })).toBeNull()
  })

  it('of a rate is the mean of its months, those behind as they are', () => {
    // Two months and a half of a quarter behind at 130; half a month is to come.
    const found = landing({ ...month, kind: 'rate', actual: 130, current: 130, share: 0.5, months: 3 })
    const [point = NaN] = found?.forecast?.points ?? []
    expect(found?.mean).toBeCloseTo((2.5 * 130 + 0.5 * point) / 3, 10)
    expect(landing({ ...month, kind: 'rate', months: 1 })?.mean).toBeCloseTo(point, 10)
  })

  it('never says less than nothing of what never was below nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(100), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 6 }),
        (past, open) => {
          for (const kind of ['flow', 'level', 'rate'] as const) {
            const found = landing({ kind, history: past, actual: 0, current: 0, share: 0.2, open })
            expect(found?.lower).toBeGreaterThanOrEqual(0)
          }
        },
      ),
      { numRuns: 25 },
    )
  })

  it('of a stock moves from the forecast to where it stands', () => {
    const found = landing({ ...month, kind: 'level', actual: 130, current: 130, share: 0.5 })
    expect(found?.mean).toBeCloseTo(0.5 * 130 + 0.5 * (found?.forecast?.points[0] ?? NaN), 10)
  })

  it('of a stock goes on from where it stands today, in this month, the next ones and a period to come', () => {
    const stood = { ...month, kind: 'level', actual: 130, current: 130, share: 0.5 } as const
    const forecast = rememberedSeries(history, { season: 12, horizon: 3, effort: 'quick' })
    const [first = NaN, , third = NaN] = forecast?.points ?? []
    const [ofFirst = NaN, , ofThird = NaN] = forecast?.deviations ?? []
    const moved = 0.5 * (130 - first)
    const found = landing({ ...stood, open: 3, forecast })
    expect(found?.mean).toBeCloseTo(third + moved, 10)
    expect(found?.deviation).toBeCloseTo(Math.sqrt(ofThird ** 2 - 0.5 * ofFirst ** 2), 10)
    // Of the quarter after this month nothing is there yet, but the level is.
    expect(landing({ ...stood, actual: 0, wait: 1, open: 2, forecast })?.mean).toBeCloseTo(third + moved, 10)
    expect(landing({ ...stood, current: 0, share: 1, open: 3, forecast })?.mean).toBeGreaterThanOrEqual(0)
  })

  it('grows surer with every day, and never ends below what is there', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        fc.double({ min: 0, max: 500, noNaN: true }),
        (share, came) => {
          const now = landing({ ...month, actual: came, current: came, share })
          const later = landing({ ...month, actual: came, current: came, share: share + 0.01 })
          expect(later?.deviation).toBeLessThan(now?.deviation ?? 0)
          expect(now?.lower).toBeGreaterThanOrEqual(came)
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('chanceOf', () => {
  const found = { mean: 100, deviation: 10 }

  it('is the share of the landings that reach the target', () => {
    expect(chanceOf(100, found)).toBe(0.5)
    expect(chanceOf(112.815515655446, found)).toBeCloseTo(0.1, 9)
    expect(chanceOf(112.815515655446, found, 'lower')).toBeCloseTo(0.9, 9)
  })

  it('is certain where nothing is open', () => {
    expect([chanceOf(99, { mean: 100, deviation: 0 }), chanceOf(101, { mean: 100, deviation: 0 })]).toEqual([1, 0])
  })
})
