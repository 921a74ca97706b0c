import { addDays, earlier } from '#engine/calendar/day.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { OrgShape } from '#engine/metrics/tier-tree.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Span } from './org-shape.ts'

/**
 * The days by which a metric is read for a span. What counts after quiet days counts for the days on which these began,
 * in the org of those.
 */
export function daysAsked({ today }: Ctx, { quietDays }: Metric, { from, to }: Span): Span {
  if (quietDays === undefined) return { from, to }
  const [first, end] = [addDays(from, -quietDays), addDays(earlier(to, today), -quietDays)]
  return { from: first, to: end > first ? end : addDays(first, 1) }
}

/** The org by which a metric is credited, and the days whose rows make the figures of each of its stretches. */
export function creditedSpans(
  { today }: Ctx,
  metric: Metric,
  whole: OrgShape,
): { shape: OrgShape; spans: readonly Span[] } {
  if (metric.kind === 'stock') {
    const shape = lastOf(whole)
    return { shape, spans: shape.stretches.map(({ to }) => ({ from: '0001-01-01', to })) }
  }
  const last = metric.quietDays === undefined ? today : addDays(today, -metric.quietDays)
  const isCut = metric.onlyPastDays === true || metric.quietDays !== undefined
  const spans = whole.stretches.map(({ from, to }) => ({ from, to: isCut ? earlier(to, last) : to }))
  return { shape: whole, spans: spans.map(({ from, to }) => ({ from, to: to < from ? from : to })) }
}

function lastOf(shape: OrgShape): OrgShape {
  return { ...shape, stretches: shape.stretches.slice(-1), stays: shape.stays.filter((stay) => stay.current) }
}
