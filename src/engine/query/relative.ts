import { addDays, addMonths, firstOfMonth, weekday } from '#engine/calendar/day.ts'
import { fiscalYearOf, monthSpan, periodOf, type PeriodKind } from '#engine/calendar/period.ts'
import type { RelativeDays } from './filter.ts'

interface When {
  readonly today: string
  readonly fiscalStart: number
}

/** The days `[from, to)` that a relative span means today; quarters and years are fiscal, weeks begin on Monday. */
export function daysOf(relative: RelativeDays, { today, fiscalStart }: When): { from: string; to: string } {
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

const day = (from: string) => ({ from, to: addDays(from, 1) })
const month = (from: string) => ({ from, to: addMonths(from, 1) })

function week(within: string) {
  const from = addDays(within, 1 - weekday(within))
  return { from, to: addDays(from, 7) }
}

function fiscal(kind: PeriodKind, within: string, startMonth: number) {
  const year = fiscalYearOf(within, startMonth)
  const months = (Number(within.slice(5, 7)) - startMonth + 12) % 12
  const { first, last } = monthSpan({ kind, year, number: 1 })
  return periodOf({ kind, year, number: Math.floor(months / (last - first)) + 1 }, startMonth)
}
