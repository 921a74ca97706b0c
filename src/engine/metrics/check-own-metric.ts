import type { FieldFault } from '#base/errors.ts'
import type { Label } from '#base/label.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import { fieldOf, isComputed, isNumeric } from '#engine/model/column.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import { checkFilter } from '#engine/query/check.ts'
import type { Condition, Filter } from '#engine/query/filter.ts'
import type { Metric } from './metric.ts'
import { metricsBehind, type Metrics } from './metrics.ts'
import {
  isQuotient,
  takesField,
  type OwnMetricDefinition,
  type QuotientMetric,
  type RecordMetric,
} from './own-metric.ts'

const words = {
  label: { zh: '请填写名称，最多 60 个字', en: 'Give a name of at most 60 characters' },
  object: { zh: '请选择对象', en: 'Choose an object' },
  owner: {
    zh: '“{object}”没有负责人，业绩无法归属到人',
    en: '{objectEn} have no owner, so nobody could be credited',
  },
  date: { zh: '请选择日期字段', en: 'Choose a date' },
  notDate: { zh: '“{field}”不是日期字段', en: '“{fieldEn}” is not a date' },
  field: { zh: '没有字段“{field}”', en: 'There is no field “{field}”' },
  measure: { zh: '请选择要汇总的字段', en: 'Choose the field to add up' },
  notNumber: { zh: '“{field}”不是数字或金额，不能求和或平均', en: '“{fieldEn}” is no number or amount to add up' },
  percent: { zh: '“{field}”是百分比，只能求平均', en: '“{fieldEn}” is a percentage; it can only be averaged' },
  computed: {
    zh: '“{field}”由公式或汇总算出，会随别的记录或日期变化，不能用在指标里',
    en: '“{fieldEn}” is worked out by a formula or roll-up and changes without its record; metrics cannot use it',
  },
  path: {
    zh: '“{field}”在关联的记录上；指标的条件只能用记录自己的字段',
    en: '“{field}” stands in another record; conditions of metrics may name only fields of the record itself',
  },
  children: {
    zh: '指标的条件不能取决于下级记录',
    en: 'Conditions of metrics may not depend on the records that refer to it',
  },
  looker: {
    zh: '“{field}”的条件取决于谁在看或今天是哪天，不能用在指标里',
    en: 'The condition on “{fieldEn}” depends on who looks or on today; metrics cannot use it',
  },
  file: { zh: '指标的条件不能用文件字段“{field}”', en: 'Conditions of metrics cannot use files such as “{fieldEn}”' },
  share: { zh: '请给出要满足的条件', en: 'Say which condition is to be met' },
  distinct: {
    zh: '“{field}”可以有多个值或文件，不能去重计数',
    en: '“{fieldEn}” holds several values or files; they cannot be counted once',
  },
  over: { zh: '请选择分子指标', en: 'Choose the metric that is divided' },
  under: { zh: '请选择分母指标', en: 'Choose the metric that it is divided by' },
  metric: { zh: '没有指标“{metric}”', en: 'There is no metric “{metric}”' },
  cyclic: {
    zh: '“{metric}”本身要用到这个指标，不能互相引用',
    en: '“{metricEn}” is itself worked out from this metric: neither could be computed',
  },
  credit: { zh: '“{object}”没有业绩分成，只能归负责人', en: '{objectEn} share no credit: all is the owner’s' },
  unit: { zh: '单位与算法不符', en: 'The unit does not fit what is computed' },
} satisfies Record<string, Label>

/** The metrics that a quotient may divide, and the key of the one that is being defined, if it has one already. */
export interface Among {
  readonly metrics: Pick<Metrics, 'find'>
  readonly key?: string | undefined
}

/** What does not hold in a company's own metric, naming its part; empty when it can be kept. */
export function checkOwnMetric(
  definition: OwnMetricDefinition,
  catalogue: Catalogue,
  among: Among,
): readonly FieldFault[] {
  const named = labelFaults(definition.label)
  return [
    ...named,
    ...(isQuotient(definition) ? quotientFaults(definition, among) : recordFaults(definition, catalogue)),
  ]
}

function recordFaults(definition: RecordMetric, catalogue: Catalogue): readonly FieldFault[] {
  const object = catalogue.find(definition.of)
  if (!object) return [fault('of', 'object')]
  if (!object.fields.some(({ key, type }) => key === 'ownerId' && type === 'owner')) {
    return [fault('of', 'owner', namesOfObject(object))]
  }
  const measured = measureFaults(definition, object)
  return [
    ...measured,
    ...shareFaults(definition, object, catalogue),
    ...(definition.when ? conditionFaults('when', definition.when, object, catalogue) : []),
    ...dateFaults(definition.at, object),
    ...(definition.credit === 'shared' && !sharesCredit(object)
      ? [fault('credit', 'credit', namesOfObject(object))]
      : []),
    ...(measured.length > 0 || unitsFor(definition, object).includes(definition.unit) ? [] : [fault('unit', 'unit')]),
  ]
}

const namesOfObject = ({ label, labelOfMany }: ObjectType) => ({ object: label.zh, objectEn: labelOfMany.en })

/** Whether several people can share the credit of a record. */
export function sharesCredit({ fields }: { readonly fields: readonly KeyedType[] }): boolean {
  return fields.some(({ type }) => type === 'credits')
}

