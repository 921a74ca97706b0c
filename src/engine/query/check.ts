import type { FieldFault } from '#base/errors.ts'
import type { Label } from '#base/label.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import { fieldOf, isList as isListField, isNumeric, valueTypeOf } from '#engine/model/column.ts'
import type { Field, FieldType, ObjectType, SortKey } from '#engine/model/object-type.ts'
import { isDate, isInstant, isUuid } from '#engine/model/validate.ts'
import {
  deepest,
  everything,
  largest,
  type Aggregate,
  type Children,
  type Condition,
  type Filter,
  type Operator,
} from './filter.ts'

const always: readonly Operator[] = ['empty', 'notEmpty']
const textual: readonly Operator[] = ['eq', 'ne', 'in', 'contains', 'startsWith', ...always]
const ordered: readonly Operator[] = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'in', 'between', ...always]
const keyed: readonly Operator[] = ['eq', 'ne', 'in', ...always]
const listed: readonly Operator[] = ['hasAny', 'hasAll', 'hasNone', ...always]

/** Which operators a type of field takes. */
const operatorsOf: Readonly<Record<FieldType, readonly Operator[]>> = {
  text: textual,
  long_text: textual,
  phone: textual,
  email: textual,
  url: textual,
  number: ordered,
  money: ordered,
  percent: ordered,
  date: [...ordered, 'within'],
  date_time: [...ordered, 'within'],
  yes_no: ['eq', 'ne', ...always],
  choice: keyed,
  reference: keyed,
  owner: [...keyed, 'within'],
  credits: [],
  rich_text: textual,
  address: textual,
  auto_number: textual,
  rating: ordered,
  multi_choice: listed,
  tags: listed,
  multi_reference: listed,
  file: always,
  region: [...keyed, 'within'],
  formula: [],
  rollup: [],
}

const words = {
  field: { zh: '没有字段“{field}”', en: 'There is no field “{field}”' },
  operator: { zh: '这个字段不能用“{op}”', en: 'This field does not take “{op}”' },
  value: { zh: '条件的值不对', en: 'The value does not fit the field' },
  long: { zh: '条件太多', en: 'The filter has too many conditions' },
  deep: { zh: '条件嵌套太深', en: 'The filter is nested too deeply' },
  children: { zh: '没有下级记录“{field}”', en: 'No records refer to this one by “{field}”' },
  aggregate: { zh: '这个字段不能这样汇总', en: 'This field cannot be aggregated like that' },
  sort: { zh: '不能按这个字段排序', en: 'Records cannot be sorted by this field' },
} satisfies Record<string, Label>

/** What of a filter does not fit the object; empty when all of it does. */
export function checkFilter(filter: Filter, object: ObjectType, catalogue: Catalogue): readonly FieldFault[] {
  const faults = walk(filter, object, catalogue, 1)
  if (faults.length > 0) return faults.slice(0, 50)
  return sizeOf(filter) > largest ? [{ field: 'filter', code: 'long', label: words.long }] : []
}

/** Values that a filter compares with: PostgreSQL takes no more than 65,535, and numerics count twice. */
function sizeOf(filter: Filter): number {
  if ('and' in filter) return filter.and.reduce((sum, part) => sum + sizeOf(part), 0)
  if ('or' in filter) return filter.or.reduce((sum, part) => sum + sizeOf(part), 0)
  if ('not' in filter) return sizeOf(filter.not)
  if ('children' in filter) return 1 + (filter.where ? sizeOf(filter.where) : 0)
  return isList(filter.value) ? Math.max(filter.value.length, 1) : 1
}

function walk(filter: Filter, object: ObjectType, catalogue: Catalogue, depth: number): readonly FieldFault[] {
  if (depth > deepest) return [{ field: 'filter', code: 'deep', label: words.deep }]
  if ('and' in filter) return filter.and.flatMap((part) => walk(part, object, catalogue, depth + 1))
  if ('or' in filter) return filter.or.flatMap((part) => walk(part, object, catalogue, depth + 1))
  if ('not' in filter) return walk(filter.not, object, catalogue, depth + 1)
  if ('children' in filter) return checkChildren(filter, object, catalogue, depth + 1)
  return checkCondition(filter, object, catalogue)
}

function checkCondition(condition: Condition, object: ObjectType, catalogue: Catalogue): readonly FieldFault[] {
  const { field: path, op } = condition
  const field = fieldAt(path, object, catalogue)
  if (!field) return [{ field: path, code: 'field', label: words.field, params: { field: path } }]
  if (!operatorsFor(field).includes(op))
    return [{ field: path, code: 'operator', label: words.operator, params: { op } }]
  return fits(field, condition) ? [] : [{ field: path, code: 'value', label: words.value }]
}

/** Which operators a field takes: whoever sees it masked could guess it by comparing. */
export function operatorsFor(field: Field): readonly Operator[] {
  return field.masked ? always : operatorsOf[valueTypeOf(field)]
}

