import { expect, it } from 'vitest'
import type { Filter } from './filter.ts'
import { namedAsKept, renamed } from './renamed.ts'

const became = new Map([['lost', 'winner']])
const kept: Filter = {
  and: [
    { field: 'account', op: 'in', value: ['lost', 'other'] },
    { children: 'order', via: 'opportunity', where: { field: 'account', op: 'eq', value: 'lost' }, aggregate: 'count', op: 'ge', value: 1 }, // prettier-ignore
    { field: 'amount', op: 'ge', value: '5' },
  ],
}

it('names what merged records became, and as it is left alone again what it was kept with', () => {
  const shown = renamed(kept, became)
  expect(JSON.stringify(shown)).not.toContain('lost')
  expect(namedAsKept(shown, kept, became)).toEqual(kept)
})

it('keeps what somebody left alone of a changed filter, and takes the rest as it was written', () => {
  const changed: Filter = {
    or: [
      { not: { value: ['winner', 'other'], op: 'in', field: 'account' } },
      { value: ['winner'], op: 'in', field: 'account' },
    ],
  }
  expect(namedAsKept(changed, kept, became)).toEqual({
    or: [
      { not: { field: 'account', op: 'in', value: ['lost', 'other'] } },
      { field: 'account', op: 'in', value: ['winner'] },
    ],
  })
})
