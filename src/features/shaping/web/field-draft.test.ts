import { expect, it } from 'vitest'
import { hasSetting, inBoth, newField, readyDraft, resultOf } from './field-draft.ts'

it('takes the Chinese name where the English one is left empty, and the other way round', () => {
  expect(inBoth({ zh: ' 装机数 ', en: '' })).toEqual({ zh: '装机数', en: '装机数' })
  expect(inBoth({ zh: '', en: 'Machines' })).toEqual({ zh: 'Machines', en: 'Machines' })
  expect(inBoth({ zh: '装机数', en: 'Machines' })).toEqual({ zh: '装机数', en: 'Machines' })
})

it('leaves out what is not set, empty lines of choices and an empty help', () => {
  const draft = readyDraft({
    ...newField('choice'),
    label: { zh: '机型', en: '' },
    help: { zh: ' ', en: '' },
    required: false,
    choices: [{ key: 'tractor', label: { zh: '拖拉机', en: '' } }, { label: { zh: '', en: ' ' } }],
  })
  expect(draft).toEqual({
    label: { zh: '机型', en: '机型' },
    type: 'choice',
    inList: true,
    choices: [{ key: 'tractor', label: { zh: '拖拉机', en: '拖拉机' } }],
  })
})

it('offers only the settings that apply to a type', () => {
  expect(hasSetting('text', 'unique')).toBe(true)
  expect(hasSetting('formula', 'required')).toBe(false)
  expect(hasSetting('number', 'choices')).toBe(false)
})

it('knows what a roll-up amounts to', () => {
  expect(resultOf('count', undefined)).toBe('number')
  expect(resultOf('sum', 'money')).toBe('money')
  expect(resultOf('max', 'date')).toBe('date')
  expect(resultOf('avg', 'rating')).toBe('number')
})
