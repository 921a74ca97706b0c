import { lineThrough, mean } from './averages.ts'
import { minimise } from './minimise.ts'
import { decompose, withoutSeason, type SeasonKind } from './seasonal.ts'
import { smooth, type SmoothingForm, type SmoothingRun, type SmoothingStart, type Weights } from './smoothing.ts'

export interface FittedSmoothing {
  readonly form: SmoothingForm
  readonly weights: Weights
  readonly run: SmoothingRun
  /** Akaike's criterion corrected for short histories; smaller is better. */
  readonly aicc: number
}

/**
 * The weights, first level and first slope of the greatest likelihood; the first season is that of the classical
 * decomposition (Hyndman et al. 2008, §2.6 and chapter 5). Null for a history too short for so many parameters.
 */
export function fitSmoothing(history: readonly number[], form: SmoothingForm, season: number): FittedSmoothing | null {
  const parameters = countOf(form, season)
  if (history.length < parameters + 2) return null
  const begun = beginningOf(history, form, season)
  const size = Math.max(...history.map(Math.abs), Number.MIN_VALUE)
  const { length } = history
  const read = readerOf(form, begun, size)
  const minusTwoLogs = (point: readonly number[]): number => {
    const { weights, start } = read(point)
    if (!isAllowed(weights, form)) return Infinity
    const { squares, logs } = smooth(history, form, weights, start)
    return length * Math.log(Math.max(squares, floorOf(form, size) * length)) + 2 * logs
  }
  const { point, value } = minimise(minusTwoLogs, firstGuess(form, begun, size))
  if (!Number.isFinite(value)) return null
  const { weights, start } = read(point)
  const correction = (2 * parameters * (parameters + 1)) / (length - parameters - 1)
  return { form, weights, run: smooth(history, form, weights, start), aicc: value + 2 * parameters + correction }
}

/** A perfect fit would have an endless likelihood: errors below a ten-millionth count as such. */
function floorOf({ error }: SmoothingForm, size: number): number {
  return (error === 'additive' ? size * 1e-7 : 1e-7) ** 2
}

/** Weights and first states, with the variance of the errors. */
function countOf({ trend, season: kind }: SmoothingForm, season: number): number {
  const ofTrend = trend === 'none' ? 0 : trend === 'linear' ? 2 : 3
  return 3 + ofTrend + (kind === 'none' ? 0 : season)
}

function beginningOf(
  history: readonly number[],
  { trend, season: kind }: SmoothingForm,
  season: number,
): SmoothingStart {
  const { indices } = decompose(history, season, kind)
  const plain = withoutSeason(history, { kind, indices })
  const first = plain.slice(0, Math.max(10, 2 * season))
  if (trend === 'none') return { level: mean(first.slice(0, Math.max(3, season))), slope: 0, indices }
  return { ...lineThrough(first), indices }
}

/** α, first level ÷ size, then for a trend β and first slope ÷ size, then γ for a season, then φ where it is damped. */
function firstGuess({ trend, season }: SmoothingForm, { level, slope }: SmoothingStart, size: number) {
  const from = [0.3, level / size]
  const steps = [0.2, 0.1]
  if (trend !== 'none') {
    from.push(0.05, slope / size)
    steps.push(0.05, 0.01)
  }
  if (season !== 'none') {
    from.push(0.05)
    steps.push(0.1)
  }
  if (trend === 'damped') {
    from.push(0.95)
    steps.push(-0.05)
  }
  return { from, steps }
}

function readerOf({ trend, season }: SmoothingForm, begun: SmoothingStart, size: number) {
  const at = { gamma: trend === 'none' ? 2 : 4, phi: season === 'none' ? 4 : 5 }
  return (point: readonly number[]): { readonly weights: Weights; readonly start: SmoothingStart } => {
    const [alpha = 0, level = 0] = point
    const hasTrend = trend !== 'none'
    return {
      weights: {
        alpha,
        beta: hasTrend ? (point[2] ?? 0) : 0,
        gamma: season === 'none' ? 0 : (point[at.gamma] ?? 0),
        phi: trend === 'damped' ? (point[at.phi] ?? 1) : 1,
      },
      start: { level: level * size, slope: hasTrend ? (point[3] ?? 0) * size : 0, indices: begun.indices },
    }
  }
}

/** The usual region: 0 < α < 1, 0 < β < α, 0 < γ < 1 − α, 0.8 ≤ φ ≤ 0.98 (Hyndman & Athanasopoulos, §8.6). */
function isAllowed({ alpha, beta, gamma, phi }: Weights, { trend, season }: SmoothingForm): boolean {
  if (alpha < 1e-4 || alpha > 0.9999) return false
  if (trend !== 'none' && (beta < 1e-4 || beta > alpha)) return false
  if (trend === 'damped' && (phi < 0.8 || phi > 0.98)) return false
  return season === 'none' || (gamma >= 1e-4 && gamma <= 1 - alpha)
}

/**
 * The forms that a history allows. A multiplicative season has a multiplicative error and the others an additive one:
 * mixed forms rarely differ in what they forecast, and some are not stable (Hyndman & Athanasopoulos, §8.6).
 */
export function formsFor(history: readonly number[], season: number): readonly SmoothingForm[] {
  const isPositive = history.every((value) => value > 0)
  const hasSeasons = season >= 2 && history.length > 2 * season
  const seasons: readonly SeasonKind[] = !hasSeasons
    ? ['none']
    : isPositive
      ? ['none', 'additive', 'multiplicative']
      : ['none', 'additive']
  return seasons.flatMap((kind) =>
    (['none', 'linear', 'damped'] as const).map((trend): SmoothingForm => {
      return { error: kind === 'multiplicative' ? 'multiplicative' : 'additive', trend, season: kind }
    }),
  )
}

/** The form of the smallest AICc (Hyndman, Koehler, Snyder & Grose 2002); null where the history is too short for any. */
export function bestSmoothing(history: readonly number[], season: number): FittedSmoothing | null {
  let best: FittedSmoothing | null = null
  for (const form of formsFor(history, season)) {
    const fitted = fitSmoothing(history, form, season)
    if (fitted && (best === null || fitted.aicc < best.aicc)) best = fitted
  }
  return best
}
