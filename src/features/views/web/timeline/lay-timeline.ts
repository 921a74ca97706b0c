import { addDays, addMonths, daysBetween, firstOfMonth, weekday, type Day } from '#engine/calendar/day.ts'

export type Scale = 'week' | 'month' | 'quarter'

/** What a timeline shows: `[from, to)` and where its marks stand. */
export interface Window {
  readonly from: Day
  readonly to: Day
  /** First days of weeks, months or quarters. */
  readonly marks: readonly Day[]
}

const marksShown: Readonly<Record<Scale, number>> = { week: 8, month: 6, quarter: 6 }
const monthsIn = { month: 1, quarter: 3 } as const

/** The window around a day, which lies in its second part: what comes is seen further than what was. */
export function windowAround(around: Day, scale: Scale): Window {
  const step = (day: Day, by: number) =>
    scale === 'week' ? addDays(day, by * 7) : addMonths(day, by * monthsIn[scale])
  const start = startOf(around, scale)
  const from = step(start, -1)
  const marks = Array.from({ length: marksShown[scale] }, (_, at) => step(from, at))
  return { from, to: step(from, marksShown[scale]), marks }
}

function startOf(day: Day, scale: Scale): Day {
  if (scale === 'week') return addDays(day, 1 - weekday(day))
  const first = firstOfMonth(day)
  return scale === 'month' ? first : addMonths(first, -((Number(day.slice(5, 7)) - 1) % 3))
}

/** The day around which the window before or after lies. */
export function stepped(around: Day, scale: Scale, step: 1 | -1): Day {
  return scale === 'week' ? addDays(around, step * 28) : addMonths(firstOfMonth(around), step * 3 * monthsIn[scale])
}

/** Where a bar stands in a window, in percent of its width; undefined where it lies outside. */
export interface Bar {
  readonly left: number
  readonly width: number
  /** Does it begin before the window, does it go on behind it? */
  readonly isFromBefore: boolean
  readonly goesOn: boolean
}

/** From the first day to the end of the last; a record with one day takes that day. */
export function barOf(from: Day, to: Day | null, { from: start, to: end }: Window): Bar | undefined {
  const last = to === null || to < from ? from : to
  if (last < start || from >= end) return undefined
  const days = daysBetween(start, end)
  const first = from < start ? start : from
  const behind = last >= end ? end : addDays(last, 1)
  return {
    left: (daysBetween(start, first) / days) * 100,
    width: (daysBetween(first, behind) / days) * 100,
    isFromBefore: from < start,
    goesOn: last >= end,
  }
}

/** Where a day stands, in percent; undefined where it lies outside. */
export function placeOf(day: Day, window: Window): number | undefined {
  return barOf(day, null, window)?.left
}
