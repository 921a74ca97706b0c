import fc from 'fast-check'
import { calendarFrom } from './change-calendar.ts'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, daysBetween, isDay, today, weekday } from './day.ts'
import { fiscalCalendarShape, monthsFrom } from './fiscal-calendar.ts'
import type { FiscalCalendar, FiscalRule, OwnRule, WeekRule } from './fiscal-calendar.ts'
import {
  fiscalMonths,
  fiscalPeriods,
  fiscalQuarters,
  fiscalYearOf,
  labelInYear,
  periodAround,
  periodBeside,
  readPeriod,
  yearPeriod,
} from './period.ts'

/** The calendar of the National Retail Federation of the United States. */
const retail: WeekRule = { kind: 'weeks', pattern: '4-5-4', weekday: 7, month: 2, day: 1 }

/** Quota windows of no even length. */
const windows: OwnRule = {
  kind: 'own',
  firstYear: 2011,
  years: [
    ['2011-05-31', '2011-08-31', '2011-12-01', '2012-02-29'],
    ['2012-05-30', '2012-08-30', '2012-11-30'],
  ],
  end: '2013-02-28',
  perQuarter: null,
}

describe('fiscal periods', () => {
  it('are a year, four quarters and twelve months with keys and labels', () => {
    const periods = fiscalPeriods(monthsFrom(1), 2017)
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

  it('of weeks begin on the weekday nearest to a day and end with a 53rd week now and then', () => {
    const years = [2012, 2016, 2017, 2018, 2023, 2024].map((year) => {
      const { from, to } = yearPeriod(retail, year)
      return [from, addDays(to, -1), daysBetween(from, to) / 7]
    })
    expect(years).toEqual([
      ['2012-01-29', '2013-02-02', 53],
      ['2016-01-31', '2017-01-28', 52],
      ['2017-01-29', '2018-02-03', 53],
      ['2018-02-04', '2019-02-02', 52],
      ['2023-01-29', '2024-02-03', 53],
      ['2024-02-04', '2025-02-01', 52],
    ])
    const weeks = (year: number) => fiscalMonths(retail, year).map(({ from, to }) => daysBetween(from, to) / 7)
    expect(weeks(2024)).toEqual([4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 4])
    expect(weeks(2023)).toEqual([4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 5])
    expect(fiscalQuarters(retail, 2024).map(({ from }) => from)).toEqual([
      '2024-02-04',
      '2024-05-05',
      '2024-08-04',
      '2024-11-03',
    ])
    expect(fiscalMonths(retail, 2024)[1]).toMatchObject({
      key: '2024-M02',
      label: { zh: '2024年第2期', en: 'Period 2 2024' },
    })
  })

  it('of a list are as the company wrote them, and months from its edges beyond it', () => {
    expect(fiscalPeriods(windows, 2012).map(({ key, from, to }) => [key, from, to])).toEqual([
      ['2012', '2012-05-30', '2013-02-28'],
      ['2012-M01', '2012-05-30', '2012-08-30'],
      ['2012-M02', '2012-08-30', '2012-11-30'],
      ['2012-M03', '2012-11-30', '2013-02-28'],
    ])
    expect(fiscalMonths(windows, 2011).at(-1)?.to).toBe('2012-05-30')
    expect(
      fiscalMonths(windows, 2013)
        .map(({ from }) => from)
        .slice(0, 3),
    ).toEqual(['2013-02-28', '2013-03-28', '2013-04-28'])
    expect(
      fiscalMonths(windows, 2010)
        .map(({ from }) => from)
        .slice(0, 3),
    ).toEqual(['2010-05-31', '2010-06-30', '2010-07-31'])
  })

  it('of a list are gathered in quarters as it says, where they divide', () => {
    const byTwo = { ...windows, perQuarter: 2 }
    expect(fiscalQuarters(byTwo, 2011).map(({ key, from, to }) => [key, from, to])).toEqual([
      ['2011-Q1', '2011-05-31', '2011-12-01'],
      ['2011-Q2', '2011-12-01', '2012-05-30'],
    ])
    expect(fiscalQuarters(byTwo, 2012)).toEqual([])
  })

  it('of a changed calendar stay as they were before the change, and leave no day out', () => {
    const later = (from: number, rule: FiscalRule): FiscalCalendar => ({
      kind: 'changed',
      first: monthsFrom(1),
      later: [{ from, rule }],
    })
    const aprilNext = later(2027, monthsFrom(4))
    expect(fiscalPeriods(aprilNext, 2026)).toEqual(fiscalPeriods(monthsFrom(1), 2026))
    expect(yearPeriod(aprilNext, 2027)).toMatchObject({ from: '2027-01-01', to: '2028-04-01' })
    expect(fiscalMonths(aprilNext, 2027)).toHaveLength(15)
    expect(
      fiscalQuarters(aprilNext, 2027)
        .map(({ key }) => key)
        .at(-1),
    ).toBe('2027-Q5')
    expect(fiscalPeriods(aprilNext, 2028)).toEqual(fiscalPeriods(monthsFrom(4), 2028))

    const toWeeks = later(2024, { ...retail, month: 1, day: 1, weekday: 1 })
    expect(
      fiscalMonths(toWeeks, 2024)
        .map(({ from }) => from)
        .slice(0, 2),
    ).toEqual(['2024-01-01', '2024-01-29'])
    const earlier: FiscalCalendar = {
      kind: 'changed',
      first: monthsFrom(7),
      later: [{ from: 2027, rule: monthsFrom(1) }],
    }
    expect(yearPeriod(earlier, 2027)).toMatchObject({ from: '2027-07-01', to: '2028-01-01' })
    expect(fiscalMonths(earlier, 2027)).toHaveLength(6)
  })

  it('take days that make no quarter of their own into the first period, so that no number moves', () => {
    const first = (year: number, rule: FiscalRule) => {
      const calendar = calendarFrom(monthsFrom(1), rule, year)
      const [{ from, to } = { from: '', to: '' }, second] = fiscalMonths(calendar, year)
      return [from, to, second?.label.zh, fiscalMonths(calendar, year).length, fiscalQuarters(calendar, year).length]
    }
    const weeks = { ...retail, month: 1, day: 1, weekday: 1 }
    expect(first(2028, weeks)).toEqual(['2028-01-01', '2028-01-31', '2028年第2期', 12, 4])
    expect(first(2028, monthsFrom(2))).toEqual(['2028-01-01', '2028-03-01', '2028年第2期', 12, 4])
    expect(first(2028, { ...weeks, month: 5 })).toEqual(['2028-01-01', '2028-03-01', '2028年第2期', 15, 5])
    const listed = {
      ...windows,
      firstYear: 2028,
      years: [['2028-02-01', '2028-05-01', '2028-06-01']],
      end: '2029-02-01',
    }
    expect(first(2028, listed)).toEqual(['2028-01-01', '2028-05-01', '2028年第2期', 3, 0])
    const [own] = fiscalMonths(calendarFrom(monthsFrom(1), listed, 2028), 2028)
    expect(own?.label.zh).toBe('2028年第1期')
    expect(fiscalMonths(calendarFrom(monthsFrom(1), listed, 2028), 2028).map((one) => labelInYear(one).zh)).toEqual([
      '第1期',
      '第2期',
      '第3期',
    ])
  })

  it('read a calendar month as the fiscal period that is that month', () => {
    const read = (key: string, start: number) => readPeriod(key, monthsFrom(start))
    expect(read('2017-04', 1)).toMatchObject({ period: { key: '2017-M04' } })
    expect(read('2017-04', 4)).toMatchObject({ period: { key: '2017-M01', from: '2017-04-01' } })
    expect(read('2018-02', 4)).toMatchObject({ period: { key: '2017-M11', from: '2018-02-01' } })
    expect(read('2017-M01', 4)).toMatchObject({ period: { label: { zh: '2017年4月', en: 'Apr 2017' } } })
    expect(readPeriod('2024-03', retail)).toEqual({ ok: false, reason: 'no-such-month' })
  })

  it('are short beside their year', () => {
    const short = (calendar: FiscalCalendar, key: string) => {
      const read = readPeriod(key, calendar)
      return read.ok ? labelInYear(read.period) : undefined
    }
    expect(short(monthsFrom(4), '2017-M01')).toEqual({ zh: '4月', en: 'Apr' })
    expect(short(monthsFrom(4), '2017-Q2')).toEqual({ zh: '第二季度', en: 'Q2' })
    expect(short(windows, '2011-M02')).toEqual({ zh: '第2期', en: 'P2' })
  })

  it.each([
    ['2017-Q5', 'no-such-quarter'],
    ['2017-Q0', 'no-such-quarter'],
    ['2017-M13', 'no-such-month'],
    ['2017-M00', 'no-such-month'],
    ['2017-13', 'no-such-month'],
    ['2017-00', 'no-such-month'],
    ['1066', 'year-out-of-range'],
    ['this year', 'not-a-period'],
    ['2017-Q2-1', 'not-a-period'],
    ['', 'not-a-period'],
  ])('refuse %j: %s', (key, reason) => {
    expect(readPeriod(key, monthsFrom(1))).toEqual({ ok: false, reason })
  })

  it('refuse what a calendar does not have', () => {
    expect(readPeriod('2012-Q1', windows)).toEqual({ ok: false, reason: 'no-such-quarter' })
    expect(readPeriod('2012-M04', windows)).toEqual({ ok: false, reason: 'no-such-month' })
  })

  it('lie around a day and beside each other, over the end of years of any length', () => {
    expect(periodAround('2026-11-23', 'quarter', monthsFrom(1)).key).toBe('2026-Q4')
    expect(periodAround('2026-02-10', 'quarter', monthsFrom(4)).key).toBe('2025-Q4')
    expect(periodAround('2012-09-01', 'quarter', windows).key).toBe('2012-M02')
    const beside = (calendar: FiscalCalendar, day: string, steps: number) =>
      periodBeside(periodAround(day, 'month', calendar), steps, calendar).key
    expect(beside(windows, '2012-06-01', -1)).toBe('2011-M04')
    expect(beside(windows, '2012-06-01', -5)).toBe('2010-M12')
    expect(beside(windows, '2012-06-01', 3)).toBe('2013-M01')
    expect(beside(monthsFrom(1), '2026-01-05', -25)).toBe('2023-M12')
  })
})

const rule: fc.Arbitrary<FiscalRule> = fc.oneof(
  fc.integer({ min: 1, max: 12 }).map(monthsFrom),
  fc.record({
    kind: fc.constant('weeks' as const),
    pattern: fc.constantFrom('4-4-5' as const, '4-5-4' as const, '5-4-4' as const),
    weekday: fc.integer({ min: 1, max: 7 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 31 }),
  }),
  fc
    .record({
      year: fc.integer({ min: 2000, max: 2030 }),
      day: fc.integer({ min: 0, max: 364 }),
      lengths: fc.array(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 20 }), {
        minLength: 1,
        maxLength: 3,
      }),
      perQuarter: fc.option(fc.integer({ min: 1, max: 6 })),
    })
    .map(({ year, day, lengths, perQuarter }) => {
      let next = addDays(`${year}-01-01`, day)
      const years = lengths.map((days) =>
        days.map((length) => {
          const from = next
          next = addDays(next, length)
          return from
        }),
      )
      return { kind: 'own' as const, firstYear: year, years, end: next, perQuarter }
    }),
)

