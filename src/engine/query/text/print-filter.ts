import type { Language } from '#base/label.ts'
import { exact, plain } from '#engine/money/decimal.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import { isList, isNumeric, valueTypeOf } from '#engine/model/column.ts'
import { dayFieldOf, familiesOf } from '#engine/model/family.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import type { Regions } from '#engine/region/region.ts'
import { fieldAt } from '../check.ts'
import { type Children, type Condition, type Filter, type FilterValue, type Relative } from '../filter.ts'
import { readRelative, relativeInWords } from '../relative-words.ts'
import { isEverything, simplified } from '../simplify.ts'
import { choiceNamed, spelledAggregate, spelledFamily, spelledField, spelledPath } from './spellings.ts'
import { isBareWord } from './tokens.ts'

export interface PrintContext {
  readonly object: ObjectType
  readonly catalogue: Catalogue
  readonly language: Language
  readonly regions: Regions
  /**
   * Names under which the reader finds exactly this person, unit or record again; others are written by id.
   * `kind` is `person`, `unit` or the key of an object.
   */
  readonly nameOf: (kind: string, id: string) => string | undefined
}

/** The text that `readFilter` reads as the same filter, in its plainest form. */
export function printFilter(filter: Filter, context: PrintContext): string {
  const plainest = simplified(filter, context.object, context.catalogue)
  if (isEverything(plainest)) return ''
  return 'or' in plainest
    ? parts(plainest.or, context, orIn(context))
    : 'and' in plainest
      ? parts(plainest.and, context, ' ')
      : print(plainest, context)
}

const orIn = ({ language }: PrintContext) => (language === 'zh' ? ' 或 ' : ' or ')

const parts = (filters: readonly Filter[], context: PrintContext, between: string) =>
  filters.map((part) => print(part, context)).join(between)

function print(filter: Filter, context: PrintContext): string {
  if ('and' in filter) return isEverything(filter) ? '*' : `(${parts(filter.and, context, ' ')})`
  if ('or' in filter) return `(${parts(filter.or, context, orIn(context))})`
  if ('not' in filter) return `-${inner(filter.not, context)}`
  if ('children' in filter) return printChildren(filter, context)
  return printCondition(filter, context)
}

/** A minus sign negates one thing: another negation stands in parentheses. */
const inner = (filter: Filter, context: PrintContext) =>
  'not' in filter ? `(${print(filter, context)})` : print(filter, context)

function printCondition({ field: path, op, value }: Condition, context: PrintContext): string {
  const { object, catalogue, language } = context
  const field = fieldAt(path, object, catalogue)
  const spelled = spelledPath(object, catalogue, path, language)
  const name = isBareWord(spelled) ? spelled : quoted(spelled)
  const isChinese = language === 'zh'
  if (op === 'empty') return `${name}:${isChinese ? '空' : 'empty'}`
  if (op === 'notEmpty') return `${name}:${isChinese ? '有值' : 'any'}`
  if (!field) return `${name}:${quoted(String(value))}`
  const written = (one: unknown) => printValue(field, one, context)
  const list = () => `(${listOf(value).map(written).join(', ')})`
  switch (op) {
    case 'eq':
      return `${name}${isTextual(field) ? '=' : isExactRegion(field) ? '=' : ':'}${written(value)}`
    case 'ne':
      return `${name}!=${written(value)}`
    case 'lt':
      return `${name}<${written(value)}`
    case 'le':
      return `${name}<=${written(value)}`
    case 'gt':
      return `${name}>${written(value)}`
    case 'ge':
      return `${name}>=${written(value)}`
    case 'in':
      return `${name}=${list()}`
    case 'between':
      return `${name}:${listOf(value).map(written).join('..')}`
    case 'contains':
      return `${name}:${written(value)}`
    case 'startsWith':
      return `${name}^=${written(value)}`
    case 'within':
      return `${name}:${written(value)}`
    case 'hasAny':
      return `${name}:${list()}`
    case 'hasAll':
      return `${name}=${list()}`
    case 'hasNone':
      return `${name}!=${list()}`
  }
}

const isExactRegion = (field: Field) => field.type === 'region'

const listOf = (value: FilterValue | undefined): readonly unknown[] => (Array.isArray(value) ? value : [])

const isTextual = (field: Field) =>
  !isNumeric(field) &&
  !isList(field) &&
  ['text', 'long_text', 'phone', 'email', 'url', 'rich_text', 'address', 'auto_number'].includes(valueTypeOf(field))

function printValue(field: Field, value: unknown, context: PrintContext): string {
  const { language } = context
  if (typeof value === 'object' && value !== null) return printMeaning(value as object & FilterValue, context)
  if (typeof value === 'boolean') return language === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no'
  const text = String(value)
  if (isNumeric(field)) return printNumber(text, language)
  switch (valueTypeOf(field)) {
    case 'date':
    case 'date_time':
      return bare(text)
    case 'choice':
    case 'multi_choice':
      return printChoice(field, text, language)
    case 'owner':
      return printNamed('person', text, context)
    case 'reference':
    case 'multi_reference':
      return printNamed(field.to ?? '', text, context)
    case 'region':
      return printRegion(text, context)
    default:
      return bare(text)
  }
}

