import type { FiscalCalendar, FiscalRule } from './fiscal-calendar.ts'
import { fiscalYear } from './fiscal-year.ts'

/** The calendar by another rule from a fiscal year on; the years before stay. Without a year all follow the rule. */
export function calendarFrom(calendar: FiscalCalendar, rule: FiscalRule, from: number | null): FiscalCalendar {
  if (from === null) return rule
  const [first, later] = calendar.kind === 'changed' ? [calendar.first, calendar.later] : [calendar, []]
  return { kind: 'changed', first, later: [...later.filter((era) => era.from < from), { from, rule }] }
}

/** Whether a fiscal year has the same periods in both. */
export function isSameYear(a: FiscalCalendar, b: FiscalCalendar, year: number): boolean {
  const [one, other] = [fiscalYear(a, year), fiscalYear(b, year)]
  return (
    one.end === other.end &&
    one.perQuarter === other.perQuarter &&
    one.starts.length === other.starts.length &&
    one.starts.every((day, at) => day === other.starts[at])
  )
}