function quotientFaults({ over, under }: QuotientMetric, { metrics, key }: Among): readonly FieldFault[] {
  return (['over', 'under'] as const).flatMap((part) => {
    const named = part === 'over' ? over : under
    if (named === '') return [fault(part, part)]
    const metric = metrics.find(named)
    if (!metric) return [fault(part, 'metric', { metric: named })]
    const isCyclic = key !== undefined && [metric, ...metricsBehind(metric, metrics)].some((one) => one.key === key)
    return isCyclic ? [fault(part, 'cyclic', { metric: metric.label.zh, metricEn: metric.label.en })] : []
  })
}

/** As much of a field as screens know, too. */
interface KeyedType {
  readonly key: string
  readonly type: string
}

/** The units in which such a metric can be told, the usual one first. */
export function unitsFor(
  { aggregate, field: key }: Pick<RecordMetric, 'field'> & Pick<OwnMetricDefinition, 'aggregate'>,
  { fields }: { readonly fields: readonly KeyedType[] },
): readonly Metric['unit'][] {
  if (aggregate === 'ratio') return ['percent', 'count', 'money', 'days']
  if (aggregate === 'share') return ['percent']
  if (aggregate === 'count' || aggregate === 'distinct') return ['count']
  return fields.find((field) => field.key === key)?.type === 'money' ? ['money'] : ['count', 'days']
}

/** Whether records can be dated by such a field: a day, or a moment that does not move with every save. */
export function isDatingField({ key, type }: KeyedType): boolean {
  return type === 'date' || (type === 'date_time' && key !== 'updatedAt')
}

function labelFaults(label: Label): readonly FieldFault[] {
  const isFine = [label.zh, label.en].every((text) => text.trim() !== '' && text.length <= 60)
  return isFine ? [] : [fault('label', 'label')]
}

function measureFaults({ aggregate, field: key }: RecordMetric, object: ObjectType): readonly FieldFault[] {
  if (!takesField(aggregate)) return []
  if (key === undefined || key === '') return [fault('field', 'measure')]
  const field = fieldOf(object, key)
  if (!field) return [fault('field', 'field', { field: key })]
  if (isComputed(field)) return [fault('field', 'computed', nameOf(field))]
  if (aggregate === 'distinct') return isSingle(field) ? [] : [fault('field', 'distinct', nameOf(field))]
  if (!isNumeric(field)) return [fault('field', 'notNumber', nameOf(field))]
  return aggregate === 'sum' && field.type === 'percent' ? [fault('field', 'percent', nameOf(field))] : []
}

/** Whether a field holds one value that can be told from others. */
export function isSingle({ type }: Pick<KeyedType, 'type'>): boolean {
  return !['multi_choice', 'tags', 'multi_reference', 'file', 'credits', 'address', 'rich_text', 'long_text'].includes(
    type,
  )
}

function shareFaults(
  { aggregate, countsIf }: RecordMetric,
  object: ObjectType,
  catalogue: Catalogue,
): readonly FieldFault[] {
  if (aggregate !== 'share') return []
  return countsIf ? conditionFaults('countsIf', countsIf, object, catalogue) : [fault('countsIf', 'share')]
}

function dateFaults(key: string, object: ObjectType): readonly FieldFault[] {
  if (key === '') return [fault('at', 'date')]
  const field = fieldOf(object, key)
  if (!field) return [fault('at', 'field', { field: key })]
  if (isComputed(field)) return [fault('at', 'computed', nameOf(field))]
  return isDatingField(field) ? [] : [fault('at', 'notDate', nameOf(field))]
}

/** Ledger rows follow the changes of their own record and nothing else, so a condition may depend on nothing else. */
function conditionFaults(
  part: string,
  filter: Filter,
  object: ObjectType,
  catalogue: Catalogue,
): readonly FieldFault[] {
  const faults = checkFilter(filter, object, catalogue)
  if (faults.length > 0) return faults.map((one) => ({ ...one, field: part }))
  return dependences(filter, object).map(({ code, params }) => fault(part, code, params))
}

interface Dependence {
  readonly code: keyof typeof words
  readonly params?: FieldFault['params']
}

function dependences(filter: Filter, object: ObjectType): readonly Dependence[] {
  if ('and' in filter) return filter.and.flatMap((part) => dependences(part, object))
  if ('or' in filter) return filter.or.flatMap((part) => dependences(part, object))
  if ('not' in filter) return dependences(filter.not, object)
  return 'children' in filter ? [{ code: 'children' }] : dependenceOf(filter, object)
}

function dependenceOf({ field: path, value }: Condition, object: ObjectType): readonly Dependence[] {
  const field = fieldOf(object, path)
  if (!field) return [{ code: 'path', params: { field: path } }]
  const params = nameOf(field)
  if (isComputed(field)) return [{ code: 'computed', params }]
  if (field.type === 'file') return [{ code: 'file', params }]
  const isRelative = typeof value === 'object' && value !== null && !Array.isArray(value) && !('region' in value)
  return isRelative ? [{ code: 'looker', params }] : []
}

const nameOf = ({ label }: Field) => ({ field: label.zh, fieldEn: label.en })

function fault(field: string, code: keyof typeof words, params?: FieldFault['params']): FieldFault {
  return { field, code, label: words[code], ...(params ? { params } : {}) }
}
