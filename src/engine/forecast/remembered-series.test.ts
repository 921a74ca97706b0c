import { expect, it } from 'vitest'
import { forecastSeries, type SeriesQuestion } from './forecast-series.ts'
import { rememberedSeries } from './remembered-series.ts'

const history = Array.from({ length: 30 }, (_, at) => 100 + 10 * (at % 12) + at)

it('answers what the forecast of these numbers is, and the same again', () => {
  const asked = { season: 12, horizon: 3, effort: 'quick' } as const
  const first = rememberedSeries(history, asked)
  expect(first).toEqual(forecastSeries(history, asked))
  expect(rememberedSeries([...history], { effort: 'quick', horizon: 3, season: 12 })).toBe(first)
})

it('asks anew when a number or a part of the question is another one', () => {
  const asked = { season: 12, horizon: 3, effort: 'quick' } as const
  const first = rememberedSeries(history, asked)
  const others: readonly SeriesQuestion[] = [
    { ...asked, horizon: 4 },
    { ...asked, level: 0.9 },
    { ...asked, skip: 1 },
    { ...asked, until: 2 },
    { ...asked, season: 6 },
    { ...asked, effort: 'full' },
  ]
  for (const other of others) {
    expect(rememberedSeries(history, other)).toEqual(forecastSeries(history, other))
  }
  expect(rememberedSeries(history.with(29, 1), asked)).not.toEqual(first)
})
