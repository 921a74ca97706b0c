import { expect, it } from 'vitest'
import { headsOf } from './heads.ts'

it('counts newcomers by their ramp, and goes on with those who are there', () => {
  const found = headsOf([['甲'], ['甲', '乙'], ['甲', '乙', '丙']], 2, [0.3, 0.6])
  expect(found.behind.map((heads) => Number(heads.toFixed(1)))).toEqual([1, 1.3, 1.9])
  expect(found.ahead.map((heads) => Number(heads.toFixed(1)))).toEqual([2.6, 3])
})
