import { expect, it } from 'vitest'
import { periodsAsText, readPeriods } from './own-periods.ts'

it('reads a pasted list of periods, a line for every year, however its days are written', () => {
  const { years, unread } = readPeriods('2026-01-01\t2026/4/5，2026年7月1日\n\n2027-01-01; 2027.6.30 end 2027-02-30\n')
  expect(years).toEqual([
    ['2026-01-01', '2026-04-05', '2026-07-01'],
    ['2027-01-01', '2027-06-30'],
  ])
  expect(unread).toEqual(['end', '2027-02-30'])
})

it('writes it as it is read', () => {
  const years = [['2026-01-01', '2026-05-01'], ['2027-01-01']]
  const text = periodsAsText({ kind: 'own', firstYear: 2026, years, end: '2028-01-01', perQuarter: null })
  expect(readPeriods(text)).toEqual({ years, unread: [] })
})
