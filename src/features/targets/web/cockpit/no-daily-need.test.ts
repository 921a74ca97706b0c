import { expect, it } from 'vitest'
import { noDailyNeed } from './no-daily-need.ts'

it('tells why a rate and what is to be low have no daily need', () => {
  expect(noDailyNeed({ kind: 'ratio', better: 'higher' })).toBe('notByDay')
  expect(noDailyNeed({ kind: 'stock', better: 'lower' })).toBe('notWhereLess')
  expect(noDailyNeed({ kind: 'flow', better: 'higher' })).toBeUndefined()
})
