import { describe, expect, it } from 'vitest'
import { makeCatalogue } from '#engine/model/catalogue.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import { everydayRights } from '#engine/policy/rights.ts'
import { withoutGone } from './without-gone.ts'

const label = { zh: '字段', en: 'Field' }
const deal: ObjectType = {
  key: 'deal',
  label,
  labelOfMany: label,
  table: 'deal',
  title: 'name',
  rights: everydayRights,
  defaultSort: [],
  fields: [
    { key: 'name', type: 'text', label },
    { key: 'amount', type: 'money', label },
    { key: 'dueOn', type: 'date', label },
    { key: 'marks', type: 'tags', label },
  ],
}
const catalogue = makeCatalogue([deal])
const shown = (definition: Parameters<typeof withoutGone>[0]) => withoutGone(definition, deal, catalogue)
const known = { field: 'name', op: 'contains', value: 'x' } as const
const lost = { field: 'colour__c', op: 'eq', value: 'red' } as const

describe('a view that names a field which is gone', () => {
  it('stays as it is while all its fields are there', () => {
    const definition = {
      filter: { and: [known, { not: { or: [known] } }] },
      sort: [{ field: 'amount', descending: true }],
      columns: [{ field: 'name', width: 200, pinned: true }],
      timeline: { from: 'dueOn', to: 'dueOn' },
      map: { by: 'name', sum: 'amount' },
    }
    expect(shown(definition)).toEqual({ definition, gone: [] })
  })

  it('opens without what cannot be gathered or summed up like that, as totals take it', () => {
    const { definition, gone } = shown({
      group: [{ field: 'id' }, { field: 'dueOn' }, { field: 'marks' }],
      kanban: { by: 'name', sum: 'dueOn' },
      map: { by: 'name', sum: 'marks' },
      summary: [
        { field: 'marks', aggregate: 'count' },
        { field: 'name', aggregate: 'sum' },
      ],
    })
    expect(definition).toEqual({
      group: [{ field: 'dueOn' }],
      kanban: { by: 'name' },
      map: { by: 'name' },
      summary: [{ field: 'marks', aggregate: 'count' }],
    })
    expect(gone.toSorted()).toEqual(['dueOn', 'id', 'marks', 'name'])
  })

  it('opens without what names it, and says which', () => {
    const { definition, gone } = shown({
      filter: { and: [known, lost, { or: [lost] }, { not: lost }] },
      sort: [{ field: 'colour__c' }, { field: 'name' }],
      columns: [{ field: 'colour__c' }, { field: 'name' }],
      group: [{ field: 'shape__c' }],
      kanban: { by: 'colour__c' },
      map: { by: 'name', sum: 'weight__c' },
      timeline: { from: 'dueOn', to: 'end__c' },
      density: 'compact',
    })
    expect(definition).toEqual({
      filter: { and: [known] },
      sort: [{ field: 'name' }],
      columns: [{ field: 'name' }],
      group: [],
      map: { by: 'name' },
      timeline: { from: 'dueOn' },
      density: 'compact',
    })
    expect(gone.toSorted()).toEqual(['colour__c', 'end__c', 'shape__c', 'weight__c'])
  })

  it('opens without what cannot be gathered or summed up', () => {
    const group = [{ field: 'marks' }, { field: 'createdAt', by: 'month' as const }]
    const summary = [
      { field: 'name', aggregate: 'sum' as const },
      { field: 'amount', aggregate: 'sum' as const },
      { field: 'createdAt', aggregate: 'count' as const },
    ]
    expect(shown({ group, summary })).toEqual({
      definition: { group: group.slice(1), summary: summary.slice(1) },
      gone: ['marks', 'name'],
    })
  })
})
