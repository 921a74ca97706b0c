import { describe, expect, it } from 'vitest'
import { changeColumn, columnsOf, moveColumn } from './columns.ts'

const choices = [{ field: 'a', pinned: true }, { field: 'b' }, { field: 'c' }, { field: 'd' }]
const order = (columns: readonly { readonly field: string }[]) => columns.map(({ field }) => field).join('')

describe('columns', () => {
  it('move to a place, pinned ones and others among themselves', () => {
    expect(order(moveColumn(choices, 'd', 1))).toBe('adbc')
    expect(order(moveColumn(choices, 'b', 3))).toBe('acdb')
    expect(order(moveColumn(choices, 'c', -5))).toBe('acbd')
    expect(order(moveColumn(choices, 'a', 3))).toBe('abcd')
    expect(order(moveColumn(choices, 'gone', 0))).toBe('abcd')
  })

  it('are never too narrow to be taken hold of, nor wider than a screen', () => {
    expect(changeColumn(choices, 'b', { width: 3 })[1]).toEqual({ field: 'b', width: 60 })
    expect(changeColumn(choices, 'b', { width: 5000.4 })[1]).toEqual({ field: 'b', width: 800 })
    expect(changeColumn(choices, 'a', { pinned: false })[0]).toEqual({ field: 'a' })
    expect(changeColumn(changeColumn(choices, 'b', { width: 99 }), 'b', { width: undefined })[1]).toEqual({
      field: 'b',
    })
  })

  it('can be the moments at which records were made and changed', () => {
    const object = {
      key: 'account',
      label: { zh: '客户', en: 'Account' },
      labelOfMany: { zh: '客户', en: 'Accounts' },
      title: 'name',
      fields: [{ key: 'name', label: { zh: '名称', en: 'Name' }, type: 'text' }],
      defaultSort: [],
      can: { read: true, create: true, update: true, delete: true, transfer: true, import: true, export: true },
    }
    const columns = columnsOf([{ field: 'updatedAt' }, { field: 'createdAt', pinned: true }, { field: 'id' }], object)
    expect(columns.map(({ field }) => [field.label.zh, field.readOnly])).toEqual([
      ['创建时间', true],
      ['更新时间', true],
    ])
  })
})
