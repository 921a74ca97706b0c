import { addDays, addMonths, firstOfMonth, weekday, type Day } from '#engine/calendar/day.ts'

export type Span = 'month' | 'week'

/** The days that a calendar shows: whole weeks from Monday, those of the month or the one around the day. */
export function daysShown(around: Day, span: Span): readonly Day[] {
  const start = span === 'week' ? around : firstOfMonth(around)
  const monday = addDays(start, 1 - weekday(start))
  if (span === 'week') return daysFrom(monday, 7)
  const last = addDays(addMonths(start, 1), -1)
  const weeks = Math.ceil((Date.parse(last) - Date.parse(monday) + 86_400_000) / (7 * 86_400_000))
  return daysFrom(monday, weeks * 7)
}

function daysFrom(first: Day, count: number): readonly Day[] {
  return Array.from({ length: count }, (_, at) => addDays(first, at))
}

/** The day around which the span before or after lies. */
export function beside(around: Day, span: Span, step: 1 | -1): Day {
  return span === 'week' ? addDays(around, step * 7) : addMonths(firstOfMonth(around), step)
}
