import { describe, expect, it } from 'vitest'
import { readAddress, writeAddress } from './address.ts'

describe('who and when', () => {
  it('keeps addresses readable and free of guesses', () => {
    expect(writeAddress({ period: '2017', record: 'order:1', sort: 'a,-b', empty: '' })).toBe(
      '?period=2017&record=order:1&sort=a,-b',
    )
    expect(readAddress('?period=2017&node=x')).toEqual({ period: '2017', node: 'x' })
  })
})