/** The family must exist, what is measured must fit the aggregate, and the figure must be comparable with the value. */
function checkChildren(
  filter: Children,
  object: ObjectType,
  catalogue: Catalogue,
  depth: number,
): readonly FieldFault[] {
  const child = catalogue.find(filter.children)
  const named = `${filter.children}.${filter.via}`
  const isFamily = child?.fields.some(({ key, to }) => key === filter.via && to === object.key)
  if (!child || !isFamily) return [{ field: named, code: 'children', label: words.children, params: { field: named } }]
  const measured = filter.field === undefined ? undefined : fieldOf(child, filter.field)
  const { aggregate, op, value } = filter
  if ((aggregate === 'count') !== (measured === undefined) || (measured && !isMeasured(measured, aggregate))) {
    return [{ field: `${filter.children}.${filter.field ?? aggregate}`, code: 'aggregate', label: words.aggregate }]
  }
  const figure: Field = measured ?? { key: '', type: 'number', label: words.value }
  const faults = fits(figure, { field: '', op, value }) ? [] : [{ field: named, code: 'value', label: words.value }]
  return [...faults, ...walk(filter.where ?? everything, child, catalogue, depth)]
}

/** Numbers take every aggregate, dates the first and the last. */
export function isMeasured(field: Field, aggregate: Aggregate): boolean {
  if (field.masked) return false
  if (isNumeric(field)) return true
  return valueTypeOf(field) === 'date' && (aggregate === 'min' || aggregate === 'max')
}

/** Whether totals can be asked of a field like that: of every field how often it is filled, but for shares. */
export function isFigure(field: Field, aggregate: Aggregate): boolean {
  return aggregate === 'count' ? field.type !== 'credits' : isMeasured(field, aggregate)
}

/** Whether records are gathered by the values of a field: it has one value a record, and several records may have it. */
export function isGathered(field: Field): boolean {
  return field.key !== 'id' && field.type !== 'credits' && !isListField(field) && !field.masked
}

/** The field at the end of a path through references, or undefined. */
export function fieldAt(path: string, object: ObjectType, catalogue: Catalogue): Field | undefined {
  const [head, ...rest] = path.split('.')
  const field = fieldOf(object, head ?? '')
  if (!field || rest.length === 0) return field
  const next = field.type === 'reference' && field.to ? catalogue.find(field.to) : undefined
  return next && rest.length < 5 ? fieldAt(rest.join('.'), next, catalogue) : undefined
}

function fits(field: Field, { op, value }: Condition): boolean {
  if (op === 'empty' || op === 'notEmpty') return value === undefined || value === null
  if (value === undefined) return false
  if (op === 'hasAny' || op === 'hasAll' || op === 'hasNone') {
    return isList(value) && value.length > 0 && value.every((item) => isEntryOf(field, item))
  }
  if (op === 'in') return isList(value) && value.every((item) => isValueOf(field, item))
  if (op === 'between')
    return isList(value) && value.length === 2 && value.every((item) => item !== null && isValueOf(field, item))
  if (op === 'within') return value !== null && isWithin(field, value)
  if (typeof value === 'object' && value !== null && 'me' in value) return field.type === 'owner'
  if (op === 'contains' || op === 'startsWith') return isText(value) && value !== ''
  return isValueOf(field, value)
}

function isWithin(field: Field, value: NonNullable<Condition['value']>): boolean {
  if (typeof value !== 'object') return false
  if (field.type === 'owner') return 'unit' in value || 'myUnit' in value
  return field.type === 'region' ? 'region' in value : 'relative' in value
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

function isValueOf(field: Field, value: unknown): boolean {
  if (isNumeric(field)) return /^-?\d{1,20}(\.\d{1,10})?$/.test(String(value)) && typeof value !== 'boolean'
  switch (valueTypeOf(field)) {
    case 'date':
      return isDate(value)
    case 'date_time':
      return isDate(value) || isInstant(value)
    case 'yes_no':
      return typeof value === 'boolean'
    case 'reference':
    case 'owner':
      return isUuid(value)
    default:
      return isText(value)
  }
}

function isEntryOf(field: Field, value: unknown): boolean {
  return field.type === 'multi_reference' || field.type === 'file' ? isUuid(value) : isText(value)
}

/** What a text column can hold. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\u0000') && value.isWellFormed()
}

/** Sort keys that cannot be used: unknown fields, or fields without an order. */
export function checkSort(sort: readonly SortKey[], object: ObjectType): readonly FieldFault[] {
  return sort.flatMap(({ field: key }) => {
    const field = fieldOf(object, key)
    return field && field.type !== 'credits' && !isListField(field) && field.key !== 'id' && !field.masked
      ? []
      : [{ field: key === '' ? 'sort' : key, code: 'sort', label: words.sort }]
  })
}
