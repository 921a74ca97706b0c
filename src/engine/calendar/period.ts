import type { Label } from '#base/label.ts'
import { done, refused } from '#base/outcome.ts'
import type { Outcome } from '#base/outcome.ts'
import { addMonths, yearAndMonth } from './day.ts'
import type { Day } from './day.ts'
import { fiscalYears } from './fiscal-calendar.ts'
import type { FiscalCalendar } from './fiscal-calendar.ts'
import { fiscalYear, fiscalYearOf } from './fiscal-year.ts'

export { fiscalYearOf } from './fiscal-year.ts'

/** A `month` is a leaf period of the calendar, whatever its length: a calendar month, four weeks, a window of its own. */
export type PeriodKind = 'year' | 'quarter' | 'month'

/** A fiscal period of a company: `[from, to)`. Number is 1 for a year, else counts from 1 within the year. */
export interface Period {
  readonly kind: PeriodKind
  /** `2017`, `2017-Q2`, `2017-M04`. */
  readonly key: string
  readonly year: number
  readonly number: number
  readonly from: Day
  readonly to: Day
  readonly label: Label
}

/** The year, its quarters if it has them, and its leaf periods, in this order. */
export function fiscalPeriods(calendar: FiscalCalendar, year: number): Period[] {
  return [yearPeriod(calendar, year), ...fiscalQuarters(calendar, year), ...fiscalMonths(calendar, year)]
}

/** The whole fiscal year as a period. */
export function yearPeriod(calendar: FiscalCalendar, year: number): Period {
  const { starts, end } = fiscalYear(calendar, year)
  return periodFrom('year', { year, number: 1, from: starts[0] ?? end, to: end })
}

/** The quarters of a fiscal year; none where its leaf periods do not divide into them. */
export function fiscalQuarters(calendar: FiscalCalendar, year: number): Period[] {
  const { starts, end } = fiscalYear(calendar, year)
  const length = leavesPerQuarter(calendar, year)
  if (length === null) return []
  return Array.from({ length: starts.length / length }, (_, at) =>
    periodFrom('quarter', {
      year,
      number: at + 1,
      from: starts[at * length] ?? end,
      to: starts[(at + 1) * length] ?? end,
    }),
  )
}

/** The leaf periods of a fiscal year: its months, or what the calendar has instead. They tile it. */
export function fiscalMonths(calendar: FiscalCalendar, year: number): Period[] {
  const { starts, end } = fiscalYear(calendar, year)
  const spans = starts.map((from, at) => ({ from, to: starts[at + 1] ?? end }))
  const areMonths = spans.every(isCalendarMonth)
  return spans.map((span, at) => periodFrom('month', { year, number: at + 1, ...span }, areMonths))
}

/** The period of that kind in which a day lies; a leaf period in place of a quarter where there are no quarters. */
export function periodAround(day: Day, kind: PeriodKind, calendar: FiscalCalendar): Period {
  const year = fiscalYearOf(day, calendar)
  return periodsLike(kind, calendar, year).find(({ to }) => day < to) ?? yearPeriod(calendar, year)
}

/** The period so many steps later, or earlier if there are fewer than none, over the end of years. */
export function periodBeside(period: Period, steps: number, calendar: FiscalCalendar): Period {
  let year = period.year
  let at = period.number - 1 + steps
  for (let all = periodsLike(period.kind, calendar, year); ; all = periodsLike(period.kind, calendar, year)) {
    const found = all[at]
    if (found) return found
    if (at < 0) {
      year -= 1
      at += periodsLike(period.kind, calendar, year).length
    } else {
      at -= all.length
      year += 1
    }
  }
}

function periodsLike(kind: PeriodKind, calendar: FiscalCalendar, year: number): Period[] {
  if (kind === 'year') return [yearPeriod(calendar, year)]
  const quarters = kind === 'quarter' ? fiscalQuarters(calendar, year) : []
  return quarters.length > 0 ? quarters : fiscalMonths(calendar, year)
}

