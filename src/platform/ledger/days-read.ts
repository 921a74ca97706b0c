import { addDays, earlier } from '#engine/calendar/day.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { OrgShape } from '#engine/metrics/tier-tree.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Span } from './org-shape.ts'

/**
 * The days by which a metric is read for a span. What counts after quiet days counts for the days on which these began,
 * in the org of those. A level of a span that goes on is that of the end of today, in the org of today.
 */
export function daysAsked({ today }: Ctx, { kind, quietDays }: Metric, { from, to }: Span): Span {
  if (kind === 'stock') return { from, to: from > today ? to : earlier(to, addDays(today, 1)) }
  if (quietDays === undefined) return { from, to }
  const [first, end] = [addDays(from, -quietDays), addDays(earlier(to, today), -quietDays)]
  return { from: first, to: end > first ? end : addDays(first, 1) }
}

/** A level is made of everything that was ever opened. */
const beginning = '0001-01-01'

/** The days whose rows make a level of a span: until its end, or that of today where it goes on; none of a span to come. */
export function daysOfLevel({ today }: Pick<Ctx, 'today'>, { from, to }: Span): Span {
  return { from: beginning, to: from > today ? beginning : earlier(to, addDays(today, 1)) }
}

/** Whether nobody can know the figure yet: what falls due in days to come may be settled before, so the level is not nothing. */
export function isLevelToCome({ today }: Pick<Ctx, 'today'>, { kind }: Pick<Metric, 'kind'>, { from }: Span): boolean {
  return kind === 'stock' && from > today
}

/**
 * The days of a span over which a metric counts as a part of a quotient; null where there are none yet. What is given from outside is
 * told for days to come as well: while a span goes on, what came so far is divided by what is given for the days so far.
 */
export function daysOfPart({ today }: Pick<Ctx, 'today'>, { kind }: Pick<Metric, 'kind'>, span: Span): Span | null {
  if (kind !== 'given') return span
  return span.from > today ? null : { from: span.from, to: earlier(span.to, addDays(today, 1)) }
}

/** The org by which a metric is credited, and the days whose rows make the figures of each of its stretches. */
export function creditedSpans(ctx: Ctx, metric: Metric, whole: OrgShape): { shape: OrgShape; spans: readonly Span[] } {
  const { today } = ctx
  if (metric.kind === 'stock') {
    const shape = lastOf(whole)
    return { shape, spans: shape.stretches.map((stretch) => daysOfLevel(ctx, stretch)) }
  }
  const last = metric.quietDays === undefined ? today : addDays(today, -metric.quietDays)
  const isCut = metric.onlyPastDays === true || metric.quietDays !== undefined
  const spans = whole.stretches.map(({ from, to }) => ({ from, to: isCut ? earlier(to, last) : to }))
  return { shape: whole, spans: spans.map(({ from, to }) => ({ from, to: to < from ? from : to })) }
}

function lastOf(shape: OrgShape): OrgShape {
  return { ...shape, stretches: shape.stretches.slice(-1), stays: shape.stays.filter((stay) => stay.current) }
}
