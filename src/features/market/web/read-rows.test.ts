import { expect, it } from 'vitest'
import { readRows } from './read-rows.ts'

it('reads pasted rows, a year as a whole and a last day as included, and leaves out the heading', () => {
  const text = [
    '地区\t行业\t期间\t到\t金额\t币种\t来源\t日期\t可信度',
    '浙江\t\t2026\t\t1200万\t\t行业协会\t2026-02-01\t高',
    '\t钢铁\t2026-01-01\t2026-03-31\t5\tUSD\t\t\t',
    '',
  ].join('\n')
  expect(readRows(text, '2026-06-15')).toEqual([
    { region: '浙江', industry: '', from: '2026-01-01', to: '2027-01-01', amount: '1200万', currency: '', source: '行业协会', toldOn: '2026-02-01', confidence: 'high' },
    { region: '', industry: '钢铁', from: '2026-01-01', to: '2026-04-01', amount: '5', currency: 'USD', source: '-', toldOn: '2026-06-15', confidence: 'medium' },
  ]) // prettier-ignore
})