function leavesPerQuarter(calendar: FiscalCalendar, year: number): number | null {
  const { starts, perQuarter } = fiscalYear(calendar, year)
  return perQuarter !== null && starts.length % perQuarter === 0 ? perQuarter : null
}

type Unknown = 'not-a-period' | 'no-such-quarter' | 'no-such-month' | 'year-out-of-range'

/**
 * Reads `2017`, `2017-Q2`, `2017-M04`, and `2017-04`: the fiscal period that is that calendar month.
 * Years from 1990 to 2100; the rest is refused with the reason.
 */
export function readPeriod(key: string, calendar: FiscalCalendar): Outcome<{ period: Period }, Unknown> {
  const parts = /^(\d{4})(?:-(?:Q(\d{1,2})|M(\d{2})|(\d{2})))?$/i.exec(key.trim())
  if (!parts) return refused('not-a-period')
  const [, written, quarter, month, calendarMonth] = parts
  const year = Number(written)
  if (year < fiscalYears.first || year > fiscalYears.last) return refused('year-out-of-range')
  if (quarter) return found(fiscalQuarters(calendar, year)[Number(quarter) - 1], 'no-such-quarter')
  if (month) return found(fiscalMonths(calendar, year)[Number(month) - 1], 'no-such-month')
  if (calendarMonth) return found(monthIn(year, Number(calendarMonth), calendar), 'no-such-month')
  return done({ period: yearPeriod(calendar, year) })
}

function found<Reason extends Unknown>(
  period: Period | undefined,
  reason: Reason,
): Outcome<{ period: Period }, Reason> {
  return period ? done({ period }) : refused(reason)
}

function monthIn(year: number, month: number, calendar: FiscalCalendar): Period | undefined {
  if (month < 1 || month > 12) return undefined
  const period = periodAround(`${pad(year, 4)}-${pad(month, 2)}-01`, 'month', calendar)
  return isCalendarMonth(period) && yearAndMonth(period.from).month === month ? period : undefined
}

/** Whether a period is exactly a month as everybody counts them. */
export function isCalendarMonth({ from, to }: Pick<Period, 'from' | 'to'>): boolean {
  return from.endsWith('-01') && to === addMonths(from, 1)
}

function periodFrom(
  kind: PeriodKind,
  { year, number, from, to }: Pick<Period, 'year' | 'number' | 'from' | 'to'>,
  areMonths = false,
): Period {
  return {
    kind,
    key: keyOf(kind, year, number),
    year,
    number,
    from,
    to,
    label: areMonths ? monthLabel(from) : labelOf(kind, year, number),
  }
}

function keyOf(kind: PeriodKind, year: number, number: number): string {
  if (kind === 'year') return String(year)
  return kind === 'quarter' ? `${year}-Q${number}` : `${year}-M${pad(number, 2)}`
}

/** Where all leaves of a year are months they have calendar names: month 1 of a year that begins in April is 2017年4月. */
function labelOf(kind: PeriodKind, year: number, number: number): Label {
  if (kind === 'year') return { zh: `${year}年`, en: `${year}` }
  if (kind === 'quarter') return { zh: `${year}年第${number}季度`, en: `Q${number} ${year}` }
  return { zh: `${year}年第${number}期`, en: `Period ${number} ${year}` }
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The calendar month in which a day lies. */
export function monthLabel(day: Day): Label {
  const { year, month } = yearAndMonth(day)
  return { zh: `${year}年${month}月`, en: `${monthNames[month - 1] ?? ''} ${year}` }
}

/** What a period is called where its year stands beside it: 3月, 第二季度, 第3期. */
export function labelInYear(period: Period): Label {
  const { kind, number, year } = period
  if (kind === 'year') return period.label
  if (kind === 'quarter') return { zh: `第${['一', '二', '三', '四'][number - 1] ?? number}季度`, en: `Q${number}` }
  if (period.label.zh !== monthLabel(period.from).zh) return { zh: `第${number}期`, en: `P${number}` }
  const { month } = yearAndMonth(period.from)
  return { zh: `${month}月`, en: monthNames[month - 1] ?? String(year) }
}

function pad(number: number, width: number): string {
  return String(number).padStart(width, '0')
}
