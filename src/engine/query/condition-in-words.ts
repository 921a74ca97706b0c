import type { Language } from '#base/label.ts'
import { shortForm } from '#engine/money/short-form.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import { isList, isNumeric, valueTypeOf } from '#engine/model/column.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import { fieldAt } from './check.ts'
import type { Condition, FilterValue } from './filter.ts'
import { relativeInWords } from './relative-words.ts'

/** Names of people, units, records and regions by id or code; undefined while they are not known. */
export type NameOf = (id: string) => string | undefined

/** Of which object is told, in which language, and how what it names is called. */
export interface Telling {
  readonly object: ObjectType
  readonly catalogue: Catalogue
  readonly language: Language
  readonly nameOf: NameOf
}

/** 客户的行业 / Account’s Industry. */
function pathInWords(path: string, { object, catalogue, language }: Telling): string {
  const keys = path.split('.')
  const labels = keys.map(
    (_key, at) => fieldAt(keys.slice(0, at + 1).join('.'), object, catalogue)?.label[language] ?? keys[at],
  )
  return labels.join(language === 'zh' ? '的' : ' › ')
}

/** One condition; `figure` stands for the field where it is no field of the object. */
export function conditionInWords({ field: path, op, value }: Condition, telling: Telling, figure?: Field): string {
  const field = figure ?? fieldAt(path, telling.object, telling.catalogue)
  const name = figure ? path : pathInWords(path, telling)
  if (!field) return `${name} ${op}`
  return telling.language === 'zh'
    ? inChinese(name, field, { op, value }, telling)
    : inEnglish(name, field, { op, value }, telling)
}

type Compared = Pick<Condition, 'op' | 'value'>

function inChinese(name: string, field: Field, { op, value }: Compared, telling: Telling): string {
  const one = () => valueInWords(field, value, telling)
  const several = (last: string) => listInWords(field, value, telling, '、', last)
  const isDay = isDate(field)
  switch (op) {
    case 'empty':
      return `${name}为空`
    case 'notEmpty':
      return `${name}不为空`
    case 'eq':
      return valueTypeOf(field) === 'yes_no'
        ? `${name}为“${one()}”`
        : join(isNumeric(field) ? `${name}等于` : `${name}是`, one())
    case 'ne':
      return join(isNumeric(field) ? `${name}不等于` : `${name}不是`, one())
    case 'lt':
      return join(isDay ? `${name}早于` : `${name}小于`, one())
    case 'le':
      return isDay ? join(`${name}不晚于`, one()) : join(`${name}不超过`, one())
    case 'gt':
      return join(isDay ? `${name}晚于` : `${name}大于`, one())
    case 'ge':
      return isDay ? join(`${name}不早于`, one()) : join(`${name}不低于`, one())
    case 'in':
      return join(`${name}是`, several('或'))
    case 'between': {
      const [low, high] = listOf(value).map((bound) => valueInWords(field, bound, telling))
      return `${name}在 ${low} 至 ${high} 之间`
    }
    case 'contains':
      return `${name}包含${one()}`
    case 'startsWith':
      return `${name}以${one()}开头`
    case 'within':
      return withinInChinese(name, field, value, telling)
    case 'hasAny':
      return `${name}含有${several('或')}`
    case 'hasAll':
      return `${name}同时含有${several('和')}`
    case 'hasNone':
      return `${name}不含${several('和')}`
  }
}

function inEnglish(name: string, field: Field, { op, value }: Compared, telling: Telling): string {
  const one = () => valueInWords(field, value, telling)
  const several = (last: string) => listInWords(field, value, telling, ', ', last)
  const isDay = isDate(field)
  switch (op) {
    case 'empty':
      return `${name} is empty`
    case 'notEmpty':
      return `${name} is not empty`
    case 'eq':
      return `${name} is ${one()}`
    case 'ne':
      return `${name} is not ${one()}`
    case 'lt':
      return `${name} is ${isDay ? 'before' : 'less than'} ${one()}`
    case 'le':
      return `${name} is ${isDay ? 'on or before' : 'at most'} ${one()}`
    case 'gt':
      return `${name} is ${isDay ? 'after' : 'more than'} ${one()}`
    case 'ge':
      return `${name} is ${isDay ? 'on or after' : 'at least'} ${one()}`
    case 'in':
      return `${name} is ${several(' or ')}`
    case 'between': {
      const [low, high] = listOf(value)
      return `${name} is between ${valueInWords(field, low, telling)} and ${valueInWords(field, high, telling)}`
    }
    case 'contains':
      return `${name} contains ${one()}`
    case 'startsWith':
      return `${name} begins with ${one()}`
    case 'within':
      return withinInEnglish(name, field, value, telling)
    case 'hasAny':
      return `${name} has ${several(' or ')}`
    case 'hasAll':
      return `${name} has ${several(' and ')}`
    case 'hasNone':
      return `${name} has neither ${several(' nor ')}`
  }
}

