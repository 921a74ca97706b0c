import type { Label, Language } from '#base/label.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import { dayFieldOf } from '#engine/model/family.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import { conditionInWords, type NameOf, type Telling } from './condition-in-words.ts'
import type { Aggregate, Children, Condition, Filter, Relative } from './filter.ts'
import { relativeInWords } from './relative-words.ts'
import { isEverything, simplified } from './simplify.ts'

export type { NameOf } from './condition-in-words.ts'

/**
 * A filter in plain words: `金额大于 10 万，且（省份是浙江或城市是杭州），且近 30 天没有跟进`; in English
 * `Amount is more than 100K, and (Province is 浙江 or City is 杭州), and there is no Activity in the last 30 days`.
 * Of a filter that `checkFilter` accepts.
 */
export function filterInWords(
  filter: Filter,
  object: ObjectType,
  catalogue: Catalogue,
  language: Language,
  nameOf: NameOf,
): string {
  const telling = { object, catalogue, language, nameOf }
  const plainest = simplified(filter, object, catalogue)
  const isChinese = language === 'zh'
  if (isEverything(plainest)) return isChinese ? '全部' : 'all records'
  if ('and' in plainest) return plainest.and.map((part) => told(part, telling)).join(isChinese ? '，且' : ', and ')
  if ('or' in plainest) return plainest.or.map((part) => told(part, telling)).join(isChinese ? '，或' : ', or ')
  return told(plainest, telling)
}

function told(filter: Filter, telling: Telling): string {
  const isChinese = telling.language === 'zh'
  if ('and' in filter)
    return isEverything(filter) ? (isChinese ? '全部' : 'all records') : group(filter.and, 'and', telling)
  if ('or' in filter) return group(filter.or, 'or', telling)
  if ('not' in filter) return negation(filter.not, telling)
  return 'children' in filter ? childrenInWords(filter, telling) : conditionInWords(filter, telling)
}

function group(parts: readonly Filter[], kind: 'and' | 'or', telling: Telling): string {
  const isChinese = telling.language === 'zh'
  const between = kind === 'and' ? (isChinese ? '且' : ' and ') : isChinese ? '或' : ' or '
  const text = parts.map((part) => told(part, telling)).join(between)
  return isChinese ? `（${text}）` : `(${text})`
}

function negation(filter: Filter, telling: Telling): string {
  const isChinese = telling.language === 'zh'
  if (isEverything(filter)) return isChinese ? '没有任何记录' : 'no records'
  const text = told(filter, telling)
  const isGroup = 'and' in filter || 'or' in filter
  if (isChinese) return isGroup ? `不满足${text}` : `不满足“${text}”`
  return isGroup ? `not ${text}` : `not “${text}”`
}

function childrenInWords(filter: Children, telling: Telling): string {
  const { catalogue, language } = telling
  const child = catalogue.find(filter.children)
  if (!child) return filter.children
  const inside: Telling = { ...telling, object: child }
  const { relative, others } = spanOf(filter, child)
  const span = relative === undefined ? '' : relativeInWords(relative, language)
  const rest = others.length === 0 ? '' : filterInWords({ and: others }, child, catalogue, language, telling.nameOf)
  const name = familyInWords(filter, child, telling)
  return language === 'zh'
    ? childrenInChinese(filter, { span, what: rest === '' ? name : `满足“${rest}”的${name}` }, inside)
    : childrenInEnglish(
        filter,
        { span: spanInEnglish(span, relative), what: rest === '' ? name : `${name} where ${rest}` },
        inside,
      )
}

/** The children by their object; where it refers to this one in several ways, by which. */
function familyInWords({ via }: Children, child: ObjectType, { object, language }: Telling): string {
  const references = child.fields.filter(({ to }) => to === object.key)
  const reference = references.length > 1 ? references.find(({ key }) => key === via) : undefined
  if (!reference) return child.label[language]
  return language === 'zh'
    ? `${child.label.zh}（按${reference.label.zh}）`
    : `${child.label.en} (by ${reference.label.en})`
}

/** The span of the records' own day, told apart from the other conditions on them. */
function spanOf(
  { where }: Children,
  child: ObjectType,
): { readonly relative?: Relative; readonly others: readonly Filter[] } {
  if (!where) return { others: [] }
  const parts = 'and' in where ? where.and : [where]
  const day = dayFieldOf(child)?.key
  const isSpan = (part: Filter): part is Condition =>
    'field' in part && !('children' in part) && part.field === day && part.op === 'within'
  const span = parts.find(isSpan)
  const relative =
    typeof span?.value === 'object' && span.value !== null && 'relative' in span.value ? span.value.relative : undefined
  return relative === undefined ? { others: parts } : { relative, others: parts.filter((part) => part !== span) }
}

function spanInEnglish(span: string, relative: Relative | undefined): string {
  const isStretch = typeof relative === 'object' && ('past' in relative || 'next' in relative)
  return span === '' ? '' : isStretch ? ` in the ${span}` : ` ${span}`
}

interface ChildrenWords {
  readonly span: string
  readonly what: string
}

function childrenInChinese(filter: Children, { span, what }: ChildrenWords, inside: Telling): string {
  const presence = presenceOf(filter)
  if (presence !== undefined) return `${span}${presence ? '有' : '没有'}${what}`
  const measured = measuredOf(filter, inside.object)
  const figure = measured ? `${what}的${measured.label.zh}${aggregateWords[filter.aggregate].zh}` : `${what}的个数`
  return `${span}${conditionInWords({ ...filter, field: figure }, inside, figureField(measured, figure))}`
}

function childrenInEnglish(filter: Children, { span, what }: ChildrenWords, inside: Telling): string {
  const presence = presenceOf(filter)
  if (presence !== undefined) return `there is ${presence ? 'some' : 'no'} ${what}${span}`
  const measured = measuredOf(filter, inside.object)
  const figure = measured
    ? `the ${aggregateWords[filter.aggregate].en} ${measured.label.en} of ${what}${span}`
    : `the number of ${what}${span}`
  return conditionInWords({ ...filter, field: figure }, inside, figureField(measured, figure))
}

const aggregateWords: Readonly<Record<Aggregate, Label>> = {
  count: { zh: '个数', en: 'number of' },
  sum: { zh: '合计', en: 'total' },
  min: { zh: '最小值', en: 'least' },
  max: { zh: '最大值', en: 'greatest' },
  avg: { zh: '平均值', en: 'average' },
}

const measuredOf = ({ field }: Children, child: ObjectType) => child.fields.find(({ key }) => key === field)

/** The figure as a field of its own: compared like what is measured, called as it is told. */
function figureField(measured: Field | undefined, figure: string): Field {
  const label = { zh: figure, en: figure }
  return measured ? { ...measured, label } : { key: '', type: 'number', label }
}

/** Whether there must be some or none; undefined if the filter asks for another figure. */
function presenceOf({ aggregate, op, value }: Children): boolean | undefined {
  if (aggregate !== 'count' || typeof value === 'object') return undefined
  const number = Number(value)
  if ((op === 'eq' || op === 'le') && number === 0) return false
  return (op === 'gt' && number === 0) || (op === 'ge' && number === 1) ? true : undefined
}
