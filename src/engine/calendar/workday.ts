import chineseDays from 'chinese-days'
import dayjs from 'dayjs'
import { z } from 'zod'
import { addDays, daysBetween, earlier, isDay, weekday } from './day.ts'
import type { Day } from './day.ts'

/** Days that are worked or free by the company's own word. */
export const workExceptionsShape = z.record(z.string().refine(isDay), z.enum(['work', 'rest'])).readonly()
export type WorkExceptions = z.infer<typeof workExceptionsShape>

/** Which days people work. Exceptions set by the company win over statutory holidays and make-up workdays. */
export const workCalendarShape = z
  .object({
    /** `china`: statutory holidays and make-up workdays 调休 of mainland China; `weekdays`: Monday to Friday. */
    holidays: z.enum(['china', 'weekdays']),
    exceptions: workExceptionsShape.optional(),
  })
  .readonly()
export type WorkCalendar = z.infer<typeof workCalendarShape>

const mainlandZones = new Set(['Asia/Shanghai', 'Asia/Chongqing', 'Asia/Harbin', 'Asia/Urumqi', 'PRC'])

/** Mainland China's calendar in its zones, elsewhere Monday to Friday; with what the company says of single days. */
export function workCalendarOf(zone: string, exceptions: WorkExceptions = {}): WorkCalendar {
  return { holidays: mainlandZones.has(zone) ? 'china' : 'weekdays', exceptions }
}

/** Years whose holidays are not published yet count Monday to Friday. */
export function isWorkday(day: Day, calendar: WorkCalendar): boolean {
  const exception = calendar.exceptions?.[day]
  if (exception) return exception === 'work'
  if (calendar.holidays === 'weekdays') return weekday(day) < 6
  return isWorkdayInChina(day)
}

const known = new Map<Day, boolean>()

/** The package reads the local fields of a date, so that text would be a day early west of Greenwich. */
function isWorkdayInChina(day: Day): boolean {
  const before = known.get(day)
  if (before !== undefined) return before
  const answer = chineseDays.isWorkday(dayjs(day).toDate())
  known.set(day, answer)
  return answer
}

/** Working days in `[from, to)`. */
export function workdays(from: Day, to: Day, calendar: WorkCalendar): number {
  let count = 0
  for (let left = daysBetween(from, to), day = from; left > 0; left -= 1, day = addDays(day, 1)) {
    if (isWorkday(day, calendar)) count += 1
  }
  return count
}

export interface Elapsed {
  readonly workdays: number
  readonly elapsed: number
  /** Elapsed share of the working days, 0 to 1; a period without working days is over when its last day is. */
  readonly share: number
}

/**
 * How much of `[from, to)` is behind us on `today`. Today counts as worked: results of today are in the actuals,
 * so that the last working day of a period has the full pace.
 */
export function workdaysElapsed(from: Day, to: Day, today: Day, calendar: WorkCalendar): Elapsed {
  const all = workdays(from, to, calendar)
  const elapsed = today < from ? 0 : workdays(from, earlier(addDays(today, 1), to), calendar)
  const share = all === 0 ? Number(today >= to) : elapsed / all
  return { workdays: all, elapsed, share }
}
