import type { FieldFault } from '#base/errors.ts'
import type { Label } from '#base/label.ts'
import { mostPeriods } from './fiscal-calendar.ts'
import type { FiscalCalendar, FiscalRule, OwnRule } from './fiscal-calendar.ts'
import { fiscalYear } from './fiscal-year.ts'

const words = {
  order: {
    zh: '{day} 应晚于前一期的首日 {before}',
    en: '{day} should be later than {before}, where the period before begins',
  },
  year: { zh: '{year} 财年的首日 {day} 不在这一年前后', en: 'Fiscal {year} begins on {day}, not near that year' },
  swallowed: {
    zh: '{year} 财年在原日历的上一财年结束时已经过去，请从更晚的财年开始',
    en: 'Fiscal {year} is over before the year before it ends; begin with a later year',
  },
  many: {
    zh: '{year} 财年会有 {count} 期，最多 {most} 期',
    en: 'Fiscal {year} would have {count} periods; {most} at most',
  },
} as const satisfies Record<string, Label>

/** What keeps a calendar from tiling time; nothing if it may be used. */
export function faultsOfCalendar(calendar: FiscalCalendar): readonly FieldFault[] {
  if (calendar.kind !== 'changed') return faultsOfRule(calendar)
  const rules = [calendar.first, ...calendar.later.map(({ rule }) => rule)]
  const faults = rules.flatMap(faultsOfRule)
  return faults.length > 0 ? faults : calendar.later.flatMap(({ from }) => faultsOfChange(calendar, from))
}

function faultsOfChange(calendar: FiscalCalendar, year: number): readonly FieldFault[] {
  const { starts, end } = fiscalYear(calendar, year)
  if ((starts[0] ?? end) >= end) return [{ field: 'from', code: 'swallowed', label: words.swallowed, params: { year } }]
  if (starts.length <= mostPeriods) return []
  const params = { year, count: starts.length, most: mostPeriods }
  return [{ field: 'from', code: 'too_many', label: words.many, params }]
}

function faultsOfRule(rule: FiscalRule): readonly FieldFault[] {
  return rule.kind === 'own' ? [...daysInOrder(rule), ...yearsNamed(rule)] : []
}

/** Each period begins after the one before it; the list ends after its last. */
function daysInOrder({ years, end }: OwnRule): readonly FieldFault[] {
  const days = years.flatMap((starts, year) => starts.map((day, at) => ({ day, field: `years.${year}.${at}` })))
  return [...days, { day: end, field: 'end' }].flatMap(({ day, field }, at, all) => {
    const before = all[at - 1]?.day
    return before !== undefined && day <= before
      ? [{ field, code: 'order', label: words.order, params: { day, before } }]
      : []
  })
}

/** Keys of periods speak of years as people do: a fiscal year begins in the calendar year, the one before or after. */
function yearsNamed({ firstYear, years }: OwnRule): readonly FieldFault[] {
  return years.flatMap(([day = ''], at) => {
    const year = firstYear + at
    return Math.abs(Number(day.slice(0, 4)) - year) > 1
      ? [{ field: `years.${at}`, code: 'year', label: words.year, params: { year, day } }]
      : []
  })
}
