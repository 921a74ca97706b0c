import { describe, expect, it } from 'vitest'
import { unstorable } from './unstorable.ts'

describe('what cannot be stored', () => {
  it.each<[unknown, string, string]>([
    [{ name: 'a\u0000b' }, 'name', 'text'],
    [{ rows: [{ name: 'x' }, { name: '\ud800' }] }, 'rows.1.name', 'text'],
    [{ values: { '\u0000': 1 } }, 'values', 'text'],
    ['\udfff', '', 'text'],
  ])('%j is found at its place', (value, field, code) => {
    expect(unstorable(value)).toMatchObject({ field, code })
  })

  it('is nesting without end, told without walking into it by recursion', () => {
    const filter = Array.from({ length: 100_000 }).reduce<unknown>((inner) => [inner], 'x')
    expect(unstorable({ filter })).toMatchObject({ field: 'filter', code: 'deep' })
  })

  it('is none of what people write', () => {
    expect(unstorable({ name: '𠮷野家 😀', list: [null, 1, true, ''], nested: { a: { b: 'é\n\t' } } })).toBeUndefined()
  })
})
