import { describe, expect, it } from 'vitest'
import { forecastSeries } from '#engine/forecast/forecast-series.ts'
import { m3Errors, m3Horizon, m3Published, m3Sample, m3Season, type M3Series } from './m3-sample.ts'

const sample = m3Sample()
const asked = { season: m3Season, horizon: m3Horizon, effort: 'quick' } as const

/** Without every form of exponential smoothing, for speed; `npm run bench -- --only forecast` measures with them. */
describe.skipIf(sample === undefined)('forecasts of the M3 sample', () => {
  const all = sample ?? []
  const forecasts = new Map(all.map((series) => [series, forecastSeries(series.train, asked)]))
  const pointsOf = (series: M3Series) => forecasts.get(series)?.points ?? []

  it('are clearly better than Naive2', () => {
    const published = m3Published('naive2')
    const naive = m3Errors(all, ({ name }) => published.get(name) ?? [])
    const own = m3Errors(all, pointsOf)
    expect(own.smape).toBeLessThan(naive.smape * 0.95)
    expect(own.mase).toBeLessThan(naive.mase * 0.95)
  })

  it('are measured as the competition measures: the published forecasts have their published errors', () => {
    const theta = m3Published('theta')
    const naive2 = m3Published('naive2')
    const errorsOf = (published: ReadonlyMap<string, readonly number[]>) =>
      m3Errors(all, ({ name }) => published.get(name) ?? [])
    expect(errorsOf(theta).smape).toBeCloseTo(13.114, 3)
    expect(errorsOf(theta).mase).toBeCloseTo(0.847, 3)
    expect(errorsOf(naive2).smape).toBeCloseTo(15.817, 3)
    expect(errorsOf(naive2).mase).toBeCloseTo(1.054, 3)
  })

  it('hold four fifths of what came in their intervals, give or take a tenth', () => {
    const isInside = all.flatMap((series) => {
      const found = forecasts.get(series)
      return series.test.map((value, at) => value >= (found?.lower[at] ?? 0) && value <= (found?.upper[at] ?? 0))
    })
    const covered = isInside.filter(Boolean).length / isInside.length
    expect(covered).toBeGreaterThan(0.7)
    expect(covered).toBeLessThan(0.9)
  })

  it('never read what came after', () => {
    for (const series of all.slice(0, 4)) {
      const sealed: M3Series = {
        ...series,
        get test(): readonly number[] {
          throw new Error('looked ahead')
        },
      }
      expect(forecastSeries(sealed.train, asked)).toEqual(forecasts.get(series))
    }
  })

  it('choose alike for a past that is cut off before what came', () => {
    for (const { train, test } of all.slice(0, 4)) {
      const whole = [...train, ...test]
      expect(forecastSeries(whole.slice(0, train.length), asked)?.method).toBe(forecastSeries(train, asked)?.method)
    }
  })
})
