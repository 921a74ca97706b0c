import { describe, expect, it } from 'vitest'
import { monthsFrom } from '#engine/calendar/fiscal-calendar.ts'
import { workCalendarOf } from '#engine/calendar/workday.ts'
import { filterSchema, type Relative } from './filter.ts'
import { daysOf } from './relative.ts'

const when = { today: '2026-05-20', calendar: monthsFrom(4), workCalendar: workCalendarOf('Asia/Shanghai') }
const span = (relative: Relative, today = when.today, zone = 'Asia/Shanghai') => {
  const { from, to } = daysOf(relative, { ...when, today, workCalendar: workCalendarOf(zone) })
  return `${from ?? ''}/${to ?? ''}`
}

describe('a span of days as of today', () => {
  it('of the past ends with today and counts the unit under way', () => {
    expect(span({ past: 1, unit: 'day' })).toBe('2026-05-20/2026-05-21')
    expect(span({ past: 30, unit: 'day' })).toBe('2026-04-21/2026-05-21')
    expect(span({ past: 1, unit: 'week' })).toBe('2026-05-18/2026-05-21')
    expect(span({ past: 2, unit: 'week' })).toBe('2026-05-11/2026-05-21')
    expect(span({ past: 3, unit: 'month' })).toBe('2026-03-01/2026-05-21')
  })

  it('of the future begins with today', () => {
    expect(span({ next: 7, unit: 'day' })).toBe('2026-05-20/2026-05-27')
    expect(span({ next: 2, unit: 'week' })).toBe('2026-05-20/2026-06-01')
    expect(span({ next: 2, unit: 'month' })).toBe('2026-05-20/2026-07-01')
  })

  it('counts quarters and years of the fiscal calendar', () => {
    expect(span({ next: 2, unit: 'quarter' })).toBe('2026-05-20/2026-10-01')
    expect(span({ past: 2, unit: 'quarter' })).toBe('2026-01-01/2026-05-21')
    expect(span({ past: 2, unit: 'year' })).toBe('2025-04-01/2026-05-21')
    expect(span({ next: 1, unit: 'year' })).toBe('2026-05-20/2027-04-01')
    expect(span({ past: 1, unit: 'year' }, '2026-02-10')).toBe('2025-04-01/2026-02-11')
  })

  it('counts the working days of China, with days off and make-up days', () => {
    // 2025: off from 1 to 8 October; people worked on Sunday 28 September and Saturday 11 October.
    expect(span({ past: 3, unit: 'workday' }, '2025-10-13')).toBe('2025-10-10/2025-10-14')
    expect(span({ past: 1, unit: 'workday' }, '2025-10-05')).toBe('2025-09-30/2025-10-06')
    expect(span({ next: 3, unit: 'workday' }, '2025-09-26')).toBe('2025-09-26/2025-09-30')
    expect(span({ next: 1, unit: 'workday' }, '2025-10-05')).toBe('2025-10-05/2025-10-10')
    expect(span({ past: 3, unit: 'workday' }, '2025-10-13', 'Europe/Oslo')).toBe('2025-10-09/2025-10-14')
  })

  it('of more than so long ago ends before the day that lies so far back', () => {
    expect(span({ before: 30, unit: 'day' })).toBe('/2026-04-20')
    expect(span({ before: 2, unit: 'week' })).toBe('/2026-05-06')
    expect(span({ before: 3, unit: 'month' }, '2026-05-31')).toBe('/2026-02-28')
    expect(span({ before: 1, unit: 'quarter' })).toBe('/2026-02-20')
    expect(span({ before: 2, unit: 'workday' }, '2025-10-13')).toBe('/2025-10-10')
    expect(span({ before: 0, unit: 'day' })).toBe('/2026-05-20')
  })

  it('of more than so long from now begins after the day that lies so far ahead', () => {
    expect(span({ after: 7, unit: 'day' })).toBe('2026-05-28/')
    expect(span({ after: 1, unit: 'year' })).toBe('2027-05-21/')
    expect(span({ after: 0, unit: 'day' })).toBe('2026-05-21/')
    expect(span({ after: 2, unit: 'workday' }, '2025-09-26')).toBe('2025-09-30/')
  })

  it('has a name where people have one', () => {
    expect(span('this_quarter')).toBe('2026-04-01/2026-07-01')
    expect(span('last_year')).toBe('2025-04-01/2026-04-01')
    expect(span('next_week')).toBe('2026-05-25/2026-06-01')
    expect(span('yesterday')).toBe('2026-05-19/2026-05-20')
  })
})

describe('a span that no calendar holds', () => {
  const isRead = (relative: unknown) =>
    filterSchema.safeParse({ field: 'closedOn', op: 'within', value: { relative } }).success

  it.each([
    [{ past: 0, unit: 'day' }],
    [{ past: 1.5, unit: 'day' }],
    [{ past: 101, unit: 'year' }],
    [{ next: 1, unit: 'decade' }],
    [{ past: 1, next: 1, unit: 'day' }],
    [{ past: 1 }],
  ])('such as %j is refused', (relative) => {
    expect(isRead(relative)).toBe(false)
  })

  it('is no longer than a century', () => {
    expect(isRead({ past: 100, unit: 'year' })).toBe(true)
    expect(span({ before: 100, unit: 'year' })).toBe('/1926-05-20')
    expect(span({ past: 36_500, unit: 'day' })).toBe('1926-06-15/2026-05-21')
  })
})
