import { describe, expect, it } from 'vitest'
import { raised, readRelative } from './relative-entry.ts'

const quarter = (number: number, year: number | null = null) => ({ year, kind: 'quarter', number })
const month = (number: number, year: number | null = null) => ({ year, kind: 'month', number })

describe('an entry relative to a result', () => {
  it.each([
    ['+20%', { percent: '20', base: null }],
    ['-5.5 %', { percent: '-5.5', base: null }],
    ['＋8％', { percent: '8', base: null }],
    ['+20% Q3', { percent: '20', base: quarter(3) }],
    ['+20% on last Q3', { percent: '20', base: quarter(3) }],
    ['2025-Q3 +20%', { percent: '20', base: quarter(3, 2025) }],
    ['去年三季度 +20%', { percent: '20', base: quarter(3) }],
    ['比去年第3季度+20%', { percent: '20', base: quarter(3) }],
    ['2025年四季度 -10%', { percent: '-10', base: quarter(4, 2025) }],
    ['去年3月 +8%', { percent: '8', base: month(3) }],
    ['2025年12月 +8%', { percent: '8', base: month(12, 2025) }],
    ['2025-M04 +8%', { percent: '8', base: { year: 2025, kind: 'leaf', number: 4 } }],
    ['+8% 去年同期', { percent: '8', base: null }],
    ['+8% on last year', { percent: '8', base: null }],
  ])('is read from “%s”', (text, read) => {
    expect(readRelative(text)).toEqual(read)
  })

  it.each(['1200', '20%', '+20', '+20% of the team', '1200万', '', '+20% 13月', '+20% M00'])('is not “%s”', (text) => {
    expect(readRelative(text)).toBeNull()
  })

  it('raises a result by the percent, rounded half up, never below zero', () => {
    expect([raised(1000n, '20'), raised(1005n, '0.5'), raised(999n, '-5.5'), raised(5n, '10')]).toEqual([
      1200n,
      1010n,
      944n,
      6n,
    ])
    expect(raised(1000n, '-100')).toBe(0n)
    expect(raised(1000n, '-250')).toBe(0n)
  })
})
