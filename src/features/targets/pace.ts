import { writeAmount } from '#engine/metrics/metric.ts'
import { scoreOf } from '#engine/metrics/score.ts'

/** Ahead ▲, on pace ●, behind ▼, far behind ◆: never by colour alone. */
export type Light = 'ahead' | 'on-pace' | 'behind' | 'far-behind'

export type NoFigure = 'no-target' | 'no-actual' | 'not-begun' | 'zero-target'

/** Least part of what should be reached by now for each light; below `behind` is far behind. */
export interface Thresholds {
  readonly ahead: number
  readonly onPace: number
  readonly behind: number
}

export const usualThresholds: Thresholds = { ahead: 1.05, onPace: 0.95, behind: 0.8 }

/** All values in ten-thousandths. */
export interface Progress {
  /** Null: nothing is known; a flow without records is 0. */
  readonly actual: bigint | null
  readonly target: bigint | null
  /** What should be reached by now, by the plan's own months. Levels and rates: the target. */
  readonly expected: bigint | null
  readonly direction: 'higher' | 'lower'
  /** Where a lower-is-better metric stood before: attainment is then the part of the way that was made, see `scoreOf`. */
  readonly base?: bigint | null | undefined
  /** Nobody wants a rate of nothing: a zero is no target. */
  readonly isRate?: boolean
  /** Attainment of a lower-is-better metric is kept between these; as it comes unless told. */
  readonly clamp?: { readonly least: number; readonly most: number } | null
  /** Working days left in the period, for the required run-rate. */
  readonly workdaysLeft: number
}

export interface Standing {
  /** 1 = the target of the whole period is reached. */
  readonly attainment: number | null
  /** Attainment minus the share of working days elapsed: 0.05 is five points ahead. */
  readonly pace: number | null
  /** What is missing: target − actual, or actual − target where lower is better; negative when exceeded. */
  readonly gap: string | null
  /** What every working day left must bring; null when none is left or nothing is missing, and of rates, which no day adds to. */
  readonly requiredPerDay: string | null
  readonly light: Light | null
  /** Why attainment or pace is missing. */
  readonly reason: NoFigure | null
}

/** How far a node is, and whether that is far enough by today. */
export function standingOf(progress: Progress, thresholds: Thresholds = usualThresholds): Standing {
  const { actual, target } = progress
  if (target === null) return unknown('no-target')
  if (actual === null) return unknown('no-actual')
  const { direction, isRate = false } = progress
  const missing = direction === 'higher' ? target - actual : actual - target
  const gap = writeAmount(missing)
  if (target === 0n && (direction === 'higher' || isRate)) return { ...unknown('zero-target'), gap }
  const attainment = clamped(attained(actual, target, progress), progress)
  const reached = reachedOf(actual, target, progress)
  return {
    attainment,
    pace: paceOf(attainment, target, progress),
    gap,
    requiredPerDay: isRate ? null : requiredPerDay(missing, progress),
    light: reached === null ? null : lightOf(reached, thresholds),
    reason: reached === null ? 'not-begun' : null,
  }
}

/** The light for the part of what should be reached by now that is reached. */
export function lightOf(reached: number, thresholds: Thresholds = usualThresholds): Light {
  if (reached >= thresholds.ahead) return 'ahead'
  if (reached >= thresholds.onPace) return 'on-pace'
  return reached >= thresholds.behind ? 'behind' : 'far-behind'
}

/** The part of what should be reached by now that is reached; null before anything should be. */
function reachedOf(actual: bigint, target: bigint, progress: Progress): number | null {
  const { expected, base } = progress
  if (expected === null || (expected === 0n && target !== 0n)) return null
  // What was there before is asked for in the same share as the target.
  const from = base === undefined || base === null || target === 0n ? base : (base * expected) / target
  return clamped(attained(actual, expected, { ...progress, base: from }), progress)
}

/** How many points of the target it is ahead of what should be reached by now, whichever way is better. */
function paceOf(attainment: number | null, target: bigint, progress: Progress): number | null {
  const due = progress.expected === null ? null : attained(progress.expected, target, progress)
  if (attainment === null || due === null) return null
  return Math.round((attainment - due) * 1e6) / 1e6
}

function attained(actual: bigint, target: bigint, { direction, base }: Progress): number | null {
  return scoreOf({ actual, target, better: direction, base })
}

function clamped(score: number | null, { direction, clamp }: Progress): number | null {
  if (score === null || direction === 'higher' || !clamp) return score
  return Math.min(clamp.most, Math.max(clamp.least, score))
}

/** Rounded up to the hundredth: whoever brings it every day arrives. */
function requiredPerDay(missing: bigint, { direction, workdaysLeft }: Progress): string | null {
  if (direction === 'lower' || workdaysLeft <= 0 || missing <= 0n) return null
  const hundredths = BigInt(workdaysLeft) * 100n
  return writeAmount(((missing + hundredths - 1n) / hundredths) * 100n)
}

function unknown(reason: NoFigure): Standing {
  return { attainment: null, pace: null, gap: null, requiredPerDay: null, light: null, reason }
}
