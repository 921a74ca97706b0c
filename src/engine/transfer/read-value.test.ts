import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Field, FieldType } from '#engine/model/object-type.ts'
import { readValue } from './read-value.ts'

const label = { zh: '字段', en: 'Field' }
const of = (type: FieldType, more: Partial<Field> = {}): Field => ({ key: 'x', label, type, ...more })
const status = of('choice', {
  choices: [
    { key: 'won', label: { zh: '赢单', en: 'Won' }, aliases: ['closed won'] },
    { key: 'lost', label: { zh: '输单', en: 'Lost' } },
  ],
})

describe('readValue', () => {
  it('takes a choice by key, either language or alias, in any case', () => {
    for (const text of ['won', 'Won', ' WON ', '赢单', 'Closed-Won'])
      expect(readValue(status, text)).toEqual({ value: 'won' })
    expect(readValue(status, 'maybe')).toMatchObject({ fault: { field: 'x', code: 'UNKNOWN_CHOICE' } })
  })

  it('refuses codes and phones that a spreadsheet shortened; a name may look so', () => {
    const shortened = { fault: { code: 'NUMBER_SHORTENED', params: { text: '9.13E+17' } } }
    expect(readValue({ ...of('text'), unique: true }, '9.13E+17')).toMatchObject(shortened)
    expect(readValue({ ...of('text'), searched: 'code' }, '9.13E+17')).toMatchObject(shortened)
    expect(readValue(of('phone'), '1.38E+10')).toMatchObject({ fault: { code: 'NUMBER_SHORTENED' } })
    expect(readValue(of('text'), '9.13E+17')).toEqual({ value: '9.13E+17' })
    expect(readValue({ ...of('text'), unique: true }, 'K1E+5')).toEqual({ value: 'K1E+5' })
  })

  it('takes a per mille as a tenth of a percent', () => {
    expect(readValue(of('percent'), '12‰')).toEqual({ value: '1.2' })
    expect(readValue(of('number'), '12‰')).toEqual({ value: '0.012' })
  })

  it('takes yes and no in both languages', () => {
    for (const text of ['是', 'Yes', 'TRUE', '1', '√']) expect(readValue(of('yes_no'), text)).toEqual({ value: true })
    for (const text of ['否', 'no', 'false', '0', '×']) expect(readValue(of('yes_no'), text)).toEqual({ value: false })
    expect(readValue(of('yes_no'), 'perhaps')).toMatchObject({ fault: { code: 'NOT_YES_NO' } })
  })

  it('multiplies by the unit of the header, never a percentage', () => {
    expect(readValue(of('money'), '1.5', { scale: '10000' })).toEqual({ value: '15000' })
    expect(readValue(of('number'), '15%', { scale: '10000' })).toEqual({ value: '0.15' })
    expect(readValue(of('percent'), '15%')).toEqual({ value: '15' })
  })

  it('takes a dash as nothing where text is not expected', () => {
    expect(readValue(of('money'), '-')).toEqual({ value: null })
    expect(readValue(of('reference'), '无')).toEqual({ value: null })
    expect(readValue(of('text'), '-')).toEqual({ value: '-' })
  })

  it('names field, text and value where a date reads two ways', () => {
    expect(readValue(of('date'), '3/1/26')).toMatchObject({
      value: '2026-03-01',
      doubt: { field: 'x', code: 'AMBIGUOUS_DATE', params: { text: '3/1/26', value: '2026-03-01' } },
    })
  })

  it('takes a time of day in the zone of the company', () => {
    const zone = 'Asia/Shanghai'
    expect(readValue(of('date_time'), '2026-03-01 14:30', { zone })).toEqual({ value: '2026-03-01T06:30:00.000Z' })
    expect(readValue(of('date_time'), '2026年3月1日 下午2:30', { zone })).toEqual({ value: '2026-03-01T06:30:00.000Z' })
    expect(readValue(of('date_time'), '2026-03-01T14:30:00Z', { zone })).toEqual({ value: '2026-03-01T14:30:00.000Z' })
    expect(readValue(of('date_time'), '2026-03-01', { zone: 'America/New_York' })).toEqual({
      value: '2026-03-01T05:00:00.000Z',
    })
  })

  it('never throws, and gives either a value or a fault', () => {
    const types: FieldType[] = [
      'text',
      'number',
      'money',
      'percent',
      'date',
      'date_time',
      'yes_no',
      'choice',
      'reference',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.string({ unit: 'grapheme' }), (type, text) => {
        const reading = readValue(type === 'choice' ? status : of(type), text)
        expect('fault' in reading || reading.value !== undefined).toBe(true)
      }),
    )
  })
})

describe('several values in one cell', () => {
  it('are parted by what parts them most: a name may have a comma in it', () => {
    expect(readValue(of('tags'), 'a, b')).toEqual({ value: ['a', 'b'] })
    expect(readValue(of('multi_reference'), 'Green, Inc.; Blue')).toEqual({ value: ['Green, Inc.', 'Blue'] })
  })
})

describe('a region', () => {
  it('is read from its name, its code, and as exports write it in either language', () => {
    for (const text of ['浙江杭州西湖', '330106', '浙江省杭州市西湖区', '西湖区, 杭州市, Zhejiang'])
      expect(readValue(of('region'), text), text).toEqual({ value: '330106' })
    expect(readValue(of('region'), '乌有乡')).toMatchObject({ fault: { code: 'REGION_NOT_FOUND' } })
  })
})
