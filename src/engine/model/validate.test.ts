import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { everydayRights } from '#engine/policy/rights.ts'
import type { Field, FieldType, ObjectType } from './object-type.ts'
import { readValues } from './validate.ts'

const label = { zh: '字段', en: 'Field' }
const objectOf = (...fields: Field[]): ObjectType => ({
  key: 'thing', label, labelOfMany: label, table: 'thing', title: 'name', rights: everydayRights, defaultSort: [], fields,
}) // prettier-ignore
const read = (field: Omit<Field, 'label'>, value: unknown) => {
  const { values, faults } = readValues(objectOf({ ...field, label }), { [field.key]: value })
  return faults[0]?.code ?? values[field.key]
}
const anna = '01900000-0000-7000-8000-00000000000a'
const bert = '01900000-0000-7000-8000-00000000000b'

describe('reading a value', () => {
  it('writes numbers without exponent or trailing zeros and refuses what cannot be kept', () => {
    const amount = { key: 'amount', type: 'money', min: '0' } as const
    expect(read(amount, '1200.50')).toBe('1200.5')
    expect(read(amount, 12)).toBe('12')
    expect(read(amount, '1.23456')).toBe('tooPrecise')
    expect(read(amount, '-1')).toBe('tooSmall')
    expect(read(amount, '1e9')).toBe('number')
    expect(read(amount, '9999999999999999')).toBe('tooBig')
  })

  it('takes whole numbers only where a count is meant', () => {
    const count = { key: 'employees', type: 'number', min: '0', whole: true } as const
    expect(read(count, '2.5')).toBe('notWhole')
    expect(read(count, '3.0')).toBe('3')
    expect(read({ key: 'weight', type: 'number' }, '2.5')).toBe('2.5')
  })

  it('takes only days that exist', () => {
    expect(read({ key: 'on', type: 'date' }, '2024-02-29')).toBe('2024-02-29')
    expect(read({ key: 'on', type: 'date' }, '2023-02-29')).toBe('date')
    expect(read({ key: 'on', type: 'date' }, '5/3/26')).toBe('date')
  })

  it('takes credits that sum to 100 and name each person once', () => {
    const credits = { key: 'credits', type: 'credits' } as const
    expect(read(credits, [{ person: anna, percent: '60' }, { person: bert, percent: 40 }])).toHaveLength(2) // prettier-ignore
    expect(read(credits, [{ person: anna, percent: '60' }])).toBe('creditSum')
    expect(read(credits, [{ person: anna, percent: '50' }, { person: anna, percent: '50' }])).toBe('creditTwice') // prettier-ignore
    expect(read(credits, [{ person: anna, percent: '-100' }])).toBe('credits')
  })

  it('names required, unknown and read-only fields', () => {
    const object = objectOf(
      { key: 'name', type: 'text', label, required: true },
      { key: 'status', type: 'text', label, readOnly: true },
    )
    const { faults } = readValues(object, { status: 'won', colour: 'red' })
    expect(faults.map((fault) => `${fault.field} ${fault.code}`)).toEqual([
      'status readOnly',
      'colour unknown',
      'name required',
    ])
  })

  it('leaves absent fields alone in a partial change, and empties those given as empty', () => {
    const object = objectOf({ key: 'name', type: 'text', label, required: true }, { key: 'note', type: 'text', label })
    expect(readValues(object, { note: '' }, { partial: true })).toEqual({ values: { note: null }, faults: [] })
  })

  it('takes phone numbers as people note them, extensions too', () => {
    const object = objectOf({ key: 'phone', type: 'phone', label })
    const read = (phone: string) => readValues(object, { phone })
    expect(read('021－5555８８８８').values['phone']).toBe('021-55558888')
    for (const phone of ['021-55558888转801', '0532-8888 8888 分机 12', '+86 21 5555 8888 ext. 801', '400-820-8820#1'])
      expect(read(phone)).toEqual({ values: { phone }, faults: [] })
    for (const phone of ['转801', '13800138000 张总', '021-5555转', 'abc'])
      expect(read(phone).faults[0]?.code, phone).toBe('phone')
  })

  it('never throws, whatever comes', () => {
    const types: FieldType[] = ['text', 'long_text', 'number', 'money', 'percent', 'date', 'date_time', 'yes_no', 'choice', 'phone', 'email', 'url', 'reference', 'owner', 'credits'] // prettier-ignore
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.anything(), (type, value) => {
        const { values, faults } = readValues(objectOf({ key: 'x', type, label }), { x: value })
        expect('x' in values).toBe(faults.length === 0)
      }),
    )
  })
})
