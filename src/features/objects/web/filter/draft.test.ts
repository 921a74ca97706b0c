import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkFilter } from '#engine/query/check.ts'
import { simplified } from '#engine/query/simplify.ts'
import { anyFilter } from '#testing/filters/any-filter.ts'
import { accounts, catalogue, objects, people, units } from '#testing/filters/little-crm.ts'
import { draftOf, filterOfDraft, newChildren, newCondition, newGroup } from './draft.ts'

const { opportunity, account } = objects

describe('a filter under way', () => {
  it('brings back every filter that it was made from', () => {
    const sources = { catalogue, people: people.map(({ id }) => id), units: units.map(({ id }) => id), records: { account: accounts.map(({ id }) => id) }, texts: ['华为', '近30天'], numbers: ['5', '0'], days: ['2026-01-01'], regions: ['33'], steps: 1 } // prettier-ignore
    fc.assert(
      fc.property(anyFilter(opportunity, sources), (drawn) => {
        fc.pre(checkFilter(drawn, opportunity, catalogue).length === 0)
        const filter = simplified(drawn, opportunity, catalogue)
        fc.pre(!/"and":\[\]|"value":\[\]/.test(JSON.stringify(filter)))
        expect(filterOfDraft(draftOf(filter), opportunity, catalogue)).toEqual(filter)
      }),
      { numRuns: 400 },
    )
  })

  it('leaves out what is not finished', () => {
    const finished = { ...newCondition(), field: 'amount', op: 'gt', value: '5' } as const
    const without = [
      newCondition(),
      { ...newCondition(), field: 'amount', op: 'between', value: ['5', ''] } as const,
      { ...newCondition(), field: 'amount', op: 'gt', value: 'many' } as const,
      newGroup([newCondition()]),
    ]
    expect(filterOfDraft(newGroup([finished, ...without]), opportunity, catalogue)).toEqual({
      field: 'amount',
      op: 'gt',
      value: '5',
    })
    expect(filterOfDraft(newGroup(without), opportunity, catalogue)).toBeUndefined()
  })

  it('begins with no records of a family, which can be asked at once', () => {
    expect(filterOfDraft(newGroup([newChildren('activity', 'account')]), account, catalogue)).toEqual({
      children: 'activity',
      via: 'account',
      aggregate: 'count',
      op: 'eq',
      value: '0',
    })
  })
})
