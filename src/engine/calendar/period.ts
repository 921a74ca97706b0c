import type { Label } from '#base/label.ts'
import { done, refused } from '#base/outcome.ts'
import type { Outcome } from '#base/outcome.ts'
import { addMonths, yearAndMonth } from './day.ts'
import type { Day } from './day.ts'

export type PeriodKind = 'year' | 'quarter' | 'month'

/** A fiscal period of a company: `[from, to)`. Number is 1 for a year, 1–4 for a quarter, 1–12 for a month. */
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

/** Where a company's fiscal year begins: month 1–12. A fiscal year bears the calendar year of its first day. */
export interface FiscalYear {
  readonly year: number
  readonly startMonth: number
}

/** What a period key says, before the company's calendar turns it into dates. */
export interface PeriodName {
  readonly kind: PeriodKind
  readonly year: number
  readonly number: number
}

/** The year, its four quarters and its twelve months, in this order. */
export function fiscalPeriods(fiscal: FiscalYear): Period[] {
  const quarters = [1, 2, 3, 4].map((number) =>
    periodOf({ kind: 'quarter', year: fiscal.year, number }, fiscal.startMonth),
  )
  return [
    periodOf({ kind: 'year', year: fiscal.year, number: 1 }, fiscal.startMonth),
    ...quarters,
    ...fiscalMonths(fiscal),
  ]
}

export function fiscalMonths(fiscal: FiscalYear): Period[] {
  return Array.from({ length: 12 }, (_, at) =>
    periodOf({ kind: 'month', year: fiscal.year, number: at + 1 }, fiscal.startMonth),
  )
}

const monthsIn: Readonly<Record<PeriodKind, number>> = { year: 12, quarter: 3, month: 1 }

export function periodOf(name: PeriodName, startMonth: number): Period {
  const length = monthsIn[name.kind]
  const start = `${pad(name.year, 4)}-${pad(startMonth, 2)}-01`
  const from = addMonths(start, (name.number - 1) * length)
  return { ...name, key: keyOf(name), from, to: addMonths(from, length), label: labelOf(name, from) }
}

/** Months of the fiscal year that the period covers, as `[first, last)` with first from 0. */
export function monthSpan(name: PeriodName): { readonly first: number; readonly last: number } {
  const length = monthsIn[name.kind]
  return { first: (name.number - 1) * length, last: name.number * length }
}

/** The fiscal year in which a day lies. */
export function fiscalYearOf(day: Day, startMonth: number): number {
  const { year, month } = yearAndMonth(day)
  return month < startMonth ? year - 1 : year
}

type Unknown = 'not-a-period' | 'no-such-quarter' | 'no-such-month' | 'year-out-of-range'

/**
 * Reads `2017`, `2017-Q2`, `2017-M04`, and `2017-04`: the fiscal month that begins in that calendar month.
 * Years from 1990 to 2100; the rest is refused with the reason.
 */
export function readPeriod(key: string, startMonth: number): Outcome<{ period: Period }, Unknown> {
  const parts = /^(\d{4})(?:-(?:(Q)(\d)|(M)(\d{2})|(\d{2})))?$/i.exec(key.trim())
  if (!parts) return refused('not-a-period')
  const year = Number(parts[1])
  if (year < 1990 || year > 2100) return refused('year-out-of-range')
  if (parts[2]) return namedPeriod({ kind: 'quarter', year, number: Number(parts[3]) }, startMonth)
  if (parts[4]) return namedPeriod({ kind: 'month', year, number: Number(parts[5]) }, startMonth)
  if (parts[6]) return calendarMonth(year, Number(parts[6]), startMonth)
  return namedPeriod({ kind: 'year', year, number: 1 }, startMonth)
}

function namedPeriod(name: PeriodName, startMonth: number): Outcome<{ period: Period }, Unknown> {
  if (name.kind === 'quarter' && (name.number < 1 || name.number > 4)) return refused('no-such-quarter')
  if (name.kind === 'month' && (name.number < 1 || name.number > 12)) return refused('no-such-month')
  return done({ period: periodOf(name, startMonth) })
}

function calendarMonth(year: number, month: number, startMonth: number): Outcome<{ period: Period }, Unknown> {
  if (month < 1 || month > 12) return refused('no-such-month')
  const fiscal = month < startMonth ? year - 1 : year
  return namedPeriod({ kind: 'month', year: fiscal, number: ((month - startMonth + 12) % 12) + 1 }, startMonth)
}

export function keyOf(name: PeriodName): string {
  if (name.kind === 'year') return String(name.year)
  return name.kind === 'quarter' ? `${name.year}-Q${name.number}` : `${name.year}-M${pad(name.number, 2)}`
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Months are called by their calendar name: fiscal month 1 of a year that begins in April is 2017年4月. */
function labelOf(name: PeriodName, from: Day): Label {
  if (name.kind === 'year') return { zh: `${name.year}年`, en: `${name.year}` }
  if (name.kind === 'quarter') return { zh: `${name.year}年第${name.number}季度`, en: `Q${name.number} ${name.year}` }
  const { year, month } = yearAndMonth(from)
  return { zh: `${year}年${month}月`, en: `${monthNames[month - 1] ?? ''} ${year}` }
}

function pad(number: number, width: number): string {
  return String(number).padStart(width, '0')
}
