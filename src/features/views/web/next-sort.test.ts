import { expect, it } from 'vitest'
import { nextSort } from './next-sort.ts'

it('turns a head from ascending over descending to none, with shift beside the others', () => {
  const once = nextSort([], 'amount', false)
  const twice = nextSort(once, 'amount', false)
  expect([once, twice, nextSort(twice, 'amount', false)]).toEqual([
    [{ field: 'amount', descending: false }],
    [{ field: 'amount', descending: true }],
    [],
  ])
  expect(nextSort(once, 'code', true)).toHaveLength(2)
  expect(nextSort(once, 'code', false)).toHaveLength(1)
})
