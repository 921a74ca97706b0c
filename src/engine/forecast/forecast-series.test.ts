import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseMethod, errorsOf, originsOf, rollBack } from './back-test.ts'
import { forecastSeries } from './forecast-series.ts'
import { deviationAt, deviationOfSum, sumFactor, uncertaintyOf } from './uncertainty.ts'

const asked = { season: 12, horizon: 6, effort: 'quick' } as const
const monthly = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 60 })
const year = [70, 80, 95, 100, 110, 130, 140, 120, 105, 100, 90, 160]
const repeated = (years: number) => Array.from({ length: years }, () => year).flat()

describe('the back-test', () => {
  it('goes back a quarter of a season at a time, and leaves enough before', () => {
    expect(originsOf(115, 12)).toEqual([112, 109, 106, 103, 100, 97])
    expect(originsOf(24, 12)).toEqual([22, 20, 18, 16, 14, 12])
    expect(originsOf(30, 12)).toEqual([28, 26, 24, 22, 20, 18])
    expect([originsOf(4, 12), originsOf(3, 12)]).toEqual([[3], []])
  })

  it('never sees what came after the moment it goes back to', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 30, maxLength: 50 }), (history) => {
        const rolled = rollBack(history, asked)
        for (const { origin, forecasts } of rolled) {
          const other = history.map((value, at) => (at < origin ? value : 5000 - value))
          expect(rollBack(other, asked).find((each) => each.origin === origin)?.forecasts).toEqual(forecasts)
        }
      }),
      { numRuns: 5 },
    )
  })

  it('measures every method that could always answer', () => {
    const history = repeated(3)
    const errors = errorsOf(history, rollBack(history, asked), 12)
    const naive = errors.find(({ method }) => method === 'seasonal-naive')
    expect(naive).toMatchObject({ smape: 0, mase: null })
    expect(errors.map(({ method }) => method)).not.toContain('intermittent')
  })

  it('leaves the combination only for a method that was clearly better', () => {
    const given = { available: { combined: [1], theta: [1], mean: [1] }, season: 12 }
    const error = (method: 'combined' | 'theta' | 'mean', mase: number) => ({ method, mase, smape: 0 })
    expect(chooseMethod([1], [error('combined', 1), error('theta', 0.85)], given)).toBe('combined')
    expect(chooseMethod([1], [error('combined', 1), error('theta', 0.75), error('mean', 0.6)], given)).toBe('mean')
  })
})

describe('uncertainty', () => {
  it('is that of the errors, allowing for few origins', () => {
    // Mean square 4; two origins: times 3/1.
    expect(uncertaintyOf([[2], [-2]])).toEqual({ deviation: Math.sqrt(12), growth: 0 })
    expect(uncertaintyOf([])).toBeNull()
  })

  it('grows where errors grow with the steps', () => {
    const origins = [1, -1, 1, -1, 1, -1].map((sign) => [1, 1.4, 1.8, 2.1, 2.4, 2.6].map((size) => sign * size))
    expect(uncertaintyOf(origins)?.growth).toBe(0.8)
  })

  it('adds up like a random walk where everything lasts', () => {
    // ε₁ + (ε₁ + ε₂): 4 + 1.
    const walk = { deviation: 1, growth: 1 }
    expect(deviationAt(walk, 3)).toBeCloseTo(Math.sqrt(3), 12)
    expect(deviationOfSum(walk, 2)).toBeCloseTo(Math.sqrt(5), 12)
    expect(deviationOfSum({ deviation: 2, growth: 0 }, 9)).toBeCloseTo(6, 12)
  })

  it('is wider for sums where a trend was missed', () => {
    const origins = [1, 1, 1].map(() => [3, 3, 3, 3])
    expect(sumFactor({ deviation: 3, growth: 0 }, origins)).toBeCloseTo(Math.sqrt(4 * 2), 12)
    expect(sumFactor({ deviation: 3, growth: 0 }, [[3, -3, 3, -3]])).toBe(1)
  })
})

