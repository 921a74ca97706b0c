import { addDays, addMonths, firstOfMonth, weekday, type Day } from '#engine/calendar/day.ts'
import { fiscalYearOf, monthSpan, periodOf, type PeriodKind } from '#engine/calendar/period.ts'
import { isWorkday, workCalendarOf, type WorkCalendar } from '#engine/calendar/workday.ts'
import type { Relative, RelativeDays, RelativeSpan, SpanUnit } from './filter.ts'

interface When {
  readonly today: Day
  readonly zone: string
  readonly fiscalStart: number
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
function namedDays(relative: RelativeDays, { today, fiscalStart }: When): { from: Day; to: Day } {
  const [which, span] = relative.split('_')
  const steps = which === 'last' ? -1 : which === 'next' ? 1 : 0
  switch (span) {
    case 'week':
      return week(addDays(today, steps * 7))
    case 'month':
      return month(addMonths(firstOfMonth(today), steps))
    case 'quarter':
      return fiscal('quarter', addMonths(firstOfMonth(today), steps * 3), fiscalStart)
    case 'year':
      return fiscal('year', addMonths(firstOfMonth(today), steps * 12), fiscalStart)
    default:
      return day(addDays(today, relative === 'yesterday' ? -1 : relative === 'tomorrow' ? 1 : 0))
  }
}

function firstOfPast(count: number, unit: SpanUnit, when: When): Day {
  if (unit === 'workday') {
    const calendar = workCalendarOf(when.zone)
    const [steps, from] = isWorkday(when.today, calendar) ? [count - 1, when.today] : [count, when.today]
    return workdayFrom(from, -steps, calendar)
  }
  return unitAround(back(when.today, unit, count - 1), unit, when).from
}

function endOfNext(count: number, unit: SpanUnit, when: When): Day {
  if (unit === 'workday') {
    const calendar = workCalendarOf(when.zone)
    const steps = isWorkday(when.today, calendar) ? count - 1 : count
    return addDays(workdayFrom(when.today, steps, calendar), 1)
  }
  return unitAround(back(when.today, unit, 1 - count), unit, when).to
}

/** A day in the unit that lies so many units back. */
function back(today: Day, unit: Exclude<SpanUnit, 'workday'>, count: number): Day {
  if (unit === 'day') return addDays(today, -count)
  if (unit === 'week') return addDays(today, -count * 7)
  return addMonths(firstOfMonth(today), -count * monthsOf[unit])
}

const monthsOf = { month: 1, quarter: 3, year: 12 } as const

function unitAround(within: Day, unit: Exclude<SpanUnit, 'workday'>, { fiscalStart }: When): { from: Day; to: Day } {
  if (unit === 'day') return day(within)
  if (unit === 'week') return week(within)
  return unit === 'month' ? month(firstOfMonth(within)) : fiscal(unit, within, fiscalStart)
}

/** The day that lies so many units before or after today. */
function shifted(span: Extract<RelativeSpan, { before: number } | { after: number }>, { today, zone }: When): Day {
  const count = 'before' in span ? -span.before : span.after
  switch (span.unit) {
    case 'day':
      return addDays(today, count)
    case 'week':
      return addDays(today, count * 7)
    case 'workday':
      return workdayFrom(today, count, workCalendarOf(zone))
    case 'month':
    case 'quarter':
    case 'year':
      return addMonths(today, count * monthsOf[span.unit])
  }
}

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

function fiscal(kind: PeriodKind, within: Day, startMonth: number) {
  const year = fiscalYearOf(within, startMonth)
  const months = (Number(within.slice(5, 7)) - startMonth + 12) % 12
  const { first, last } = monthSpan({ kind, year, number: 1 })
  return periodOf({ kind, year, number: Math.floor(months / (last - first)) + 1 }, startMonth)
}
