import { describe, expect, it } from 'vitest'
import type { ScreenField, ScreenObject } from '#features/objects/web/index.tsx'
import { changed, datesOf, definitionOf, draftOf, emptyDraft, lacksOf } from './metric-draft.ts'

const field = (key: string, type: ScreenField['type']) => ({ key, type, label: { zh: key, en: key } }) as ScreenField
const object = (key: string, fields: readonly ScreenField[]) =>
  ({ key, label: { zh: key, en: key }, labelOfMany: { zh: key, en: key }, title: 'name', fields }) as ScreenObject

const plot = object('plot__c', [field('rent__c', 'money'), field('rate__c', 'percent'), field('signedOn__c', 'date')])
const barn = object('barn__c', [field('size__c', 'number')])
const objects = [plot, barn]

describe('a draft of a metric', () => {
  it('takes the first date and number of the object, and the unit that fits', () => {
    const chosen = changed(emptyDraft, { of: 'plot__c' }, objects)
    expect(chosen).toMatchObject({ of: 'plot__c', aggregate: 'count', at: 'signedOn__c', unit: 'count' })
    expect(changed(chosen, { aggregate: 'sum' }, objects)).toMatchObject({ field: 'rent__c', unit: 'money' })
    expect(changed(chosen, { aggregate: 'share' }, objects)).toMatchObject({ unit: 'percent' })
  })

  it('forgets what belongs to another object', () => {
    const when = { field: 'rent__c', op: 'gt', value: '1' } as const
    const chosen = changed(emptyDraft, { of: 'plot__c', aggregate: 'sum', when }, objects)
    const moved = changed(changed(chosen, { when }, objects), { of: 'barn__c' }, objects)
    expect(moved).toMatchObject({ field: 'size__c', at: 'createdAt', unit: 'count' })
    expect(moved.when).toBeUndefined()
  })

  it('never adds up percentages, but averages them', () => {
    const average = changed(emptyDraft, { of: 'plot__c', aggregate: 'average', field: 'rate__c' }, objects)
    expect(average).toMatchObject({ field: 'rate__c', unit: 'count' })
    expect(changed(average, { aggregate: 'sum' }, objects)).toMatchObject({ field: 'rent__c' })
  })

  it('is dated by a day or by when the record was made, never by its last change', () => {
    expect(datesOf(plot).map(({ key }) => key)).toEqual(['signedOn__c', 'createdAt'])
  })

  it('counts once whatever is one thing', () => {
    expect(changed(emptyDraft, { of: 'plot__c', aggregate: 'distinct' }, objects)).toMatchObject({
      field: 'rent__c',
      unit: 'count',
    })
  })

  it('of two metrics sends these alone', () => {
    const ratio = changed(emptyDraft, { aggregate: 'ratio' }, objects)
    expect(lacksOf({ ...ratio, label: { zh: '客单价', en: '' } })).toEqual(['over', 'under'])
    const chosen = { ...ratio, over: 'sales_amount', under: 'active_customers' }
    expect(definitionOf(chosen)).toEqual({
      aggregate: 'ratio', label: { zh: '', en: '' }, unit: 'percent', better: 'higher', over: 'sales_amount', under: 'active_customers',
    }) // prettier-ignore
    expect(definitionOf(draftOf(definitionOf(chosen)))).toEqual(definitionOf(chosen))
  })

  it('says what is still to be filled in', () => {
    expect(lacksOf(emptyDraft)).toEqual(['label', 'of'])
    expect(lacksOf({ ...emptyDraft, label: { zh: '占比', en: '' }, of: 'barn__c', aggregate: 'share' })).toEqual([
      'countsIf',
    ])
  })
})
