import { expect, it } from 'vitest'
import { yieldOf } from './yield-of.ts'

const month = (value: string, base: string) => {
  return { key: '', label: { zh: '', en: '' }, value, base, baseAt: null }
}

it('is what one of the base brought in a month, over months that had one', () => {
  const months = [month('100', '0'), month('30', '10'), month('50', '10')]
  expect(yieldOf({ months, ahead: '5' })).toBe(4)
  expect(yieldOf({ months: [month('100', '0')], ahead: '5' })).toBe(0)
})