/** Digits and Latin letters keep a space to the characters before them: 大于 10 万. */
const join = (before: string, after: string) => (/^[\w+-]/.test(after) ? `${before} ${after}` : `${before}${after}`)

const isDate = (field: Field) => valueTypeOf(field) === 'date' || valueTypeOf(field) === 'date_time'

function withinInChinese(name: string, field: Field, value: Condition['value'], telling: Telling): string {
  const text = valueInWords(field, value, telling)
  if (typeof value === 'object' && value !== null) {
    if ('myUnit' in value) return `${name}在我的部门及下级`
    if ('unit' in value) return `${name}在${text}及下级`
    if ('region' in value) return `${name}在${text}`
  }
  return /^[早晚]于/.test(text) ? `${name}${text}` : join(`${name}在`, text)
}

function withinInEnglish(name: string, field: Field, value: Condition['value'], telling: Telling): string {
  const text = valueInWords(field, value, telling)
  if (typeof value === 'object' && value !== null) {
    if ('myUnit' in value) return `${name} is in my unit or below`
    if ('unit' in value) return `${name} is in ${text} or below`
    if ('region' in value) return `${name} is in ${text}`
    if ('relative' in value && typeof value.relative === 'object') {
      const isStretch = 'past' in value.relative || 'next' in value.relative
      return `${name} is ${isStretch ? 'in the ' : ''}${text}`
    }
  }
  return `${name} is ${text}`
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : [])

function listInWords(field: Field, value: unknown, telling: Telling, between: string, last: string): string {
  const texts = listOf(value).map((one) => valueInWords(field, one, telling))
  if (texts.length === 0) return telling.language === 'zh' ? '空集' : 'nothing'
  if (texts.length > 12) {
    const rest = texts.length - 10
    return `${texts.slice(0, 10).join(between)}${telling.language === 'zh' ? ` 等 ${texts.length} 个` : ` and ${rest} more`}`
  }
  return texts.length === 1 ? (texts[0] ?? '') : `${texts.slice(0, -1).join(between)}${last}${texts.at(-1)}`
}

function valueInWords(field: Field, value: unknown, telling: Telling): string {
  const { language, nameOf } = telling
  if (typeof value === 'object' && value !== null) return meaningInWords(value as FilterValue & object, telling)
  if (typeof value === 'boolean') return language === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no'
  const text = String(value)
  if (isNumeric(field)) return numberInWords(text, field, language)
  switch (valueTypeOf(field)) {
    case 'date':
    case 'date_time':
      return text
    case 'choice':
    case 'multi_choice':
      return field.choices?.find(({ key }) => key === text)?.label[language] ?? text
    case 'owner':
    case 'reference':
    case 'multi_reference':
    case 'region':
      return nameOf(text) ?? (valueTypeOf(field) === 'region' ? text : '…')
    default:
      return isList(field) ? text : `“${text}”`
  }
}

function meaningInWords(value: FilterValue & object, { language, nameOf }: Telling): string {
  const isChinese = language === 'zh'
  if ('me' in value) return isChinese ? '我' : 'me'
  if ('unit' in value) return nameOf(value.unit) ?? '…'
  if ('region' in value) return nameOf(value.region) ?? value.region
  if ('relative' in value) return relativeInWords(value.relative, language)
  return isChinese ? '我的部门' : 'my unit'
}

/** 10 万 in Chinese, 100K in English, where the short form loses nothing. */
function numberInWords(text: string, field: Field, language: Language): string {
  const isPercent = valueTypeOf(field) === 'percent'
  const { figure, mark, exact } = shortForm(text, language, 4)
  const isShort = mark !== '' && !isPercent && shortForm(text, language, 12).figure === figure
  if (/year/i.test(field.key) && !text.includes('.')) return text
  if (!isShort) return isPercent ? `${exact}%` : exact
  return language === 'zh' ? `${figure} ${mark}` : `${figure}${mark}`
}
