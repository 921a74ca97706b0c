import { describe, expect, it } from 'vitest'
import type { OpenedFile } from '#engine/transfer/opened-file.ts'
import type { TargetView } from '#engine/transfer/target-view.ts'
import { mappingSchema } from '#engine/transfer/mapping.ts'
import { keysFed, likelyTarget, withColumn, withEntry, withKey, withValues } from './draft.ts'

const field = (key: string, more: object = {}) => ({ key, label: { zh: key, en: key }, type: 'text', ...more })
const account: TargetView = {
  object: 'account',
  label: { zh: '客户', en: 'Account' },
  title: 'name',
  keys: ['code', 'name'],
  fields: [field('name', { required: true }), field('code'), field('city')],
}
const person: TargetView = {
  object: 'org',
  label: { zh: '组织', en: 'Organisation' },
  title: 'name',
  keys: [],
  fields: [field('name'), field('unit', { aliases: ['部门'] }), field('head')],
}
const fileWith = (...headers: string[]): OpenedFile => ({
  file: { id: 'f', name: 'f.csv', size: 1 },
  sheets: [],
  sheet: null,
  headers,
  notes: [],
  samples: [],
  ready: [],
})
const mapping = mappingSchema.parse({
  object: 'account',
  upsertKey: 'code',
  columns: { A: 'code', B: ['name', 'city'] },
})

describe('the draft of a description', () => {
  it('guesses what a file is about by its headers', () => {
    expect(likelyTarget([account, person], fileWith('code', 'name', 'city'))?.object).toBe('account')
    expect(likelyTarget([account, person], fileWith('部门', 'head', 'name'))?.object).toBe('org')
  })

  it('lets each field be fed by one column only', () => {
    expect(withColumn(mapping, 'C', 'name').columns).toEqual({ A: 'code', B: 'city', C: 'name' })
    expect(withColumn(mapping, 'B', undefined).columns).toEqual({ A: 'code' })
  })

  it('forgets a key that nothing feeds any more', () => {
    expect(withColumn(mapping, 'A', undefined)).toMatchObject({ upsertKey: undefined, mode: 'create' })
    expect(keysFed(mapping, account).map((one) => one.key)).toEqual(['code', 'name'])
  })

  it('updates what it begins to recognise', () => {
    const unknown = withKey({ ...mapping, mode: 'update' }, undefined)
    expect(unknown).toMatchObject({ upsertKey: undefined, mode: 'create' })
    expect(withKey(unknown, 'name')).toMatchObject({ upsertKey: 'name', mode: 'upsert' })
    expect(withKey({ ...mapping, mode: 'update' }, 'name')).toMatchObject({ upsertKey: 'name', mode: 'update' })
  })

  it('sets and removes entries and meanings', () => {
    const set = withEntry(mapping, 'constants', 'city', 'Kunming')
    expect(set.constants).toEqual({ city: 'Kunming' })
    expect(withEntry(set, 'constants', 'city', undefined).constants).toEqual({})
    expect(withValues(withValues(mapping, 'name', { a: 'A' }), 'name', { b: 'B' }).values).toEqual({
      name: { a: 'A', b: 'B' },
    })
  })
})
