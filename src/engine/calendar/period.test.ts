import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, daysBetween, isDay, today, weekday } from './day.ts'
import { fiscalPeriods, fiscalYearOf, readPeriod } from './period.ts'

describe('fiscal periods', () => {
  it('are a year, four quarters and twelve months with keys and labels', () => {
    const periods = fiscalPeriods({ year: 2017, startMonth: 1 })
    expect(periods.map((period) => period.key).slice(0, 6)).toEqual([
      '2017',
      '2017-Q1',
      '2017-Q2',
      '2017-Q3',
      '2017-Q4',
      '2017-M01',
    ])
    expect(periods).toHaveLength(17)
    expect(periods[2]).toEqual({
      kind: 'quarter',
      key: '2017-Q2',
      year: 2017,
      number: 2,
      from: '2017-04-01',
      to: '2017-07-01',
      label: { zh: '2017年第2季度', en: 'Q2 2017' },
    })
  })

  it('follow the first month of the company, without gap or overlap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1990, max: 2100 }), fc.integer({ min: 1, max: 12 }), (year, startMonth) => {
        const periods = fiscalPeriods({ year, startMonth })
        for (const kind of ['quarter', 'month'] as const) {
          const parts = periods.filter((period) => period.kind === kind)
          expect(parts[0]?.from).toBe(periods[0]?.from)
          expect(parts.at(-1)?.to).toBe(periods[0]?.to)
          parts.slice(1).forEach((part, at) => expect(part.from).toBe(parts[at]?.to))
        }
        for (const period of periods) {
          expect(readPeriod(period.key, startMonth)).toEqual({ ok: true, period })
          expect(fiscalYearOf(period.from, startMonth)).toBe(year)
          expect(fiscalYearOf(addDays(period.to, -1), startMonth)).toBe(year)
        }
      }),
    )
  })

  it('read a calendar month as the fiscal month that begins in it', () => {
    expect(readPeriod('2017-04', 1)).toMatchObject({ period: { key: '2017-M04' } })
    expect(readPeriod('2017-04', 4)).toMatchObject({ period: { key: '2017-M01', from: '2017-04-01' } })
    expect(readPeriod('2018-02', 4)).toMatchObject({ period: { key: '2017-M11', from: '2018-02-01' } })
    expect(readPeriod('2017-M01', 4)).toMatchObject({ period: { label: { zh: '2017年4月', en: 'Apr 2017' } } })
  })

  it.each([
    ['2017-Q5', 'no-such-quarter'],
    ['2017-Q0', 'no-such-quarter'],
    ['2017-M13', 'no-such-month'],
    ['2017-13', 'no-such-month'],
    ['2017-00', 'no-such-month'],
    ['1066', 'year-out-of-range'],
    ['this year', 'not-a-period'],
    ['2017-Q2-1', 'not-a-period'],
    ['', 'not-a-period'],
  ])('refuse %j: %s', (key, reason) => {
    expect(readPeriod(key, 1)).toEqual({ ok: false, reason })
  })
})

describe('days', () => {
  it('exist or not', () => {
    expect(['2024-02-29', '2023-02-29', '2017-4-1', '2017-13-01', 'x'].map(isDay)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ])
  })

  it('are added and counted across months and leap years', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01')
    expect(addMonths('2023-01-31', 1)).toBe('2023-02-28')
    expect(daysBetween('2016-12-31', '2018-01-01')).toBe(366)
    expect(weekday('2026-11-22')).toBe(7)
  })

  it('are those of the zone', () => {
    const now = new Date('2026-11-22T17:00:00Z')
    expect(today('Asia/Shanghai', now)).toBe('2026-11-23')
    expect(today('America/New_York', now)).toBe('2026-11-22')
  })
})
