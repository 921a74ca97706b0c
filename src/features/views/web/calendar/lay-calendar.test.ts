import { describe, expect, it } from 'vitest'
import { beside, daysShown } from './lay-calendar.ts'

const ends = (days: readonly string[]) => [days.length, days[0], days.at(-1)]

describe('a calendar', () => {
  it('shows whole weeks from Monday around its month', () => {
    expect(ends(daysShown('2026-03-05', 'month'))).toEqual([42, '2026-02-23', '2026-04-05'])
    expect(ends(daysShown('2027-02-10', 'month'))).toEqual([28, '2027-02-01', '2027-02-28'])
    expect(ends(daysShown('2026-11-30', 'month'))).toEqual([42, '2026-10-26', '2026-12-06'])
  })

  it('shows the week around a day', () => {
    expect(ends(daysShown('2026-03-01', 'week'))).toEqual([7, '2026-02-23', '2026-03-01'])
  })

  it('goes on by months and weeks, whatever their length', () => {
    expect([beside('2026-01-31', 'month', 1), beside('2026-03-31', 'month', -1)]).toEqual(['2026-02-01', '2026-02-01'])
    expect(beside('2026-03-05', 'week', -1)).toBe('2026-02-26')
  })
})
