import { describe, expect, it } from 'vitest'
import {
  dayBefore,
  dayText,
  daysBetween,
  localToday,
  momentText,
  nearDayText,
  plainMoment,
  tellTimeOf,
} from './date-text.ts'

describe('dates for people', () => {
  it('writes the day with its weekday', () => {
    expect(dayText('2026-03-05', 'zh', '2026-01-01')).toBe('3月5日 周四')
    expect(dayText('2026-03-05', 'en', '2026-01-01')).toBe('Thu 5 Mar')
  })
  it('adds the year when it is another one', () => {
    expect(dayText('2017-12-31', 'zh', '2026-01-01')).toBe('2017年12月31日 周日')
  })
  it('names near days, and only those', () => {
    expect(nearDayText('2026-03-06', 'zh', '2026-03-05')).toBe('明天')
    expect(nearDayText('2026-03-08', 'zh', '2026-03-05')).toBe('3月8日 周日')
  })
  it('counts days over the end of winter time', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
  })
  it('ends a period on the day before the next one', () => {
    expect(dayBefore('2028-03-01')).toBe('2028-02-29')
  })
  it('writes a moment short and whole in dense tables', () => {
    expect(plainMoment(new Date(2026, 2, 5, 9, 7).toISOString())).toBe('2026-03-05 09:07')
    expect(plainMoment('someday')).toBe('—')
    expect(momentText(null, 'zh')).toBe('—')
  })
  it('tells moments by the clocks of the company, wherever the browser is', () => {
    const late = '2026-03-05T17:30:00.000Z'
    tellTimeOf('Asia/Shanghai')
    expect([plainMoment(late), localToday(new Date(late))]).toEqual(['2026-03-06 01:30', '2026-03-06'])
    tellTimeOf('America/New_York')
    expect(plainMoment(late)).toBe('2026-03-05 12:30')
    tellTimeOf(Intl.DateTimeFormat().resolvedOptions().timeZone)
  })
  it('says a dash for what is no date', () => {
    expect(dayText('someday', 'zh')).toBe('—')
    expect(dayText(null, 'en')).toBe('—')
  })
})
