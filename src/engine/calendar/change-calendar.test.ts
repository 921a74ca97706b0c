import { describe, expect, it } from 'vitest'
import { calendarFrom, isSameYear } from './change-calendar.ts'
import { faultsOfCalendar } from './check-calendar.ts'
import { monthsFrom } from './fiscal-calendar.ts'
import type { OwnRule } from './fiscal-calendar.ts'
import { yearPeriod } from './period.ts'

const own: OwnRule = {
  kind: 'own',
  firstYear: 2026,
  years: [['2026-01-01', '2026-03-15']],
  end: '2027-01-01',
  perQuarter: null,
}
const codes = (calendar: Parameters<typeof faultsOfCalendar>[0]) =>
  faultsOfCalendar(calendar).map(({ field, code }) => `${field} ${code}`)

describe('a change of the calendar', () => {
  it('leaves the years before it as they were', () => {
    const changed = calendarFrom(monthsFrom(1), monthsFrom(4), 2027)
    expect([2025, 2026].map((year) => isSameYear(monthsFrom(1), changed, year))).toEqual([true, true])
    expect([2027, 2028].map((year) => isSameYear(monthsFrom(1), changed, year))).toEqual([false, false])
    expect(isSameYear(monthsFrom(4), changed, 2028)).toBe(true)
  })

  it('takes the place of a later change, and follows an earlier one', () => {
    const once = calendarFrom(monthsFrom(1), monthsFrom(4), 2027)
    expect(calendarFrom(once, monthsFrom(7), 2027)).toEqual(calendarFrom(monthsFrom(1), monthsFrom(7), 2027))
    const twice = calendarFrom(once, monthsFrom(1), 2030)
    expect(isSameYear(once, twice, 2029)).toBe(true)
    expect(yearPeriod(twice, 2030)).toMatchObject({ from: '2030-04-01', to: '2031-01-01' })
    expect(calendarFrom(twice, monthsFrom(2), null)).toEqual(monthsFrom(2))
  })
})

describe('a calendar that cannot tile time', () => {
  it('has periods out of order, an end before them, or years that are called amiss', () => {
    expect(codes(own)).toEqual([])
    expect(codes({ ...own, years: [['2026-01-01', '2026-01-01']] })).toEqual(['years.0.1 order'])
    expect(codes({ ...own, years: [['2026-01-01'], ['2026-01-01']], end: '2025-01-01' })).toEqual([
      'years.1.0 order',
      'end order',
    ])
    expect(codes({ ...own, firstYear: 2024 })).toEqual(['years.0 year'])
  })

  it('begins with a year that is over before the year before it ends', () => {
    const short: OwnRule = { ...own, years: [['2026-01-01', '2026-03-15'], ['2026-04-01']], end: '2026-05-01' }
    expect(codes(calendarFrom(monthsFrom(7), short, 2027))).toEqual(['from swallowed'])
    expect(codes(calendarFrom(monthsFrom(1), monthsFrom(4), 2027))).toEqual([])
  })
})
