import { forecastSeries, type SeriesForecast, type SeriesQuestion } from './forecast-series.ts'

/** Some thousand bytes each. */
const mostRemembered = 10_000

const remembered = new Map<string, SeriesForecast | null>()

/**
 * The same as `forecastSeries`, which takes milliseconds: what was asked lately is at hand. A forecast hangs on the
 * numbers alone, so that nobody can learn from it what they did not bring; complete months rarely change.
 */
export function rememberedSeries(history: readonly number[], question: SeriesQuestion): SeriesForecast | null {
  // Everything that was asked, whatever it may be: what is left out would be answered with another's forecast.
  const asked = Object.entries(question).toSorted(([one], [other]) => (one < other ? -1 : 1))
  const key = [...asked.flat(), ...history].join(' ')
  const known = remembered.get(key)
  const found = known === undefined ? forecastSeries(history, question) : known
  // The one used last goes to the end, the one not used for longest is the first.
  remembered.delete(key)
  remembered.set(key, found)
  const [oldest] = remembered.keys()
  if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest)
  return found
}
