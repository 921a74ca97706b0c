import { describe, expect, it } from 'vitest'
import { filterOf, nextSort, readListState, writeConditions, writeSort } from './list-address.ts'
import type { ScreenObject } from './use-objects.ts'

const label = { zh: '字段', en: 'Field' }
const order: ScreenObject = {
  key: 'order',
  label,
  labelOfMany: label,
  title: 'code',
  fields: [
    { key: 'code', type: 'text', label, inList: true },
    { key: 'amount', type: 'money', label, inList: true },
    { key: 'note', type: 'long_text', label },
    { key: 'ownerId', type: 'owner', label },
  ],
  defaultSort: [],
  can: { read: true, create: true, update: true, delete: true, import: true, export: true },
}

describe('the address of a list', () => {
  it('brings back what it wrote', () => {
    const conditions = [{ field: 'amount', op: 'ge' as const, value: '1000' }]
    const sort = [
      { field: 'amount', descending: true },
      { field: 'code', descending: false },
    ]
    const state = readListState(
      { filter: writeConditions(conditions), sort: writeSort(sort), cols: 'note,code', q: 'A' },
      order,
    )
    expect(state.conditions).toEqual(conditions)
    expect(state.sort).toEqual(sort)
    expect(state.columns.map((field) => field.key)).toEqual(['note', 'code'])
    expect(state.search).toBe('A')
  })

  it('leaves out what the object does not have, and what is no filter', () => {
    const state = readListState(
      { filter: '[{"field":"gone","op":"eq","value":1}]', sort: 'gone,-code', cols: 'gone' },
      order,
    )
    expect(state.conditions).toEqual([])
    expect(state.sort).toEqual([{ field: 'code', descending: true }])
    expect(state.columns.map((field) => field.key)).toEqual(['code', 'amount'])
    expect(readListState({ filter: '{{' }, order).conditions).toEqual([])
  })

  it('turns a header from ascending over descending to none, with shift beside the others', () => {
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

  it('keeps to the org node of the header, a unit or one person', () => {
    const state = readListState({}, order)
    expect(filterOf(state, order, undefined)).toBeUndefined()
    expect(filterOf(state, order, 'u1')).toEqual({ field: 'ownerId', op: 'within', value: { unit: 'u1' } })
    expect(filterOf(state, order, 'u1.p1')).toEqual({ field: 'ownerId', op: 'eq', value: 'p1' })
  })
})
