import { expect, it } from 'vitest'
import { sourceWord } from './source-words.ts'

it('an operation says where a change came from before the way of its request does', () => {
  expect(sourceWord({ kind: 'record.update', via: 'page' })).toBe('byForm')
  expect(sourceWord({ kind: 'record.update', via: 'key' })).toBe('byKey')
  expect(sourceWord({ kind: 'bulk.delete', via: 'page' })).toBe('byBulk')
  expect(sourceWord({ kind: 'import', via: 'key' })).toBe('byImport')
  expect(sourceWord({ kind: 'merge', via: 'page' })).toBe('byMerge')
  expect(sourceWord({ kind: 'record.update', via: null })).toBeUndefined()
})
