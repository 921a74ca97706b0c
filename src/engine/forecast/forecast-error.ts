import { mean } from './averages.ts'

/**
 * Symmetric mean absolute percentage error in percent, 0–200: the mean of 200·|a − f| / (|a| + |f|) (Makridakis &
 * Hibon 2000, M3). Two zeros are no error.
 */
export function smapeOf(actual: readonly number[], forecast: readonly number[]): number {
  return mean(
    actual.map((value, at) => {
      const guess = forecast[at] ?? 0
      const size = Math.abs(value) + Math.abs(guess)
      return size === 0 ? 0 : (200 * Math.abs(value - guess)) / size
    }),
  )
}

/**
 * The mean absolute error of the seasonal naive method inside the history, by which MASE is scaled (Hyndman & Koehler
 * 2006). A history shorter than a season and one is scaled by its steps; 0 where nothing ever changes.
 */
export function naiveScale(history: readonly number[], season: number): number {
  const lag = history.length > season ? season : 1
  return mean(history.slice(lag).map((value, at) => Math.abs(value - (history[at] ?? 0))))
}

/** Mean absolute error ÷ that of the seasonal naive inside the history; null where that is zero. */
export function maseOf(
  actual: readonly number[],
  forecast: readonly number[],
  history: readonly number[],
  season: number,
): number | null {
  const scale = naiveScale(history, season)
  if (scale === 0) return null
  return mean(actual.map((value, at) => Math.abs(value - (forecast[at] ?? 0)))) / scale
}
