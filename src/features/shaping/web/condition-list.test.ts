import { expect, it } from 'vitest'
import type { Condition } from '#engine/query/filter.ts'
import { filterOf, listOf } from './condition-list.ts'

const big: Condition = { field: 'amount', op: 'ge', value: '100' }
const named: Condition = { field: 'name', op: 'notEmpty' }

it('reads lists of conditions and writes them as they were', () => {
  for (const filter of [undefined, big, { and: [big, named] }, { or: [big, named] }]) {
    const list = listOf(filter)
    expect(list && filterOf(list)).toEqual(filter)
  }
})

it('leaves alone what is more than a list', () => {
  expect(listOf({ not: big })).toBeUndefined()
  expect(listOf({ and: [big, { or: [named] }] })).toBeUndefined()
  expect(listOf({ children: 'deal', via: 'account', aggregate: 'count', op: 'gt', value: 1 })).toBeUndefined()
})
