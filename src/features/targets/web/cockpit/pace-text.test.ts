import { describe, expect, it } from 'vitest'
import { paceText } from './pace-text.ts'

describe('how far ahead something is', () => {
  it('is told in points of the target of what grows with the days', () => {
    expect(paceText(0.032, 'flow', 'zh')).toBe('+3.2 个点')
    expect(paceText(-0.1, 'distinct', 'en')).toBe('-10.0 pt')
  })

  it('is told in percent of the target of a rate, whose gap alone is in points', () => {
    expect(paceText(-0.046, 'ratio', 'zh')).toBe('-4.6%')
    expect(paceText(0.05, 'stock', 'en')).toBe('+5.0%')
    expect(paceText(-0.0001, 'ratio', 'en')).toBe('0.0%')
    expect(paceText(null, 'ratio', 'en')).toBe('—')
  })
})
