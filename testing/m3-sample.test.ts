import { describe, expect, it } from 'vitest'
import { mean } from '#engine/forecast/averages.ts'
import { rollBack } from '#engine/forecast/back-test.ts'
import { forecastSeries } from '#engine/forecast/forecast-series.ts'
import { forecastsOf } from '#engine/forecast/methods.ts'
import { m3Errors, m3Horizon, m3Published, m3Sample, m3Season, type M3Series } from './m3-sample.ts'

const sample = m3Sample()
const asked = { season: m3Season, horizon: m3Horizon, effort: 'quick' } as const

/**
 * Without every form of exponential smoothing, for speed, as targets are judged; `npm run bench -- --only forecast`
 * measures all series with them. Nothing here is left to chance: a figure that is worse than it was says that the method is.
 */
describe.skipIf(sample === undefined)('forecasts of the M3 sample', () => {
  const all = sample ?? []
  const forecasts = new Map(all.map((series) => [series, forecastSeries(series.train, asked)]))
  const pointsOf = (series: M3Series) => forecasts.get(series)?.points ?? []
  const published = (method: 'theta' | 'naive2') => {
    const points = m3Published(method)
    return m3Errors(all, ({ name }) => points.get(name) ?? [])
  }

  it('are as good as decision 0072 says, at or below the published Theta and a sixth below Naive2', () => {
    const own = m3Errors(all, pointsOf)
    expect(own.smape).toBeLessThan(12.91)
    expect(own.mase).toBeLessThan(0.848)
    expect(own.smape).toBeLessThan(published('theta').smape)
    expect(own.smape).toBeLessThan((published('naive2').smape * 5) / 6)
    expect(own.mase).toBeLessThan((published('naive2').mase * 5) / 6)
  })

  it('are measured as the competition measures: the published forecasts have their published errors', () => {
    expect(published('theta').smape).toBeCloseTo(13.114, 3)
    expect(published('theta').mase).toBeCloseTo(0.847, 3)
    expect(published('naive2').smape).toBeCloseTo(15.817, 3)
    expect(published('naive2').mase).toBeCloseTo(1.054, 3)
  })

  it.each([
    ['the first half-year', 0, 6],
    ['the second', 6, 12],
    ['the third', 12, 18],
  ])('hold four fifths of what came in their intervals, give or take a tenth: %s', (_, from, to) => {
    const isInside = all.flatMap((series) => {
      const found = forecasts.get(series)
      return series.test
        .map((value, at) => value >= (found?.lower[at] ?? Infinity) && value <= (found?.upper[at] ?? -Infinity))
        .slice(from, to)
    })
    const covered = isInside.filter(Boolean).length / isInside.length
    expect(covered).toBeGreaterThan(0.7)
    expect(covered).toBeLessThan(0.9)
  })

  it('tell people a coverage that comes true, give or take a tenth', () => {
    const told = mean(all.map((series) => forecasts.get(series)?.backtest.coverage ?? NaN))
    const isInside = all.flatMap((series) => {
      const found = forecasts.get(series)
      return series.test.map((value, at) => value >= (found?.lower[at] ?? 0) && value <= (found?.upper[at] ?? 0))
    })
    expect(Math.abs(told - isInside.filter(Boolean).length / isInside.length)).toBeLessThan(0.1)
  })

  it('of a day of the past are the same once it is known what came after it', () => {
    const some = all.filter((_, at) => at % 8 === 0)
    for (const { train, test } of some) {
      const whole = [...train, ...test]
      const then = rollBack(whole, asked).find(({ origin }) => origin === train.length)
      expect(then?.actual).toEqual(test)
      expect(then?.forecasts).toEqual(forecastsOf(train, asked))
    }
  })
})
