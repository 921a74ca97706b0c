import { mean } from '#engine/forecast/averages.ts'
import { forecastSeries, type SeriesForecast } from '#engine/forecast/forecast-series.ts'
import { m3Errors, m3Horizon, m3Published, m3Sample, m3Season, type M3Series } from '#testing/m3-sample.ts'
import { figure, type Figure } from './figure.ts'

/** The automatic choice on 159 monthly series of the M3 competition, 18 months ahead, beside the published forecasts. */
export async function bench(): Promise<readonly Figure[]> {
  const sample = m3Sample()
  if (sample === undefined) return []
  const begin = performance.now()
  const forecasts = new Map<M3Series, SeriesForecast | null>()
  for (const series of sample) {
    forecasts.set(series, forecastSeries(series.train, { season: m3Season, horizon: m3Horizon }))
  }
  const took = (performance.now() - begin) / sample.length
  const own = m3Errors(sample, (series) => forecasts.get(series)?.points ?? [])
  const theta = published(sample, 'theta')
  const naive = published(sample, 'naive2')
  const past = [...forecasts.values()].flatMap((found) => found?.backtest.coverage ?? [])
  const covered = coverage(sample, forecasts)
  return [
    figure('M3: mean sMAPE of the automatic choice', own.smape, '%', { atMost: Number(theta.smape.toFixed(3)) }),
    figure('M3: mean MASE of the automatic choice', own.mase, '×', { atMost: Number(theta.mase.toFixed(3)) }),
    figure('M3: sMAPE beside Naive2', own.smape / naive.smape, '×', { atMost: 0.9 }),
    figure('M3: MASE beside Naive2', own.mase / naive.mase, '×', { atMost: 0.9 }),
    figure('M3: what came inside the 80% interval, at least', covered, '%', { atLeast: 70 }),
    figure('M3: what came inside the 80% interval, at most', covered, '%', { atMost: 90 }),
    figure('M3: the same in the back-test, as shown', mean(past) * 100, '%'),
    figure('M3: one series, all methods and the back-test', took, 'ms'),
  ]
}

function published(sample: readonly M3Series[], method: 'theta' | 'naive2') {
  const points = m3Published(method)
  return m3Errors(sample, ({ name }) => points.get(name) ?? [])
}

function coverage(sample: readonly M3Series[], forecasts: ReadonlyMap<M3Series, SeriesForecast | null>): number {
  const hits = sample.flatMap((series) => {
    const found = forecasts.get(series)
    return series.test.map((value, at): number =>
      value >= (found?.lower[at] ?? 0) && value <= (found?.upper[at] ?? 0) ? 1 : 0,
    )
  })
  return mean(hits) * 100
}
