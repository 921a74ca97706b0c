import { addDays, addMonths, firstOfMonth, weekday, type Day } from '#engine/calendar/day.ts'
import type { FiscalCalendar } from '#engine/calendar/fiscal-calendar.ts'
import { periodAround, periodBeside, type Period, type PeriodKind } from '#engine/calendar/period.ts'
import { isWorkday, type WorkCalendar } from '#engine/calendar/workday.ts'
import type { Relative, RelativeDays, RelativeSpan, SpanUnit } from './filter.ts'

interface When {
  readonly today: Day
  readonly calendar: FiscalCalendar
  readonly workCalendar: WorkCalendar
}

/** Days `[from, to)`; without one of them the span is open on that side. */
export interface Span {
  readonly from?: Day
  readonly to?: Day
}

/** The days that a relative span means today; see `RelativeSpan` for what is included. */
export function daysOf(relative: Relative, when: When): Span {
  if (typeof relative === 'string') return namedDays(relative, when)
  const tomorrow = addDays(when.today, 1)
  if ('past' in relative) return { from: firstOfPast(relative.past, relative.unit, when), to: tomorrow }
  if ('next' in relative) return { from: when.today, to: endOfNext(relative.next, relative.unit, when) }
  const day = shifted(relative, when)
  return 'before' in relative ? { to: day } : { from: addDays(day, 1) }
}

/** Quarters and years are fiscal, weeks begin on Monday. */
function namedDays(relative: RelativeDays, { today, calendar }: When): { from: Day; to: Day } {
  const [which, span] = relative.split('_')
  const steps = which === 'last' ? -1 : which === 'next' ? 1 : 0
  switch (span) {
    case 'week':
      return week(addDays(today, steps * 7))
    case 'month':
      return month(addMonths(firstOfMonth(today), steps))
    case 'quarter':
    case 'year':
      return fiscal(span, today, steps, calendar)
    default:
      return day(addDays(today, relative === 'yesterday' ? -1 : relative === 'tomorrow' ? 1 : 0))
  }
}

function firstOfPast(count: number, unit: SpanUnit, when: When): Day {
  if (unit === 'workday') {
    const steps = isWorkday(when.today, when.workCalendar) ? count - 1 : count
    return workdayFrom(when.today, -steps, when.workCalendar)
  }
  return unitBeside(unit, 1 - count, when).from
}

function endOfNext(count: number, unit: SpanUnit, when: When): Day {
  if (unit === 'workday') {
    const steps = isWorkday(when.today, when.workCalendar) ? count - 1 : count
    return addDays(workdayFrom(when.today, steps, when.workCalendar), 1)
  }
  return unitBeside(unit, count - 1, when).to
}

/** The unit that lies so many units after that of today, or before it if there are fewer than none. */
function unitBeside(
  unit: Exclude<SpanUnit, 'workday'>,
  steps: number,
  { today, calendar }: When,
): { from: Day; to: Day } {
  if (unit === 'day') return day(addDays(today, steps))
  if (unit === 'week') return week(addDays(today, steps * 7))
  return unit === 'month' ? month(addMonths(firstOfMonth(today), steps)) : fiscal(unit, today, steps, calendar)
}

/** The day that lies so many units before or after today. */
function shifted(
  span: Extract<RelativeSpan, { before: number } | { after: number }>,
  { today, workCalendar }: When,
): Day {
  const count = 'before' in span ? -span.before : span.after
  switch (span.unit) {
    case 'day':
      return addDays(today, count)
    case 'week':
      return addDays(today, count * 7)
    case 'workday':
      return workdayFrom(today, count, workCalendar)
    case 'month':
    case 'quarter':
    case 'year':
      return addMonths(today, count * monthsOf[span.unit])
  }
}

const monthsOf = { month: 1, quarter: 3, year: 12 } as const

/** Steps over so many working days, backwards if there are fewer than none. */
function workdayFrom(from: Day, steps: number, calendar: WorkCalendar): Day {
  const direction = Math.sign(steps)
  let here = from
  for (let left = Math.abs(steps); left > 0;) {
    here = addDays(here, direction)
    if (isWorkday(here, calendar)) left -= 1
  }
  return here
}

const day = (from: Day) => ({ from, to: addDays(from, 1) })
const month = (from: Day) => ({ from, to: addMonths(from, 1) })

function week(within: Day) {
  const from = addDays(within, 1 - weekday(within))
  return { from, to: addDays(from, 7) }
}

function fiscal(kind: PeriodKind, today: Day, steps: number, calendar: FiscalCalendar): Period {
  return periodBeside(periodAround(today, kind, calendar), steps, calendar)
}
