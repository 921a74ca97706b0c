import { writeAmount } from '#engine/metrics/metric.ts'

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
  /** What should be reached by now: the target's share of working days elapsed. Rates: the target. */
  readonly expected: bigint | null
  readonly direction: 'higher' | 'lower'
  /** Where a lower-is-better metric stood before: attainment is then the part of the way that was made. */
  readonly base?: bigint
  /** Working days left in the period, for the required run-rate. */
  readonly workdaysLeft: number
}

export interface Standing {
  /** 1 = the target of the whole period is reached. */
  readonly attainment: number | null
  /** Attainment minus the share of working days elapsed: 0.05 is five points ahead. */
  readonly pace: number | null
  /** Target − actual; negative when exceeded. */
  readonly gap: string | null
  /** What every working day left must bring; null when none is left or nothing is missing. */
  readonly requiredPerDay: string | null
  readonly light: Light | null
  /** Why attainment or pace is missing. */
  readonly reason: NoFigure | null
}

/** How far a node is, and whether that is far enough by today. */
export function standingOf(progress: Progress, thresholds: Thresholds = usualThresholds): Standing {
  const { actual, target, expected } = progress
  if (target === null) return unknown('no-target')
  if (actual === null) return unknown('no-actual')
  const missing = target - actual
  const gap = writeAmount(missing)
  if (target === 0n && progress.direction === 'higher') return { ...unknown('zero-target'), gap }
  const attainment = attained(actual, target, progress)
  const reached = expected === null ? null : attained(actual, expected, progress)
  return {
    attainment,
    pace: paceOf(attainment, expected, target),
    gap,
    requiredPerDay: requiredPerDay(missing, progress),
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

function paceOf(attainment: number | null, expected: bigint | null, target: bigint): number | null {
  const due = expected === null ? null : ratio(expected, target)
  if (attainment === null || due === null) return null
  return Math.round((attainment - due) * 1e6) / 1e6
}

function attained(actual: bigint, target: bigint, { direction, base }: Progress): number | null {
  if (direction === 'higher') return ratio(actual, target)
  if (base === undefined) return ratio(target, actual)
  return ratio(base - actual, base - target)
}

/** A share for people to compare, not money: six decimals are enough. */
function ratio(above: bigint, below: bigint): number | null {
  return below === 0n ? null : Math.round((Number(above) / Number(below)) * 1e6) / 1e6
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