/** 100000 → 10万 in Chinese, where nothing is lost. */
function printNumber(text: string, language: Language): string {
  if (language === 'en') return text
  const mark = [
    { from: '1e8', mark: '亿' },
    { from: '1e4', mark: '万' },
  ].find(({ from }) => {
    const number = exact(text).abs()
    return number.gte(from) && number.div(from).decimalPlaces() <= 2
  })
  return mark ? `${plain(exact(text).div(mark.from))}${mark.mark}` : text
}

function printChoice(field: Field, key: string, language: Language): string {
  const label = choiceNamed(field, key)?.label[language]
  return bare(label !== undefined && choiceNamed(field, label)?.key === key ? label : key)
}

const printNamed = (kind: string, id: string, { nameOf }: PrintContext) => {
  const name = nameOf(kind, id)
  return name === undefined ? id : bare(name)
}

function printRegion(code: string, { regions, language }: PrintContext): string {
  const names = [regions.nameOf(code, language), regions.fullNameOf(code, language), regions.fullNameOf(code, 'zh')]
  return bare(names.find((name) => regions.read(name) === code) ?? code)
}

function printMeaning(value: object & FilterValue, context: PrintContext): string {
  const isChinese = context.language === 'zh'
  if ('me' in value) return isChinese ? '我' : 'me'
  if ('myUnit' in value) return isChinese ? '我的部门' : 'my_unit'
  if ('unit' in value) {
    const name = context.nameOf('unit', value.unit)
    return name === undefined ? `unit/${value.unit}` : bare(name)
  }
  if ('region' in value) return printRegion(value.region, context)
  return 'relative' in value ? printRelative(value.relative, context.language) : ''
}

export function printRelative(relative: Relative, language: Language): string {
  const words = relativeInWords(relative, language)
  return language === 'zh' ? words.replaceAll(' ', '') : words.replaceAll(' ', '_')
}

/** Words that mean something in the place of a value. */
const taken = new Set([
  'empty',
  'any',
  'filled',
  'none',
  '空',
  '为空',
  '未填',
  '有值',
  '不为空',
  '已填',
  '非空',
  '我',
  'me',
  'i',
])

/** Without quotation marks where nobody could take it for something else. */
export function bare(text: string): string {
  const isPlain = /^[\p{L}\p{N}_][\p{L}\p{N}_./+-]*$/u.test(text) && isBareWord(text)
  return isPlain && !taken.has(text.toLowerCase()) ? text : quoted(text)
}

const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`

function printChildren(filter: Children, context: PrintContext): string {
  const { object, catalogue, language } = context
  const { children, via, aggregate, where, op, value } = filter
  const family = familiesOf(object, catalogue).find(
    ({ child, reference }) => child.key === children && reference.key === via,
  )
  if (!family) return quoted(`${children}/${via}`)
  const name = spelledFamily(object, catalogue, family, language)
  const short = aggregate === 'count' && shortSpan(filter, family.child, language)
  if (typeof short === 'string' && op !== 'between' && typeof value !== 'object') {
    const span = short === '' ? '' : `/${short}`
    if (op === 'eq' && Number(value) === 0) return `${name}:${language === 'zh' ? '无' : 'none'}${span}`
    if (op === 'gt' && Number(value) === 0) return `${name}:${language === 'zh' ? '有' : 'any'}${span}`
    return `${name}${signs[op]}${value}${span}`
  }
  const measured = filter.field === undefined ? undefined : family.child.fields.find(({ key }) => key === filter.field)
  const target = measured ? `${name}.${spelledField(family.child, measured, language)}` : name
  const inside = { ...context, object: family.child }
  const condition = where ? ` ${language === 'zh' ? '其中' : 'where'} ${printFilter(where, inside)}` : ''
  const written = (one: unknown) => (measured ? printValue(measured, one, inside) : printNumber(String(one), language))
  const figure = Array.isArray(value) ? value.map(written).join('..') : written(value)
  return `${spelledAggregate(aggregate, language)}(${target}${condition})${signs[op]}${figure}`
}

const signs = { eq: '=', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=', between: '=' } as const

/** `近30天`, if the records counted are those of a span of their day; empty if they are all. */
function shortSpan({ where }: Children, child: ObjectType, language: Language): string | undefined {
  if (!where) return ''
  const value =
    'field' in where && !('children' in where) && where.op === 'within' && where.field === dayFieldOf(child)?.key
      ? where.value
      : undefined
  if (typeof value !== 'object' || value === null || !('relative' in value)) return undefined
  const text = printRelative(value.relative, language)
  return readRelative(text) === undefined ? undefined : text
}
