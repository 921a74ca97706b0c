import { describe, expect, it } from 'vitest'
import { lineThrough, mean, quantile, standardDeviation } from './averages.ts'
import { maseOf, naiveScale, smapeOf } from './forecast-error.ts'
import { minimise } from './minimise.ts'
import { normalQuantile, normalShare, widthOf } from './normal.ts'

describe('averages', () => {
  it('answers zero where there is nothing', () => {
    expect([mean([]), quantile([], 0.5), standardDeviation([3])]).toEqual([0, 0, 0])
  })

  it('takes quantiles between neighbours', () => {
    expect([0, 0.25, 0.5, 0.9, 1].map((share) => quantile([40, 10, 30, 20], share))).toEqual([10, 17.5, 25, 37, 40])
  })

  it('draws the line of least squares', () => {
    // t̄ = 2, ȳ = 3; slope = ((−1)(−2) + 0 + 1·3 − …)/2 = (2 + 0 + 2)/2
    expect(lineThrough([1, 3, 5])).toEqual({ level: -1, slope: 2 })
    expect(lineThrough([7])).toEqual({ level: 7, slope: 0 })
  })
})

describe('the normal distribution', () => {
  it.each([
    [0, 0.5],
    [1, 0.841344746068543],
    [1.959963984540054, 0.975],
    [-1.2815515655446, 0.1],
    [4.5, 0.999996602326875],
    [-6, 9.865876450377e-10],
  ])('knows the share below %d', (z, share) => {
    expect(normalShare(z)).toBeCloseTo(share, 12)
  })

  it('turns shares back into distances', () => {
    expect(normalQuantile(0.9)).toBeCloseTo(1.2815515655446, 8)
    expect(widthOf(0.95)).toBeCloseTo(1.959963984540054, 8)
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity])
  })
})

describe('errors of forecasts', () => {
  it('are symmetric percentages', () => {
    // 200·50/150 and 200·100/300
    expect(smapeOf([100, 100], [50, 200])).toBeCloseTo((200 / 3 + 200 / 3) / 2, 10)
    expect(smapeOf([0, 0], [0, 5])).toBe(100)
  })

  it('are scaled by what the seasonal naive misses inside the history', () => {
    // Season of 2: |5−1|, |4−2| → 3; errors 1 and 2 → 1.5.
    expect(naiveScale([1, 2, 5, 4], 2)).toBe(3)
    expect(maseOf([6, 6], [5, 4], [1, 2, 5, 4], 2)).toBe(0.5)
  })

  it('have no scale where nothing ever changes', () => {
    expect(maseOf([5], [4], [3, 3, 3], 12)).toBeNull()
  })
})

describe('minimise', () => {
  it('walks down a bent valley to its deepest point', () => {
    const valley = ([x = 0, y = 0]: readonly number[]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2
    const { point } = minimise(valley, { from: [-1.2, 1], steps: [0.5, 0.5], most: 2000, tolerance: 1e-14 })
    expect(point[0]).toBeCloseTo(1, 3)
    expect(point[1]).toBeCloseTo(1, 3)
  })

  it('stays inside what is allowed', () => {
    const { point } = minimise(([x = 0]) => (x < 2 ? Infinity : x), { from: [5], steps: [1], most: 400 })
    expect(point[0]).toBeGreaterThanOrEqual(2)
    expect(point[0]).toBeCloseTo(2, 3)
  })
})
