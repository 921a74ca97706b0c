import { expect, it } from 'vitest'
import type { MarkKey } from './contract.ts'
import { byError, usualMark } from './rank-submitters.ts'

const at = (cases: number, mape: number | null, withoutResult = 0) => ({ commit: { cases, mape, withoutResult } })

function submitter(name: string, cases: number, mape: number | null, withoutResult = 0) {
  const marks: Record<MarkKey, ReturnType<typeof at>> = {
    begin: at(0, null),
    t90: at(0, null),
    t30: at(cases, mape, withoutResult),
    t7: at(0, null),
  }
  return { name, marks }
}

it('ranks whoever was furthest off first, promises that brought nothing before all, silence last', () => {
  const all = [
    submitter('近', 2, 0.1),
    submitter('默', 0, null),
    submitter('准', 1, null),
    submitter('空', 1, null, 1),
    submitter('远', 3, 0.9),
  ]
  expect(byError(all, 't30').map(({ name }) => name)).toEqual(['空', '远', '近', '准', '默'])
})

it('looks thirty days before the end where anybody had spoken by then', () => {
  expect(usualMark(['begin', 't30', 't7'])).toBe('t30')
  expect(usualMark(['t7'])).toBe('t7')
  expect(usualMark([])).toBeUndefined()
})
