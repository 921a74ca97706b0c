import { describe, expect, it } from 'vitest'
import type { ScreenField, ScreenObject } from '#features/objects/web/index.tsx'
import { filterOfGroup, wholeFilter } from './whole-filter.ts'

const label = { zh: '字段', en: 'Field' }
const field = (key: string, type: string): ScreenField => ({ key, type, label })
const order: ScreenObject = {
  key: 'order',
  label,
  labelOfMany: label,
  title: 'code',
  fields: [field('code', 'text'), field('ownerId', 'owner')],
  defaultSort: [],
  can: { read: true, create: true, update: true, delete: true, transfer: true, import: true, export: true },
}

describe('the filter of a page', () => {
  it('keeps to the org node of the header, a unit or one person', () => {
    const whole = (node: string | undefined) => wholeFilter({ filter: undefined, search: ' ', node }, order)
    expect(whole(undefined)).toBeUndefined()
    expect(whole('u1')).toEqual({ field: 'ownerId', op: 'within', value: { unit: 'u1' } })
    expect(whole('u1.p1')).toEqual({ field: 'ownerId', op: 'eq', value: 'p1' })
  })

  it('joins the view, the words searched and the node', () => {
    const filter = { or: [] }
    expect(wholeFilter({ filter, search: 'A-1', node: undefined }, order)).toEqual({
      and: [filter, { field: 'code', op: 'contains', value: 'A-1' }],
    })
  })
})

describe('the records of a group', () => {
  it('are those with its value, without one, or within its days', () => {
    expect(filterOfGroup(field('kind', 'choice'), { value: 'a' })).toEqual({ field: 'kind', op: 'eq', value: 'a' })
    expect(filterOfGroup(field('isDone', 'yes_no'), { value: 'false' })).toMatchObject({ value: false })
    expect(filterOfGroup(field('kind', 'choice'), { value: null })).toEqual({ field: 'kind', op: 'empty' })
    expect(filterOfGroup(field('on', 'date'), { value: '2026-01-01', to: '2026-04-01' })).toEqual({
      and: [
        { field: 'on', op: 'ge', value: '2026-01-01' },
        { field: 'on', op: 'lt', value: '2026-04-01' },
      ],
    })
  })
})
