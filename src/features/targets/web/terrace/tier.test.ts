import { describe, expect, it } from 'vitest'
import { hasTarget } from './tier.ts'

describe('a target', () => {
  it('of zero is one where less is better, for there it is reached or missed', () => {
    expect(hasTarget({ target: '0', attainment: 1 })).toBe(true)
    expect(hasTarget({ target: '0', attainment: null })).toBe(false)
    expect(hasTarget({ target: null, attainment: null })).toBe(false)
    expect(hasTarget({ target: '5', attainment: null })).toBe(true)
  })
})
