import type { SeriesForecast } from './forecast-series.ts'
import { normalShare, widthOf } from './normal.ts'
import { rememberedSeries } from './remembered-series.ts'

export type LandingKind = 'flow' | 'level' | 'rate'

export interface LandingQuestion {
  /**
   * flow: months add up to the period. level: the period is what its last month is, as for stocks. rate: the period is the
   * mean of its months, each taken to weigh the same.
   */
  readonly kind?: LandingKind
  /** Complete months until today, oldest first; those of the period itself among them. */
  readonly history: readonly number[]
  /** What the whole period has until now. */
  readonly actual: number
  /** What the running month has until now, of a level where it stands; for a period of one month the same as `actual`. */
  readonly current: number
  /** The part of the running month that is behind, 0–1: of its working days, or by the profile of its days. */
  readonly share: number
  /** Months of the period that are not complete, the running one among them; 0 when it is over. */
  readonly open: number
  /** Months, the running one among them, before a period to come begins; 0 unless told. Then nothing of it is there. */
  readonly wait?: number
  /** rate: how many months the period has in all; the open ones unless told. */
  readonly months?: number
  /** Of the same history, at least as far as the period; made here unless told, so that what is shown beside it agrees. */
  readonly forecast?: SeriesForecast | null
  /** Months of a season; 12 unless told. */
  readonly season?: number
  /** 0.8 unless told. */
  readonly level?: number
}

/** Where a period will end: normally distributed. */
export interface Landing {
  readonly mean: number
  readonly deviation: number
  readonly lower: number
  readonly upper: number
  /** The forecast of the months that it rests on; null where there was no history, and the run-rate alone speaks. */
  readonly forecast: SeriesForecast | null
}

/**
 * Where a running period will land: what is there, what the rest of the running month brings, and the forecast of the
 * months after it. The running month's level is known twice: from the forecast F with variance σ², and from what came
 * so far. Half of σ² is taken as doubt about the level, half as chance inside the month, so that after the part s with
 * the result a, by Bayes' rule, the level is (F + a)/(1 + s), and the rest of the month is (1 − s) times that with the
 * variance σ²/2·(1 − s)·((1 − s)/(1 + s) + 1). Statistics, in floating point. Null where nothing at all is known.
 */
export function landing(question: LandingQuestion): Landing | null {
  const { kind = 'flow', history, actual, open, wait = 0, season = 12, level = 0.8 } = question
  if (open === 0) return landed(actual, 0, level, null)
  const forecast =
    question.forecast === undefined
      ? rememberedSeries(history, { season, horizon: wait + open, skip: wait, level, effort: 'quick' })
      : question.forecast
  if (!forecast) return withinBounds(byRunRate(question, level), question)
  return withinBounds(landingOf(question, forecast, kind, level), question)
}

function landingOf(question: LandingQuestion, forecast: SeriesForecast, kind: LandingKind, level: number): Landing {
  if (kind === 'level') return levelLanding(question, forecast, level)
  if (kind === 'rate') return rateLanding(question, forecast, level)
  if ((question.wait ?? 0) > 0) return landed(forecast.total.mean, forecast.total.deviation, level, forecast)
  return flowLanding(question, forecast, level)
}

/** What never was below zero is not said to land there, and what only grows not below what is there. */
function withinBounds(found: Landing | null, { history, kind = 'flow', actual, wait = 0 }: LandingQuestion) {
  if (!found || actual < 0 || history.some((value) => value < 0)) return found
  const least = kind === 'flow' && wait === 0 ? actual : 0
  return { ...found, lower: Math.max(least, found.lower), upper: Math.max(least, found.upper) }
}

/** The chance that a landing reaches a target; for what should be low, that it stays at or under it. */
export function chanceOf(
  target: number,
  { mean, deviation }: Pick<Landing, 'mean' | 'deviation'>,
  better: 'higher' | 'lower' = 'higher',
): number {
  const ahead = better === 'higher' ? mean - target : target - mean
  if (deviation <= 0) return ahead >= 0 ? 1 : 0
  return normalShare(ahead / deviation)
}

function flowLanding({ actual, current, share }: LandingQuestion, forecast: SeriesForecast, level: number): Landing {
  const [first = 0] = forecast.points
  const ofFirst = forecast.deviations[0] ?? 0
  const left = 1 - share
  const rest = left * ((first + current) / (1 + share))
  const variance = ((ofFirst * ofFirst) / 2) * left * (left / (1 + share) + 1)
  const later = Math.max(0, forecast.total.deviation ** 2 - ofFirst * ofFirst)
  const mean = actual + rest + (forecast.total.mean - first)
  return landed(mean, Math.sqrt(variance + later), level, forecast)
}

/**
 * The running month moves from its forecast F to the level of today a as it passes: after the part s it is expected at
 * F + s·(a − F). A stock goes on from where it stands, so that later months move by as much, and the part of their
 * variance that is the running month's, s·σ², is known.
 */
function levelLanding(question: LandingQuestion, forecast: SeriesForecast, level: number): Landing {
  const { history, current, share, open, wait = 0 } = question
  const last = wait + open - 1
  const moved = share * (current - (forecast.points[0] ?? 0))
  const least = current >= 0 && history.every((value) => value >= 0) ? 0 : -Infinity
  const variance = (forecast.deviations[last] ?? 0) ** 2 - share * (forecast.deviations[0] ?? 0) ** 2
  const mean = Math.max(least, (forecast.points[last] ?? 0) + moved)
  return landed(mean, Math.sqrt(Math.max(0, variance)), level, forecast)
}

/** What is behind counts as it is, by its part of the period; the months to come as they are forecast. */
function rateLanding(question: LandingQuestion, forecast: SeriesForecast, level: number): Landing {
  const { actual, share, open, wait = 0, months = open } = question
  const running = wait > 0 ? 0 : share
  const left = open - running
  const behind = months - left
  const toCome = forecast.total.mean - running * (forecast.points[0] ?? 0)
  const mean = months === 0 ? actual : (behind * actual + toCome) / months
  const deviation = open === 0 ? 0 : (forecast.total.deviation * (left / open)) / Math.max(months, 1)
  return landed(mean, deviation, level, forecast)
}

/** Without any history: everything goes on as it began, give or take half of what is to come. */
function byRunRate(question: LandingQuestion, level: number): Landing | null {
  const { kind = 'flow', actual, current, share, open, wait = 0 } = question
  if (share <= 0 || wait > 0) return null
  if (kind !== 'flow') return landed(actual, Math.abs(actual) * 0.5 * (1 - share), level, null)
  const rest = (current / share) * (open - share)
  return landed(actual + rest, Math.abs(rest) * 0.5, level, null)
}

function landed(mean: number, deviation: number, level: number, forecast: SeriesForecast | null): Landing {
  const width = widthOf(level) * deviation
  return { mean, deviation, lower: mean - width, upper: mean + width, forecast }
}
