import { describe, expect, it } from 'vitest'
import { buildMe } from '#testing/render-screen.tsx'
import { viewpointOf } from './applies.ts'
import { formOf, type Draft } from './form-of.ts'
import type { ScreenField, ScreenObject } from './use-objects.ts'

const both = (text: string) => ({ zh: text, en: text })
const field = (key: string, more: Partial<ScreenField> = {}): ScreenField => ({
  key,
  type: 'text',
  label: both(key),
  ...more,
})
const object = (more: Partial<ScreenObject> = {}): ScreenObject => ({
  key: 'machine__c',
  label: both('设备'),
  labelOfMany: both('设备'),
  title: 'name',
  fields: [
    field('name', { required: true }),
    field('kind', { type: 'choice' }),
    field('power', { type: 'number', visibleIf: { field: 'kind', op: 'eq', value: 'tractor' } }),
    field('fuel', { visibleIf: { field: 'power', op: 'gt', value: 100 } }),
    field('permit', { requiredIf: { field: 'power', op: 'ge', value: '150' } }),
    field('total', { type: 'formula', result: 'money' }),
    field('number', { type: 'auto_number', readOnly: true }),
  ],
  defaultSort: [],
  can: { read: true, create: true, update: true, delete: true, transfer: true, import: true, export: true },
  ...more,
})
const viewpoint = viewpointOf(buildMe())
const keys = (of: ScreenObject, draft: Partial<Draft>) =>
  formOf(of, { before: {}, beginning: {}, changes: {}, ...draft }, viewpoint).sections.map((section) =>
    section.fields.map(({ key }) => key),
  )

describe('a form without layouts', () => {
  it('shows a field only where its condition holds, and nothing that is worked out', () => {
    expect(keys(object(), {})).toEqual([['name', 'kind', 'permit', 'number']])
    expect(keys(object(), { changes: { kind: 'tractor', power: '120' } })).toEqual([
      ['name', 'kind', 'power', 'fuel', 'permit', 'number'],
    ])
  })

  it('asks for a field where its condition holds, comparing numbers as numbers', () => {
    const required = (power: string) =>
      [
        ...formOf(object(), { before: {}, beginning: {}, changes: { kind: 'tractor', power } }, viewpoint).required,
      ].toSorted()
    expect(required('99')).toEqual(['name'])
    expect(required('150.0')).toEqual(['name', 'permit'])
  })

  it('sends nothing of what it hides, nor of what hangs on that', () => {
    const changes = { name: 'A', kind: 'other', power: '200', fuel: '柴油' }
    const { kept, required } = formOf(object(), { before: {}, beginning: {}, changes }, viewpoint)
    expect(kept).toEqual({ name: 'A', kind: 'other' })
    expect(required.has('permit')).toBe(false)
  })

  it('judges hidden fields of a stored record by what is stored', () => {
    const before = { name: 'A', kind: 'tractor', power: '200' }
    expect(keys(object(), { before, beginning: before, changes: { power: '50' } })[0]).not.toContain('fuel')
    expect(keys(object(), { before, beginning: before, changes: {} })[0]).toContain('fuel')
  })
})

describe('a form with layouts', () => {
  const laid = object({
    recordTypeField: 'kind',
    layouts: [
      {
        recordType: 'tractor',
        sections: [{ label: both('动力'), columns: 1, fields: ['name', 'kind', 'power', 'total'] }],
      },
      { recordType: null, sections: [{ label: both('基本'), columns: 2, fields: ['name', 'kind'] }] },
    ],
  })

  it('follows the value of the record type while it is chosen', () => {
    expect(keys(laid, {})).toEqual([['name', 'kind']])
    expect(keys(laid, { changes: { kind: 'tractor' } })).toEqual([['name', 'kind', 'power']])
  })

  it('asks for what no record can do without, though no section names it', () => {
    const without = object({
      layouts: [{ recordType: null, sections: [{ label: both('一'), columns: 2, fields: ['kind'] }] }],
    })
    expect(keys(without, {})).toEqual([['name'], ['kind']])
    expect(keys(without, { beginning: { name: 'A' }, before: { name: 'A' } })).toEqual([['kind']])
  })

  it('sends what it began with, though no section names it', () => {
    const beginning = { permit: 'P-1' }
    const { kept } = formOf(laid, { before: {}, beginning, changes: { ...beginning, name: 'A' } }, viewpoint)
    expect(kept).toEqual({ permit: 'P-1', name: 'A' })
  })
})
