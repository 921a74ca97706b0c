import type { Day } from '#engine/calendar/day.ts'

/** Days before and after all others, as the database writes them. They compare with dates as text does. */
export const beginning = '-infinity'
export const end = 'infinity'

/** A stretch of days `[from, to)`, bounded by dates or by the ends of time. */
export interface Span {
  readonly from: Day
  readonly to: Day
}

/** The wire says null where the database says infinity. */
export function openDay(day: Day): Day | null {
  return day === beginning || day === end ? null : day
}

export function overlaps(a: Span, b: Span): boolean {
  return a.from < b.to && b.from < a.to
}

export function contains(span: Span, day: Day): boolean {
  return span.from <= day && day < span.to
}
