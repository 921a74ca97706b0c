import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bestSmoothing, fitSmoothing, formsFor } from './fit-smoothing.ts'
import { forecastsOf, isIntermittent } from './methods.ts'
import { croston, naive, recentMean, seasonalNaive } from './plain.ts'
import { decompose, isSeasonal, seasonalityOf, withoutSeason, withSeason } from './seasonal.ts'
import { ahead, smooth } from './smoothing.ts'
import { runTheta, smoothed, standardTheta } from './theta.ts'

const weights = { alpha: 0.5, beta: 0, gamma: 0, phi: 1 }
const plainForm = { error: 'additive', trend: 'none', season: 'none' } as const
const repeat = (pattern: readonly number[], times: number) => Array.from({ length: times }, () => pattern).flat()

describe('plain methods', () => {
  it('repeat the last value, the last season, or a mean', () => {
    expect(naive([1, 2, 3], 2)).toEqual([3, 3])
    expect(seasonalNaive([9, 1, 2, 3], 4, 3)).toEqual([1, 2, 3, 1])
    expect(seasonalNaive([4, 5], 2, 12)).toEqual([5, 5])
    expect(recentMean([100, 1, 2, 3], 1, 3)).toEqual([2])
  })

  it('spread demand that comes now and then', () => {
    // Sizes 4, 6 → 4 + 0.1·2 = 4.2; distances 2, 3 → 2 + 0.1·1 = 2.1; 0.95·4.2/2.1 = 1.9.
    expect(croston([0, 4, 0, 0, 6], 2)[1]).toBeCloseTo(1.9, 12)
    expect(croston([0, 0], 1)).toEqual([0])
    expect(isIntermittent([0, 4, 0, 0, 6])).toBe(true)
    expect(isIntermittent([0, -4, 0, 0, 6])).toBe(false)
    expect(isIntermittent([0, 0, 0])).toBe(false)
  })
})

describe('season', () => {
  it('is seen where values repeat, and not in a line or in too short a history', () => {
    const swinging = repeat([8, 12, 10, 30], 6)
    expect(isSeasonal(swinging, 4)).toBe(true)
    expect(isSeasonal(swinging.slice(0, 8), 4)).toBe(false)
    expect(isSeasonal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 4)).toBe(false)
    expect(isSeasonal(repeat([5], 24), 4)).toBe(false)
  })

  it('is taken apart by the centred moving average', () => {
    const [low, high] = decompose(repeat([8, 12], 4), 2, 'multiplicative').indices
    expect(low).toBeCloseTo(0.8, 12)
    expect(high).toBeCloseTo(1.2, 12)
    expect(decompose(repeat([8, 12], 4), 2, 'additive').indices).toEqual([-2, 2])
  })

  it('is added instead of multiplied where values are not above zero', () => {
    expect(seasonalityOf(repeat([0, 12, 3, 30], 6), 4).kind).toBe('additive')
    expect(seasonalityOf(repeat([1, 12, 3, 30], 6), 4).kind).toBe('multiplicative')
  })

  it('goes off and back on without a trace', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 100, noNaN: true }), { minLength: 12, maxLength: 40 }),
        (values) => {
          for (const kind of ['additive', 'multiplicative'] as const) {
            const season = decompose(values, 4, kind)
            const back = withSeason(withoutSeason(values, season), 0, season)
            for (const [at, value] of values.entries()) expect(back[at]).toBeCloseTo(value, 6)
          }
        },
      ),
    )
  })
})

