import { addDays, addMonths, earlier, firstOfMonth, yearAndMonth, type Day } from '#engine/calendar/day.ts'
import { isWorkday, workdays, type WorkCalendar } from '#engine/calendar/workday.ts'

const calendar: WorkCalendar = { holidays: 'china' }

/** First days of the months from one day to another, both included. */
export function monthsFrom(from: Day, to: Day): readonly Day[] {
  const months: Day[] = []
  for (let month = firstOfMonth(from); month <= to; month = addMonths(month, 1)) months.push(month)
  return months
}

/** Working days of a month up to a day, that day included. */
export function workdaysIn(month: Day, upTo: Day): readonly Day[] {
  const days: Day[] = []
  const end = earlier(addMonths(month, 1), addDays(upTo, 1))
  for (let day = month; day < end; day = addDays(day, 1)) if (isWorkday(day, calendar)) days.push(day)
  return days
}

/** Which part of the working days of `[from, to)` lies behind on the evening of a day. */
export function shareBehind(from: Day, to: Day, day: Day): number {
  const all = workdays(from, to, calendar)
  return all === 0 || day < from ? 0 : workdays(from, earlier(addDays(day, 1), to), calendar) / all
}

/** First day of the quarter in which a day lies. */
export function quarterOf(day: Day): Day {
  const { year, month } = yearAndMonth(day)
  return `${year}-${String(Math.floor((month - 1) / 3) * 3 + 1).padStart(2, '0')}-01`
}

/** The day itself if people work, else the next day on which they do. */
export function workdayFrom(day: Day): Day {
  let next = day
  while (!isWorkday(next, calendar)) next = addDays(next, 1)
  return next
}
