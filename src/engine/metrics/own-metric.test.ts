import { describe, expect, it } from 'vitest'
import { makeCatalogue } from '#engine/model/catalogue.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import { shapedCatalogue } from '#engine/model/shape.ts'
import { checkOwnMetric, unitsFor } from './check-own-metric.ts'
import { metricOf, metricsWith } from './metrics-with.ts'
import { builtOn, makeMetrics, metricsBehind } from './metrics.ts'
import { bringsTheSame, type OwnMetricDefinition, type RecordMetric } from './own-metric.ts'

const both = (zh: string, en = zh) => ({ zh, en })
const field = (key: string, type: Field['type'], label = both(key)) => ({
  id: key,
  object: 'plot__c',
  key,
  isIndexReady: false,
  definition: { type, label },
})

const product: ObjectType = {
  key: 'product',
  label: both('产品', 'Product'),
  labelOfMany: both('产品', 'Products'),
  table: 'product',
  title: 'name',
  fields: [{ key: 'name', type: 'text', label: both('名称', 'Name') }],
  defaultSort: [],
  rights: { read: [], create: [], update: [], delete: [], transfer: [], import: [], export: [] },
}

const catalogue = shapedCatalogue(makeCatalogue([product]), {
  objects: [
    {
      key: 'plot__c',
      label: both('地块', 'Plot'),
      labelOfMany: both('地块', 'Plots'),
      nameLabel: both('名称', 'Name'),
    },
  ],
  fields: [
    field('rent__c', 'money', both('租金', 'Rent')),
    field('yield__c', 'percent', both('收益率', 'Yield')),
    field('signedOn__c', 'date', both('签约日期', 'Signed on')),
    field('seenAt__c', 'date_time'),
    field('large__c', 'yes_no', both('大块', 'Large')),
    field('plan__c', 'file', both('图纸', 'Plan')),
    { ...field('product__c', 'reference'), definition: { type: 'reference', label: both('产品'), to: 'product' } },
    {
      ...field('double__c', 'formula'),
      definition: {
        type: 'formula',
        label: both('双倍', 'Double'),
        formula: { expression: 'rent__c * 2', result: 'money' },
      },
    },
  ],
  setups: {},
})

const rent: RecordMetric = {
  label: both('租金总额', 'All rent'),
  of: 'plot__c',
  aggregate: 'sum',
  field: 'rent__c',
  at: 'signedOn__c',
  unit: 'money',
  better: 'higher',
}
const among = { metrics: makeMetrics([]) }
const large = { field: 'large__c', op: 'eq', value: true } as const
const faultsOf = (changes: Partial<RecordMetric>) =>
  checkOwnMetric({ ...rent, ...changes }, catalogue, among).map(({ field: part, code }) => `${part} ${code}`)

describe('a definition of an own metric', () => {
  it('holds for every kind of aggregate, dated by a day or a moment', () => {
    expect(faultsOf({})).toEqual([])
    expect(faultsOf({ aggregate: 'count', unit: 'count', at: 'seenAt__c', when: large })).toEqual([])
    expect(faultsOf({ aggregate: 'average', at: 'createdAt' })).toEqual([])
    expect(faultsOf({ aggregate: 'share', countsIf: large, unit: 'percent' })).toEqual([])
  })

  it('needs a name, an object that somebody owns, a field to measure and a date', () => {
    expect(faultsOf({ label: both(' ') })).toEqual(['label label'])
    expect(faultsOf({ of: 'nothing' })).toEqual(['of object'])
    expect(faultsOf({ of: 'product' })).toEqual(['of owner'])
    expect(faultsOf({ field: undefined })).toEqual(['field measure'])
    expect(faultsOf({ at: '' })).toEqual(['at date'])
    expect(faultsOf({ aggregate: 'share', unit: 'percent' })).toEqual(['countsIf share'])
  })

  it('names the field that does not fit', () => {
    expect(checkOwnMetric({ ...rent, field: 'large__c' }, catalogue, among)).toMatchObject([
      { field: 'field', code: 'notNumber', params: { field: '大块', fieldEn: 'Large' } },
    ])
    expect(faultsOf({ field: 'gone__c' })).toEqual(['field field'])
    expect(faultsOf({ field: 'yield__c' })).toEqual(['field percent'])
    expect(faultsOf({ field: 'double__c' })).toEqual(['field computed'])
    expect(faultsOf({ at: 'rent__c' })).toEqual(['at notDate'])
    expect(faultsOf({ at: 'updatedAt' })).toEqual(['at notDate'])
  })

  it('takes no condition that depends on anything but the record itself', () => {
    const when = (filter: RecordMetric['when']) => faultsOf({ when: filter })
    expect(when({ field: 'gone__c', op: 'empty' })).toEqual(['when field'])
    expect(when({ field: 'product__c.name', op: 'eq', value: '甲' })).toEqual(['when path'])
    expect(when({ not: { field: 'double__c', op: 'gt', value: '1' } })).toEqual(['when computed'])
    expect(when({ or: [large, { field: 'ownerId', op: 'eq', value: { me: true } }] })).toEqual(['when looker'])
    expect(when({ field: 'signedOn__c', op: 'within', value: { relative: 'this_month' } })).toEqual(['when looker'])
    expect(when({ field: 'plan__c', op: 'notEmpty' })).toEqual(['when file'])
  })

  it('has a unit that fits what is computed', () => {
    expect(faultsOf({ unit: 'percent' })).toEqual(['unit unit'])
    expect(faultsOf({ aggregate: 'count' })).toEqual(['unit unit'])
    expect(unitsFor({ aggregate: 'average', field: 'yield__c' }, catalogue.get('plot__c'))).toEqual(['count', 'days'])
  })
})

