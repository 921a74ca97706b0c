import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { addDays } from './day.ts'
import { isWorkday, workCalendarOf, workdays, workdaysElapsed } from './workday.ts'

const china = { holidays: 'china' } as const
const weekdays = { holidays: 'weekdays' } as const
const zoneOfMachine = process.env['TZ']

afterEach(() => {
  if (zoneOfMachine === undefined) delete process.env['TZ']
  else process.env['TZ'] = zoneOfMachine
})

describe('working days', () => {
  it('know statutory holidays and make-up workdays of mainland China', () => {
    expect(isWorkday('2026-02-14', china)).toBe(true)
    expect(isWorkday('2026-02-17', china)).toBe(false)
    expect(isWorkday('2026-02-14', weekdays)).toBe(false)
    expect(isWorkday('2026-02-17', weekdays)).toBe(true)
    expect(workCalendarOf('Asia/Shanghai')).toEqual({ ...china, exceptions: {} })
    expect(workCalendarOf('Europe/Berlin')).toEqual({ ...weekdays, exceptions: {} })
  })

  it('are the same wherever the program runs', () => {
    process.env['TZ'] = 'America/Los_Angeles'
    expect(isWorkday('2025-10-11', china)).toBe(true)
    expect(isWorkday('2025-10-08', china)).toBe(false)
    expect(isWorkday('2025-10-09', china)).toBe(true)
  })

  it('follow the exceptions that the company sets', () => {
    const own = { ...china, exceptions: { '2026-02-17': 'work', '2026-03-02': 'rest' } } as const
    expect(isWorkday('2026-02-17', own)).toBe(true)
    expect(isWorkday('2026-03-02', own)).toBe(false)
  })

  it('elapse with today counted as worked', () => {
    expect(workdaysElapsed('2026-03-01', '2026-04-01', '2026-02-28', china)).toEqual({
      workdays: 22,
      elapsed: 0,
      share: 0,
    })
    expect(workdaysElapsed('2026-03-01', '2026-04-01', '2026-03-02', china).elapsed).toBe(1)
    expect(workdaysElapsed('2026-03-01', '2026-04-01', '2026-03-31', china).share).toBe(1)
    expect(workdaysElapsed('2026-03-01', '2026-04-01', '2027-01-01', china).share).toBe(1)
    expect(workdaysElapsed('2026-10-03', '2026-10-05', '2026-10-03', china).share).toBe(0)
    expect(workdaysElapsed('2026-10-03', '2026-10-05', '2026-10-05', china).share).toBe(1)
    expect(workdays('2026-03-01', '2026-03-01', china)).toBe(0)
  })
})

const facts = join(process.env['TERRACE_REAL_DATA'] ?? '../shared/data', 'chinese/facts.json')
if (!existsSync(facts)) console.info(`Left out: holidays against independent facts, ${facts} is absent.`)

describe.skipIf(!existsSync(facts))('working days against independent facts', () => {
  it('agree day by day for 2026', () => {
    const { holidays } = JSON.parse(readFileSync(facts, 'utf8'))
    const free = Object.keys(holidays.y2026.holidays)
    const madeUp = Object.keys(holidays.y2026.workdays)
    for (let day = '2026-01-01'; day < '2027-01-01'; day = addDays(day, 1)) {
      const expected = madeUp.includes(day) || (!free.includes(day) && isWorkday(day, weekdays))
      expect(isWorkday(day, china), day).toBe(expected)
    }
  })

  it('have as many make-up workdays in each year', () => {
    const { holidays } = JSON.parse(readFileSync(facts, 'utf8'))
    for (const year of holidays.years) {
      let madeUp = 0
      for (let day = `${year}-01-01`; day < `${Number(year) + 1}-01-01`; day = addDays(day, 1)) {
        if (isWorkday(day, china) && !isWorkday(day, weekdays)) madeUp += 1
      }
      expect(madeUp, year).toBe(holidays.by_year[year].make_up_workdays)
    }
  })
})
