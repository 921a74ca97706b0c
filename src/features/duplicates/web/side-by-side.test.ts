import { expect, it } from 'vitest'
import type { ScreenObject } from '#features/objects/web/index.tsx'
import { fieldsOfMerge, keptFrom, likelyWinner } from './side-by-side.ts'
import type { Compared } from './use-duplicates.ts'

const label = { zh: '字段', en: 'Field' }
const object: ScreenObject = {
  key: 'account',
  label,
  labelOfMany: label,
  title: 'name',
  fields: ['name', 'city', 'phone', 'note', 'score'].map((key) => ({ key, label, type: 'text' })),
  defaultSort: [],
  can: { read: true, create: true, update: true, delete: true, transfer: true, import: true, export: true },
}

const record = (id: string, values: Record<string, unknown>, count = 0, reason?: string): Compared => ({
  row: { id, version: 1, createdAt: `2026-01-0${id}`, updatedAt: '', names: {}, ...values },
  protection: reason === undefined ? null : { reason, byName: null },
  uses: count > 0 ? [{ object: 'order', count }] : [],
})
const records = [
  record('2', { name: '甲', city: '杭州', score: '1' }),
  record('1', { name: '乙', city: '杭州', phone: '1' }),
]

it('shows the fields that differ apart from those that agree, and none that are empty everywhere or not to be chosen', () => {
  const { differing, same } = fieldsOfMerge(object, ['name', 'city', 'phone', 'note'], records)
  expect([differing.map(({ key }) => key), same.map(({ key }) => key)]).toEqual([['name', 'phone'], ['city']])
})

it('keeps the value of the record that stays, unless it has none', () => {
  expect([keptFrom('name', '2', records), keptFrom('phone', '2', records), keptFrom('note', '2', records)]).toEqual([
    '2',
    '1',
    '2',
  ])
})

it('proposes to keep the record that is protected, else the one that is used most, else the oldest', () => {
  expect(likelyWinner(records)).toBe('1')
  expect(likelyWinner([record('1', {}), record('2', {}, 3)])).toBe('2')
  expect(likelyWinner([record('1', {}, 3), record('2', {}, 0, '战略')])).toBe('2')
})