describe('an own metric', () => {
  const told = (changes: Partial<RecordMetric>, names = {}) =>
    metricOf({ key: 'rent__c', version: 3, definition: { ...rent, ...changes }, names }, catalogue, among.metrics)

  it('is a flow that sums or a ratio that is divided', () => {
    expect(told({}).kind).toBe('flow')
    expect(told({ aggregate: 'average' })).toMatchObject({ kind: 'ratio', version: 3, key: 'rent__c' })
  })

  it('says what it counts in both languages', () => {
    expect(told({ when: large }).formula).toEqual({
      zh: '地块（大块为“是”）的租金之和，按签约日期',
      en: 'Sum of Rent over Plots (Large is yes), by Signed on',
    })
    const onProduct = { field: 'product__c', op: 'eq', value: '018f0000-0000-7000-8000-000000000001' } as const
    const names = { '018f0000-0000-7000-8000-000000000001': both('小麦', 'Wheat') }
    expect(told({ aggregate: 'share', countsIf: onProduct }, names).formula).toEqual({
      zh: '地块中符合条件（产品是小麦）的占比，按签约日期',
      en: 'Share of Plots with 产品 is Wheat, by Signed on',
    })
  })

  it('is left out while it does not fit the objects', () => {
    const broken = { key: 'broken__c', version: 1, definition: { ...rent, field: 'gone__c' }, names: {} }
    const sound = { key: 'rent__c', version: 1, definition: rent, names: {} }
    const metrics = metricsWith(makeMetrics([]), [broken, sound], catalogue)
    expect(metrics.all().map(({ key }) => key)).toEqual(['rent__c'])
    expect(metrics.sourcesOf('plot__c')).toHaveLength(1)
  })

  it('brings the same under another name, in whatever order the database keeps its parts, and else not', () => {
    const reordered = { ...rent, label: both('新名'), better: 'lower', when: { value: true, op: 'eq', field: 'large__c' } } as const // prettier-ignore
    expect(bringsTheSame({ ...rent, when: large }, reordered)).toBe(true)
    expect(bringsTheSame(rent, { ...rent, when: large })).toBe(false)
    expect(bringsTheSame(rent, { ...rent, at: 'createdAt' })).toBe(false)
  })
})

describe('one metric divided by another', () => {
  const of = (over: string, under: string) =>
    ({ aggregate: 'ratio', label: both('比'), unit: 'percent', better: 'higher', over, under }) as const
  const own = (key: string, definition: OwnMetricDefinition) => ({ key, version: 1, definition, names: {} })
  const known = metricsWith(makeMetrics([]), [own('b', of('rent', 'rent')), own('rent', rent), own('a', of('b', 'rent'))], catalogue) // prettier-ignore

  it('stands once both do, in whatever order they were made', () => {
    expect(known.all().map(({ key, kind }) => `${key} ${kind}`)).toEqual(['b ratio', 'rent flow', 'a ratio'])
    expect(known.find('a')?.formula).toEqual(both('比 ÷ 租金总额', '比 ÷ All rent'))
    expect(metricsBehind(known.find('a') ?? never(), known).map(({ key }) => key)).toEqual(['b', 'rent'])
    expect(builtOn('rent', known).map(({ key }) => key)).toEqual(['b', 'a'])
  })

  it('names what is missing, and what would go in a circle', () => {
    const told = (definition: OwnMetricDefinition, key?: string) =>
      checkOwnMetric(definition, catalogue, { metrics: known, key }).map(({ field: part, code }) => `${part} ${code}`)
    expect(told(of('rent', 'gone'))).toEqual(['under metric'])
    expect(told(of('', 'rent'))).toEqual(['over over'])
    expect(told(of('a', 'rent'), 'b')).toEqual(['over cyclic'])
    expect(told(of('rent', 'b'), 'b')).toEqual(['under cyclic'])
    expect(told(of('b', 'rent'), 'a')).toEqual([])
  })

  it('is read nowhere where it goes in a circle nevertheless', () => {
    const circle = [own('c', of('d', 'd')), own('d', of('c', 'c'))]
    expect(metricsWith(makeMetrics([]), circle, catalogue).all()).toEqual([])
  })
})

function never(): never {
  throw new Error('it stands')
}
