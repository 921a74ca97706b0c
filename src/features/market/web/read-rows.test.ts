import { expect, it } from 'vitest'
import { readRows } from './read-rows.ts'

const today = '2026-06-15'

it('reads pasted rows, a year as a whole and a last day as included, and leaves out the heading', () => {
  const text = [
    '地区\t行业\t期间\t到\t金额\t币种\t来源\t日期\t可信度',
    '浙江\t\t2026\t\t1200万\t\t行业协会\t2026-02-01\t高',
    '\t钢铁\t2026-01-01\t2026-03-31\t5\tUSD\t统计局\t2026-06-15\tmedium',
    '',
  ].join('\n')
  const { rows, faults, hasHeading } = readRows(text, today)
  expect([hasHeading, faults]).toEqual([true, []])
  expect(rows.map(({ line, size }) => ({ line, ...size }))).toEqual([
    { line: 2, region: '浙江', industry: '', from: '2026-01-01', to: '2027-01-01', amount: '1200万', currency: '', source: '行业协会', toldOn: '2026-02-01', confidence: 'high' },
    { line: 3, region: '', industry: '钢铁', from: '2026-01-01', to: '2026-04-01', amount: '5', currency: 'USD', source: '统计局', toldOn: '2026-06-15', confidence: 'medium' },
  ]) // prettier-ignore
})

it('takes no data in the wrong order for a heading', () => {
  const { faults, hasHeading } = readRows('1000万\t江苏省\t\t2026\t高', today)
  expect([hasHeading, faults[0]?.line]).toEqual([false, 1])
})

it('drops no line without a word: each fault has its line, its column and why', () => {
  const text = [
    '浙江\t\t2026\t\t1200万\t\t行业协会\t2026-02-01\t高',
    '随便写的一行',
    '1200万\t浙江\t\t2026\t很多\t\t\t2030-01-01\t大概',
    '江苏\t\t2026-01-01\t\t5\t\t协会\t2026-02-31\t低',
  ].join('\n')
  const { rows, faults } = readRows(text, today)
  expect(rows.map(({ line }) => line)).toEqual([1])
  expect(faults.map(({ line, column, code }) => [line, column, code])).toEqual([
    [2, null, 'columns'],
    [3, 'from', 'missing'],
    [3, 'to', 'day'],
    [3, 'amount', 'amount'],
    [3, 'source', 'missing'],
    [3, 'toldOn', 'future'],
    [3, 'confidence', 'confidence'],
    [4, 'to', 'missing'],
    [4, 'toldOn', 'day'],
  ])
})
