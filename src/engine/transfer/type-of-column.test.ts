import { expect, it } from 'vitest'
import { typeOfColumn } from './type-of-column.ts'

it.each([
  [['1,200', '', '3.5万'], 'number'],
  [['2026-03-01', '2026年3月2日'], 'date'],
  [['是', '否', ''], 'yes_no'],
  [['007', '012'], 'text'],
  [['13800138000'], 'text'],
  [['重要客户', '1'], 'text'],
  [['一\n二'], 'long_text'],
  [['', ''], 'text'],
])('a column of %j is made of %s', (cells, type) => {
  expect(typeOfColumn(cells)).toBe(type)
})