describe('forecastSeries', () => {
  it('has nothing to say without a history', () => {
    expect(forecastSeries([], asked)).toBeNull()
  })

  it('repeats what repeats exactly', () => {
    const found = forecastSeries(repeated(4), { ...asked, horizon: 12 })
    expect(found?.points).toHaveLength(12)
    for (const [at, value] of year.entries()) expect(found?.points[at]).toBeCloseTo(value, 3)
  })

  it.each([
    [0, 0],
    [7, 7],
    [-3, -3],
  ])('goes on with what never changes: %d', (value, expected) => {
    const found = forecastSeries(
      Array.from({ length: 30 }, () => value),
      asked,
    )
    expect(found?.points).toHaveLength(asked.horizon)
    for (const point of found?.points ?? []) expect(point).toBeCloseTo(expected, 6)
    expect((found?.upper[0] ?? NaN) - (found?.lower[0] ?? NaN)).toBeCloseTo(0, 4)
  })

  it('does not count the months before the first result', () => {
    const begun = [12, 15, 11, 14, 13, 16, 12, 15, 14, 13]
    expect(forecastSeries([0, 0, 0, 0, ...begun], asked)).toEqual(forecastSeries(begun, asked))
  })

  it('spreads what comes now and then, and says so', () => {
    const found = forecastSeries([5, 0, 0, 6, 0, 0, 0, 4, 0, 0, 5, 0, 0, 0, 6, 0, 5, 0, 0, 4], asked)
    expect(found?.method).toBe('intermittent')
    expect(found?.points[0]).toBeGreaterThan(1)
    expect(found?.points[0]).toBeLessThan(2.5)
  })

  it('is unsure of what it saw once', () => {
    const found = forecastSeries([100], asked)
    expect(found).toMatchObject({ method: 'mean', backtest: { origins: 0, mase: null, coverage: null } })
    expect(found?.points[0]).toBeCloseTo(100, 9)
    expect((found?.upper[0] ?? 0) - 100).toBeGreaterThan(50)
  })

  it('does not depend on the unit of the figures', () => {
    fc.assert(
      fc.property(monthly, fc.integer({ min: -8, max: 20 }), (history, power) => {
        const found = forecastSeries(history, asked)
        const scaled = forecastSeries(
          history.map((value) => value * 2 ** power),
          asked,
        )
        expect(scaled?.method).toBe(found?.method ?? 'none')
        expect(scaled?.points).toEqual(found?.points.map((point) => point * 2 ** power))
        expect(scaled?.upper).toEqual(found?.upper.map((point) => point * 2 ** power))
      }),
      { numRuns: 40 },
    )
  })

  it('keeps points inside their interval, wider for a higher level, and nothing below zero that never was', () => {
    fc.assert(
      fc.property(monthly, (history) => {
        const found = forecastSeries(history, asked)
        const wider = forecastSeries(history, { ...asked, level: 0.95 })
        expect(found?.points).toHaveLength(asked.horizon)
        for (const [at, point] of found?.points.entries() ?? []) {
          expect(Number.isFinite(point)).toBe(true)
          expect(point).toBeGreaterThanOrEqual(found?.lower[at] ?? NaN)
          expect(point).toBeLessThanOrEqual(found?.upper[at] ?? NaN)
          expect(wider?.upper[at]).toBeGreaterThanOrEqual(found?.upper[at] ?? NaN)
          expect(found?.lower[at]).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('forecasts below zero what was below zero', () => {
    const found = forecastSeries([-5, -8, -4, -6, -7, -5, -6, -8, -7, -6], asked)
    expect(found?.points[0]).toBeLessThan(-4)
  })

  it('knows of its past how much of it lay inside the interval', () => {
    const noisy = Array.from({ length: 60 }, (_, at) => 100 + 30 * Math.sin(at * 12.9898) * Math.cos(at * 78.233))
    const { backtest, method } = forecastSeries(noisy, { ...asked, effort: 'full' }) ?? {}
    expect(backtest?.origins).toBe(6)
    // Six origins of 3 to 6 values: 28 of 33.
    expect(backtest?.coverage).toBeCloseTo(28 / 33, 9)
    const errors = backtest?.methods.map(({ mase }) => mase ?? NaN) ?? []
    expect(errors.toSorted((one, other) => one - other)).toEqual(errors)
    expect(backtest?.mase).toBe(backtest?.methods.find((one) => one.method === method)?.mase)
    expect(backtest?.mase).toBeLessThan((backtest?.naiveMase ?? 0) * 0.6)
  })
})
