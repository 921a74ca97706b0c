import { describe, expect, it } from 'vitest'
import { periodOf } from '#engine/calendar/period.ts'
import { readAddress, writeAddress } from './address.ts'
import { periodAround, periodBeside } from './who-and-when.ts'

describe('who and when', () => {
  it('finds the fiscal quarter around a day', () => {
    expect(periodAround('2026-11-23', 'quarter', 1).key).toBe('2026-Q4')
    expect(periodAround('2026-02-10', 'quarter', 4).key).toBe('2025-Q4')
  })
  it('steps over the end of a year', () => {
    const last = periodOf({ kind: 'quarter', year: 2026, number: 4 }, 1)
    expect(periodBeside(last, 1, 1).key).toBe('2027-Q1')
    expect(periodBeside(periodOf({ kind: 'month', year: 2026, number: 1 }, 1), -1, 1).key).toBe('2025-M12')
    expect(periodBeside(periodOf({ kind: 'year', year: 2026, number: 1 }, 1), -1, 1).key).toBe('2025')
  })
  it('keeps addresses readable and free of guesses', () => {
    expect(writeAddress({ period: '2017', record: 'order:1', sort: 'a,-b', empty: '' })).toBe(
      '?period=2017&record=order:1&sort=a,-b',
    )
    expect(readAddress('?period=2017&node=x')).toEqual({ period: '2017', node: 'x' })
  })
})
