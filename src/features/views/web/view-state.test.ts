import { describe, expect, it } from 'vitest'
import type { ScreenObject } from '#features/objects/web/index.tsx'
import type { ViewDefinition } from '../contract.ts'
import { isChanged, readState, withoutChanges, writeChange, type ViewState } from './view-state.ts'

const label = { zh: '字段', en: 'Field' }
const order: ScreenObject = {
  key: 'order',
  label,
  labelOfMany: label,
  title: 'code',
  fields: [
    { key: 'code', type: 'text', label, inList: true },
    { key: 'amount', type: 'money', label, inList: true },
    { key: 'orderedOn', type: 'date', label },
    { key: 'status', type: 'choice', label },
  ],
  defaultSort: [],
  can: { read: true, create: true, update: true, delete: true, transfer: true, import: true, export: true },
}
const usual: ViewState = { kind: 'list', definition: {} }
const full: Required<ViewDefinition> = {
  filter: {
    or: [
      { field: 'amount', op: 'ge', value: '5' },
      { field: 'status', op: 'empty' },
    ],
  },
  sort: [
    { field: 'amount', descending: true },
    { field: 'code', descending: false },
  ],
  columns: [{ field: 'code', width: 240, pinned: true }, { field: 'amount' }, { field: 'status', pinned: true }],
  group: [{ field: 'status' }, { field: 'orderedOn', by: 'quarter' }],
  density: 'compact',
  summary: [{ field: 'amount', aggregate: 'avg' }],
  kanban: { by: 'status', sum: 'amount' },
  calendar: { by: 'orderedOn', span: 'week' },
  timeline: { from: 'orderedOn', to: 'orderedOn', scale: 'month' },
  map: { by: 'code' },
}

describe('a view changed by the address', () => {
  it('brings back everything that was written', () => {
    const address = writeChange(full, {})
    expect(readState(address, usual, order).definition).toEqual(full)
    expect(readState({ ...address, as: 'map' }, usual, order).kind).toBe('map')
    expect(isChanged(address)).toBe(true)
    expect(isChanged({ ...address, ...withoutChanges, q: 'x', node: 'n' })).toBe(false)
  })

  it('is put in order by the last change and not by when records were made, which gathers and filters all the same', () => {
    const at = { sort: '-updatedAt,createdAt,-amount', group: 'createdAt:month', filter: '{"field":"createdAt","op":"empty"}' } // prettier-ignore
    const { definition } = readState(at, usual, order)
    expect(definition.sort?.map(({ field }) => field)).toEqual(['updatedAt', 'amount'])
    expect(definition.group).toEqual([{ field: 'createdAt', by: 'month' }])
    expect(JSON.stringify(definition.filter)).toContain('createdAt')
  })

  it('is unchanged where it says what the view says', () => {
    expect(Object.values(writeChange(full, full)).filter((text) => text !== undefined)).toEqual([])
  })

  it('can have nothing of what the view has', () => {
    const base = { kind: 'list', definition: full } as const
    const address = writeChange({ filter: undefined, sort: [], group: [] }, full)
    expect(address).toEqual({ filter: '-', sort: '-', group: '-' })
    const { definition } = readState(address, base, order)
    expect([definition.filter, definition.sort, definition.group]).toEqual([undefined, undefined, undefined])
    expect(definition.columns).toEqual(full.columns)
  })

  it('leaves out what the object does not have, and what is no filter', () => {
    const address = {
      filter: '[{"field":"gone","op":"eq","value":1}]',
      sort: 'gone,-code',
      cols: 'gone',
      board: 'gone',
    }
    expect(readState(address, usual, order).definition).toEqual({ sort: [{ field: 'code', descending: true }] })
    expect(readState({ filter: '{{' }, usual, order).definition.filter).toBeUndefined()
  })

  it('understands lists of conditions, as links from elsewhere write them', () => {
    const condition = { field: 'amount', op: 'ge', value: '1000' } as const
    expect(readState({ filter: JSON.stringify([condition]) }, usual, order).definition.filter).toEqual(condition)
  })
})
