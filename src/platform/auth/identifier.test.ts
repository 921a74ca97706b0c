import { describe, expect, it } from 'vitest'
import { readIdentifier } from './identifier.ts'

describe('what people sign in with', () => {
  it.each([
    [' Anna@Example.COM ', { kind: 'email', value: 'anna@example.com' }],
    ['138 0013 8000', { kind: 'phone', value: '13800138000' }],
    ['+86 138-0013-8000', { kind: 'phone', value: '13800138000' }],
    ['008613800138000', { kind: 'phone', value: '13800138000' }],
    ['+44 20 7946 0000', { kind: 'phone', value: '+442079460000' }],
  ])('%s is read in one form', (text, identifier) => {
    expect(readIdentifier(text)).toEqual(identifier)
  })

  it.each(['', 'anna', 'anna@', '@example.com', 'a b@example.com', '12', 'ext. 12345'])('“%s” is neither', (text) => {
    expect(readIdentifier(text)).toBeUndefined()
  })
})
