import { z } from 'zod'
import { isDay } from './day.ts'

const calendarMonth = z.number().int().min(1).max(12)
/** Fiscal years that have a key. */
export const fiscalYears = { first: 1990, last: 2100 } as const
const fiscalYear = z.number().int().min(fiscalYears.first).max(fiscalYears.last)
const day = z.string().refine(isDay)

/** Weeks of the three periods of a quarter. */
export const weekPatterns = ['4-4-5', '4-5-4', '5-4-4'] as const

/** At most so many periods make a year. */
export const mostPeriods = 60

/** Twelve calendar months from the first of `start`. A year bears the calendar year of its first day. */
export const monthRule = z.strictObject({ kind: z.literal('months'), start: calendarMonth })

/**
 * Twelve periods of whole weeks, so many in each as the pattern says. Year `y` begins on the weekday (Monday = 1 …
 * Sunday = 7) that is nearest to the given day of `y`, and has 52 or 53 weeks: the 53rd lengthens its last period.
 */
export const weekRule = z.strictObject({
  kind: z.literal('weeks'),
  pattern: z.enum(weekPatterns),
  weekday: z.number().int().min(1).max(7),
  month: calendarMonth,
  /** Of the month; its last day where it is shorter. */
  day: z.number().int().min(1).max(31),
})

/**
 * Years whose periods the company lists itself: each year is the list of the first days of its periods. They follow one
 * another without gap; the last one ends before `end`. Years that are not listed have twelve months from the edges of
 * the list.
 */
export const ownRule = z.strictObject({
  kind: z.literal('own'),
  firstYear: fiscalYear,
  years: z.array(z.array(day).min(1).max(mostPeriods)).min(1).max(40),
  end: day,
  /** How many periods make a quarter; null: the calendar has none. */
  perQuarter: z.number().int().min(1).max(mostPeriods).nullable(),
})

export const fiscalRule = z.discriminatedUnion('kind', [monthRule, weekRule, ownRule])

/**
 * A calendar that was changed: years follow the first rule until one of the later begins. The first year of a later rule
 * begins where the year before it ended, and is so much longer or shorter.
 */
const changedCalendar = z.strictObject({
  kind: z.literal('changed'),
  first: fiscalRule,
  later: z
    .array(z.strictObject({ from: fiscalYear, rule: fiscalRule }))
    .min(1)
    .max(20),
})

export const fiscalCalendarShape = z.discriminatedUnion('kind', [monthRule, weekRule, ownRule, changedCalendar])

export type MonthRule = z.infer<typeof monthRule>
export type WeekRule = z.infer<typeof weekRule>
export type OwnRule = z.infer<typeof ownRule>
export type FiscalRule = z.infer<typeof fiscalRule>

/** How a company divides time into fiscal years and their periods. */
export type FiscalCalendar = z.infer<typeof fiscalCalendarShape>

/** The usual calendar: months from the first of one. */
export function monthsFrom(start: number): MonthRule {
  return { kind: 'months', start }
}
