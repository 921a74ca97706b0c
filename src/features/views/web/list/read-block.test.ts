import { describe, expect, it } from 'vitest'
import type { RecordRow, ScreenField, ScreenObject } from '#features/objects/web/index.tsx'
import { changesOf, readBlock } from './read-block.ts'

const label = { zh: '字段', en: 'Field' }
const field = (key: string, type: string, more: object = {}): ScreenField => ({ key, type, label, ...more })
const row = (id: string, values: object): RecordRow => ({
  id,
  version: 3,
  createdAt: '',
  updatedAt: '',
  names: { ownerId: '甲' },
  ...values,
})
const fields = [
  field('amount', 'money'),
  field('dueOn', 'date'),
  field('kind', 'choice', { choices: [{ key: 'visit', label: { zh: '拜访', en: 'Visit' } }] }),
  field('ownerId', 'owner'),
  field('status', 'text', { readOnly: true }),
  field('phone', 'phone', { masked: true }),
]
const may = { read: true, create: true, update: true, delete: true, transfer: true, import: true, export: true }
const task: ScreenObject = { key: 'task', label, labelOfMany: label, title: 'name', defaultSort: [], fields, can: may }
const names = new Map([['ownerId', new Map([['乙', ['p2']], ['王伟', ['p3', 'p4']]])]]) // prettier-ignore
const read = (...cells: string[]) =>
  readBlock({ block: [cells], rows: [row('r1', { amount: '10', ownerId: 'p1' })], fields }, names, task)

describe('a pasted block', () => {
  it('is read as people write: amounts, days, choices and names', () => {
    expect(changesOf(read('1.2万', '2026年3月5日', '拜访', '乙'))).toEqual([
      { id: 'r1', version: 3, values: { amount: '12000', dueOn: '2026-03-05', kind: 'visit', ownerId: 'p2' } },
    ])
  })

  it('changes nothing where the cell says what stands there', () => {
    expect(changesOf(read('10', '', '', '甲'))).toEqual([])
  })

  it('refuses cells one by one and says why', () => {
    const [first] = read('many', 'someday', 'dance', '王伟', 'x')
    expect(first?.cells.map((cell) => cell.fault?.code)).toEqual(['NOT_A_NUMBER', 'NOT_A_DATE', 'UNKNOWN_CHOICE', 'many', 'readOnly']) // prettier-ignore
    expect(read('', '', '', '谁')[0]?.cells[3]?.fault?.code).toBe('unknown')
    expect(changesOf(read('', '', '', '谁'))).toEqual([{ id: 'r1', version: 3, values: { amount: null } }])
  })

  it('fills a masked field in where it is empty, and changes none that is filled, nor a record that is only seen', () => {
    const phone = fields.filter(({ key }) => key === 'phone')
    const rows = [
      row('r1', { phone: null }),
      row('r2', { phone: '139****1234' }),
      row('r3', { phone: null, isReadOnly: true }),
    ]
    const block = ['13800001111', '13800002222', '13800003333'].map((text) => [text])
    const read = readBlock({ block, rows, fields: phone }, names, task)
    expect(read.map(({ cells }) => cells[0]?.fault?.code)).toEqual([undefined, 'readOnly', 'readOnly'])
  })

  it('leaves alone what it does not cover', () => {
    const rows = [row('r1', {}), row('r2', {})]
    expect(changesOf(readBlock({ block: [['1']], rows, fields }, names, task))).toEqual([
      { id: 'r1', version: 3, values: { amount: '1' } },
    ])
  })
})