const calendar: fc.Arbitrary<FiscalCalendar> = fc.oneof(
  rule,
  fc
    .record({ first: rule, from: fc.integer({ min: 2001, max: 2030 }), rule })
    .map(({ first, from, rule: next }) => ({ kind: 'changed' as const, first, later: [{ from, rule: next }] }))
    .filter((changed) => {
      const year = yearPeriod(changed, changed.later[0]?.from ?? 0)
      return year.from < year.to
    }),
)

describe('every fiscal calendar', () => {
  it('is tiled by years, its years by periods and quarters, and each day lies in one period of a kind', () => {
    fc.assert(
      fc.property(calendar, fc.integer({ min: 1995, max: 2040 }), (any, year) => {
        expect(fiscalCalendarShape.safeParse(any).success).toBe(true)
        const whole = yearPeriod(any, year)
        expect(yearPeriod(any, year + 1).from).toBe(whole.to)
        for (const parts of [fiscalMonths(any, year), fiscalQuarters(any, year)]) {
          if (parts.length === 0) continue
          expect(parts[0]?.from).toBe(whole.from)
          expect(parts.at(-1)?.to).toBe(whole.to)
          parts.slice(1).forEach((part, at) => expect(part.from).toBe(parts[at]?.to))
          parts.forEach((part) => expect(part.from < part.to).toBe(true))
        }
        expect(fiscalMonths(any, year).length).toBeGreaterThan(0)
        for (const period of fiscalPeriods(any, year)) {
          expect(readPeriod(period.key, any)).toEqual({ ok: true, period })
          for (const day of [period.from, addDays(period.to, -1)]) {
            expect(fiscalYearOf(day, any)).toBe(year)
            expect(periodAround(day, period.kind, any)).toEqual(period)
          }
        }
      }),
    )
  })

  it('steps from period to period and back', () => {
    fc.assert(
      fc.property(
        calendar,
        fc.integer({ min: 0, max: 5000 }),
        fc.integer({ min: -60, max: 60 }),
        (any, days, steps) => {
          for (const kind of ['year', 'month'] as const) {
            const period = periodAround(addDays('2010-01-01', days), kind, any)
            expect(periodBeside(periodBeside(period, steps, any), -steps, any)).toEqual(period)
            expect(periodBeside(period, 1, any).from).toBe(period.to)
          }
        },
      ),
    )
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
