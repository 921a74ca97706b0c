import { mean } from './averages.ts'
import { bestSmoothing, fitSmoothing } from './fit-smoothing.ts'
import { croston, recentMean, seasonalNaive } from './plain.ts'
import { seasonalityOf, withoutSeason, withSeason } from './seasonal.ts'
import { ahead, type SmoothingForm } from './smoothing.ts'
import { dynamicTheta, standardTheta } from './theta.ts'

export const methodKeys = [
  'combined',
  'theta',
  'dynamic-theta',
  'smoothing',
  'damped',
  'seasonal-naive',
  'mean',
  'intermittent',
] as const
export type MethodKey = (typeof methodKeys)[number]

/** Answers so many values after a history; null where the history does not allow the method. */
type Method = (history: readonly number[], horizon: number, season: number) => readonly number[] | null

/** `full` tries every form of exponential smoothing; `quick` leaves them out and takes a tenth of the time. */
export type Effort = 'full' | 'quick'

const dampedForm: SmoothingForm = { error: 'additive', trend: 'damped', season: 'none' }

/** Exponential smoothing in the form of the smallest AICc. */
function smoothing(history: readonly number[], horizon: number, season: number): readonly number[] | null {
  const best = bestSmoothing(history, season)
  return best && ahead(best.run, best.form, best.weights.phi, horizon)
}

/** A damped trend (Gardner & McKenzie 1985) of the history without its season. */
function damped(history: readonly number[], horizon: number, season: number): readonly number[] | null {
  const seasonality = seasonalityOf(history, season)
  const fitted = fitSmoothing(withoutSeason(history, seasonality), dampedForm, 1)
  if (!fitted) return null
  return withSeason(ahead(fitted.run, dampedForm, fitted.weights.phi, horizon), history.length, seasonality)
}

const single: Readonly<Record<Exclude<MethodKey, 'combined'>, Method>> = {
  theta: (history, horizon, season) => (history.length < 4 ? null : standardTheta(history, horizon, season)),
  'dynamic-theta': (history, horizon, season) => (history.length < 6 ? null : dynamicTheta(history, horizon, season)),
  smoothing,
  damped,
  'seasonal-naive': (history, horizon, season) =>
    history.length < season ? null : seasonalNaive(history, horizon, season),
  mean: recentMean,
  intermittent: (history, horizon) => (isIntermittent(history) ? croston(history, horizon) : null),
}

/** Whose mean the combination is: combining beats choosing (Makridakis & Hibon 2000; Petropoulos & Svetunkov 2020). */
const combinedOf: Readonly<Record<Effort, readonly (keyof typeof single)[]>> = {
  full: ['theta', 'dynamic-theta', 'smoothing'],
  quick: ['theta', 'dynamic-theta', 'damped'],
}

export type MethodForecasts = Readonly<Partial<Record<MethodKey, readonly number[]>>>

/** What every method that the history allows says, and their combination. At least `mean` answers for any history. */
export function forecastsOf(
  history: readonly number[],
  { horizon, season, effort }: { readonly horizon: number; readonly season: number; readonly effort: Effort },
): MethodForecasts {
  const keys = methodKeys.filter((key) => key !== 'combined' && !(effort === 'quick' && key === 'smoothing'))
  const found: Partial<Record<MethodKey, readonly number[]>> = {}
  for (const key of keys) {
    const points = key === 'combined' ? null : single[key](history, horizon, season)
    if (points?.every(Number.isFinite)) found[key] = points
  }
  const parts = combinedOf[effort].flatMap((key) => (found[key] ? [found[key]] : []))
  if (parts.length < 2) return found
  const combined = Array.from({ length: horizon }, (_, at) => mean(parts.map((points) => points[at] ?? 0)))
  return { combined, ...found }
}

/** Demand that comes now and then: more than a third of the values are zero, and none is below. */
export function isIntermittent(history: readonly number[]): boolean {
  const zeros = history.filter((value) => value === 0).length
  return zeros > history.length / 3 && zeros < history.length && history.every((value) => value >= 0)
}
