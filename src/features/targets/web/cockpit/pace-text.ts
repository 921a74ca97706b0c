import type { Language } from '#base/label.ts'
import type { MetricKind } from '#engine/metrics/metric.ts'
import { pointsText, signedPercent } from '#web/kit/number-text.ts'

/**
 * How far ahead or behind. What grows with the days is ahead by points of its target; a rate or level is held against the
 * whole target, so that "4.6% below" is a part of the target, no points of the rate.
 */
export function paceText(pace: number | null, kind: MetricKind, language: Language): string {
  return isOverTime(kind) ? pointsText(pace, language) : signedPercent(pace)
}

/** Whether only a part of the target is due by now. */
export function isOverTime(kind: MetricKind): boolean {
  return kind !== 'ratio' && kind !== 'stock'
}
