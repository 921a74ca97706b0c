import chineseDays from 'chinese-days'
import dayjs from 'dayjs'
import { addDays, daysBetween, earlier, weekday } from './day.ts'
import type { Day } from './day.ts'

/** Which days people work. Exceptions set by the company win over statutory holidays and make-up workdays. */
export interface WorkCalendar {
  /** `china`: statutory holidays and make-up workdays 调休 of mainland China; `weekdays`: Monday to Friday. */
  readonly holidays: 'china' | 'weekdays'
  readonly exceptions?: Readonly<Record<Day, 'work' | 'rest'>>
}

const mainlandZones = new Set(['Asia/Shanghai', 'Asia/Chongqing', 'Asia/Harbin', 'Asia/Urumqi', 'PRC'])

/** The calendar that a company starts with: mainland China's in its zones, else Monday to Friday. */
export function workCalendarOf(zone: string): WorkCalendar {
  return { holidays: mainlandZones.has(zone) ? 'china' : 'weekdays' }
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