describe('exponential smoothing', () => {
  it('follows the level', () => {
    // 8 → error 2 → 9 → error 3 → 10.5
    const run = smooth([10, 12], plainForm, weights, { level: 8, slope: 0, indices: [] })
    expect(run).toMatchObject({ level: 10.5, slope: 0, squares: 13 })
  })

  it('follows a linear trend', () => {
    // 10 + 2 = 12, error 2: level 13, slope 2.5; 15.5, error −0.5: level 15.25, slope 2.375.
    const form = { ...plainForm, trend: 'linear' } as const
    const run = smooth([14, 15], form, { ...weights, beta: 0.25 }, { level: 10, slope: 2, indices: [] })
    expect(run).toMatchObject({ level: 15.25, slope: 2.375, squares: 4.25 })
    expect(ahead(run, form, 1, 2)).toEqual([17.625, 20])
  })

  it('lets a damped trend fade', () => {
    const form = { ...plainForm, trend: 'damped' } as const
    expect(ahead({ level: 10, slope: 4, indices: [] }, form, 0.5, 3)).toEqual([12, 13, 13.5])
  })

  it('follows a multiplicative season by relative errors', () => {
    // 10·0.5 = 5, error 0.2: level 11, index 0.55; 11·1.5 = 16.5, error −1/11: level 10.5, index 1.5 − 0.5·3/22.
    const form = { error: 'multiplicative', trend: 'none', season: 'multiplicative' } as const
    const run = smooth([6, 15], form, { ...weights, gamma: 0.5 }, { level: 10, slope: 0, indices: [0.5, 1.5] })
    expect(run.level).toBeCloseTo(10.5, 12)
    expect(run.indices[0]).toBeCloseTo(0.55, 12)
    expect(run.indices[1]).toBeCloseTo(1.5 - 3 / 44, 12)
    expect(run.squares).toBeCloseTo(0.04 + 1 / 121, 12)
    expect(run.logs).toBeCloseTo(Math.log(5 * 16.5), 12)
  })

  it('follows an additive season', () => {
    // 10 − 3 = 7, error 1: level 10.5, index −2.5.
    const form = { ...plainForm, season: 'additive' } as const
    const run = smooth([8], form, { ...weights, gamma: 0.5 }, { level: 10, slope: 0, indices: [-3, 3] })
    expect(run).toMatchObject({ level: 10.5, indices: [3, -2.5], squares: 1 })
    expect(ahead(run, form, 1, 2)).toEqual([13.5, 8])
  })

  it('tries a multiplicative season only where all values are above zero', () => {
    expect(formsFor(repeat([1, 2, 3, 4], 3), 4)).toHaveLength(9)
    expect(formsFor(repeat([0, 2, 3, 4], 3), 4)).toHaveLength(6)
    expect(formsFor([1, 2, 3], 4)).toHaveLength(3)
  })

  it('is not fitted to fewer values than it has parameters', () => {
    expect(fitSmoothing([1, 2, 3], { ...plainForm, trend: 'damped' }, 12)).toBeNull()
  })

  it('finds the form behind a history by its likelihood', () => {
    const seasonal = Array.from({ length: 48 }, (_, at) => (100 + at) * (1 + 0.4 * Math.sin((at * Math.PI) / 6)))
    expect(bestSmoothing(seasonal, 12)?.form.season).toBe('multiplicative')
    const wandering = [10, 12, 9, 11, 10, 8, 11, 12, 10, 9, 11, 10, 12, 9, 10, 11]
    expect(bestSmoothing(wandering, 1)?.form).toEqual(plainForm)
  })
})

describe('theta', () => {
  it('goes on along half of the slope', () => {
    const line = Array.from({ length: 30 }, (_, at) => at + 1)
    const points = standardTheta(line, 2, 1)
    expect((points[1] ?? 0) - (points[0] ?? 0)).toBeCloseTo(0.5, 9)
    expect(points[0]).toBeCloseTo(30.5, 1)
  })

  it('smooths with the weight of the least squared errors', () => {
    // A level that jumps once and stays is followed at once.
    expect(smoothed([1, 1, 1, 1, 9, 9, 9, 9, 9, 9]).alpha).toBeGreaterThan(0.95)
  })

  it('draws its line anew with every value', () => {
    // Worked by hand with α = 0.5, θ = 2, ℓ₀ = 5: guesses 10, 12.5 for 12, 14; then 14.25 and 14.76875.
    const { squares, ahead: points } = runTheta([10, 12, 14], { alpha: 0.5, theta: 2, first: 5 }, 2)
    expect(squares).toBeCloseTo(4 + 2.25, 12)
    expect(points[0]).toBeCloseTo(14.25, 12)
    expect(points[1]).toBeCloseTo(14.76875, 12)
  })

  it('moves along with a history that is shifted', () => {
    const values = [40, 44, 41, 47, 43, 49, 46, 52, 47, 51]
    const shifted = standardTheta(
      values.map((value) => value + 1000),
      3,
      1,
    )
    for (const [at, point] of standardTheta(values, 3, 1).entries()) expect(shifted[at]).toBeCloseTo(point + 1000, 1)
  })
})

describe('forecastsOf', () => {
  const asked = { horizon: 3, season: 12, effort: 'full' } as const

  it('has an answer for any history, and a combination as soon as two of its parts have one', () => {
    expect(Object.keys(forecastsOf([5], asked))).toEqual(['mean'])
    expect(Object.keys(forecastsOf([5, 6, 5, 7, 6, 8], asked))).toContain('combined')
  })

  it('combines by the mean', () => {
    const found = forecastsOf([5, 6, 5, 7, 6, 8, 7, 9, 8, 9, 10, 9], { ...asked, effort: 'quick' })
    const parts = [found.theta, found['dynamic-theta'], found.damped].map((points) => points?.[0] ?? 0)
    expect(found.combined?.[0]).toBeCloseTo((parts[0] ?? 0) / 3 + (parts[1] ?? 0) / 3 + (parts[2] ?? 0) / 3, 10)
  })
})
