import { expect, it } from 'vitest'
import { fixedRecord, fixedValue } from './fixed.ts'
import type { ScreenField, ScreenObject } from './use-objects.ts'

const both = (text: string) => ({ zh: text, en: text })
const field = (key: string, type: string, more: Partial<ScreenField> = {}): ScreenField => ({
  key,
  type,
  label: both(key),
  ...more,
})
const may = { read: true, create: true, update: true, delete: true, transfer: true, import: true, export: true }
const contact = (can: Partial<typeof may> = {}): ScreenObject => ({
  key: 'contact',
  label: both('联系人'),
  labelOfMany: both('联系人'),
  title: 'name',
  defaultSort: [],
  fields: [],
  can: { ...may, ...can },
})
const row = (values: Readonly<Record<string, unknown>> = {}) => ({
  id: 'c1',
  version: 1,
  createdAt: '',
  updatedAt: '',
  names: {},
  ...values,
})
const [name, owner] = [field('name', 'text'), field('ownerId', 'owner')]
const phone = field('phone', 'phone', { masked: true })

it('leaves a record alone that is only seen, or that the role may not change', () => {
  expect(fixedRecord(contact(), row())).toBeUndefined()
  expect(fixedRecord(contact(), row({ isReadOnly: true }))).toBe('onlySeen')
  expect(fixedRecord(contact({ update: false }), row())).toBe('role')
  expect(fixedValue(contact(), name, row({ isReadOnly: true }))).toBe('onlySeen')
})

it('keeps a masked value, and lets an empty one be filled in', () => {
  expect(fixedValue(contact(), phone, row({ phone: '139****1234' }))).toBe('masked')
  expect(fixedValue(contact(), phone, row({ phone: null }))).toBeUndefined()
})

it('keeps the owner where the role may not give records away', () => {
  expect(fixedValue(contact(), owner, row({ ownerId: 'p1' }))).toBeUndefined()
  expect(fixedValue(contact({ transfer: false }), owner, row({ ownerId: 'p1' }))).toBe('transfer')
  expect(fixedValue(contact({ transfer: false }), name, row())).toBeUndefined()
})
