import { expect, it } from 'vitest'
import { portionsOf, stillRefused } from './restoring.ts'

const refused = (id: string, title = id) => ({ id, title, faults: [], needed: [] })

it('a large selection goes in several requests, none of it left out', () => {
  const ids = Array.from({ length: 401 }, (_, at) => `r${at}`)
  const portions = portionsOf(ids)
  expect(portions.map(({ length }) => length)).toEqual([200, 200, 1])
  expect(portions.flat()).toEqual(ids)
  expect(portionsOf([])).toEqual([])
})

it('one refused record that comes back with its parent leaves the others in the list', () => {
  const known = [refused('a'), refused('b'), refused('c')]
  expect(stillRefused(known, ['b'], [])).toEqual([refused('a'), refused('c')])
  expect(stillRefused(known, ['b'], [refused('b', '还缺')])).toEqual([refused('a'), refused('c'), refused('b', '还缺')])
})
