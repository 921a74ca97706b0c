import { describe, expect, it } from 'vitest'
import type { RecordRow, ScreenField } from '#features/objects/web/index.tsx'
import { cellText, fromSheetText, toSheetText } from './cell-text.ts'

const label = { zh: '字段', en: 'Field' }
const row: RecordRow = {
  id: 'r',
  version: 1,
  createdAt: '',
  updatedAt: '',
  names: { account: '华为', ownerId: null },
  account: 'id',
  ownerId: 'id',
  amount: '1234.5',
  kind: 'visit',
  isDone: true,
  tags: ['x', 'visit'],
}
const field = (key: string, type: string, more: object = {}): ScreenField => ({ key, type, label, ...more })
const choices = [{ key: 'visit', label: { zh: '拜访', en: 'Visit' } }]

describe('cells on the clipboard', () => {
  it('say what a person would type', () => {
    const texts = [
      field('account', 'reference'),
      field('ownerId', 'owner'),
      field('amount', 'money'),
      field('kind', 'choice', { choices }),
      field('tags', 'multi_choice', { choices }),
      field('isDone', 'yes_no'),
      field('note', 'text'),
    ].map((one) => cellText(one, row, 'zh'))
    expect(texts).toEqual(['华为', '', '1234.5', '拜访', 'x、拜访', '是', ''])
    expect(cellText(field('kind', 'choice', { choices }), row, 'en')).toBe('Visit')
  })

  it('come back as they went, with tabs, quotes and line breaks in them', () => {
    const rows = [
      ['a', '', 'c'],
      ['two\nlines', 'a "quoted" word', 'tab\there'],
      ['', '', ''],
    ]
    expect(fromSheetText(toSheetText(rows))).toEqual(rows)
  })

  it('are read as spreadsheets write them', () => {
    expect(fromSheetText('a\tb\r\nc\td\r\n')).toEqual([['a', 'b'], ['c', 'd']]) // prettier-ignore
    expect(fromSheetText('one')).toEqual([['one']])
    expect(fromSheetText('5"\tx')).toEqual([['5"', 'x']])
    expect(fromSheetText('')).toEqual([])
  })
})
