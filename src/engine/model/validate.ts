import { Decimal } from 'decimal.js'
import type { FieldFault } from '#base/errors.ts'
import type { Label } from '#base/label.ts'
import { isComputed } from './column.ts'
import type { Credit, Field, ObjectType, RecordValues } from './object-type.ts'

const faults = {
  required: { zh: '必填', en: 'Required' },
  unknown: { zh: '没有这个字段', en: 'There is no such field' },
  readOnly: { zh: '由系统填写，不能修改', en: 'Kept by the system; it cannot be set' },
  text: { zh: '应为文字', en: 'Must be text' },
  tooLong: { zh: '最多 {most} 个字', en: 'At most {most} characters' },
  number: { zh: '应为数字', en: 'Must be a number' },
  tooSmall: { zh: '不能小于 {least}', en: 'Must not be less than {least}' },
  tooBig: { zh: '不能大于 {most}', en: 'Must not be more than {most}' },
  notWhole: { zh: '应为整数', en: 'Must be a whole number' },
  tooPrecise: { zh: '最多 4 位小数', en: 'At most 4 decimals' },
  date: { zh: '应为日期，如 2026-03-05', en: 'Must be a date such as 2026-03-05' },
  instant: { zh: '应为时间，如 2026-03-05T09:30:00Z', en: 'Must be a time such as 2026-03-05T09:30:00Z' },
  yesNo: { zh: '应为是或否', en: 'Must be yes or no' },
  choice: { zh: '只能是：{choices}', en: 'Must be one of: {choices}' },
  id: { zh: '应为记录编号', en: 'Must be the id of a record' },
  phone: { zh: '电话格式不对', en: 'Not a phone number' },
  email: { zh: '邮箱格式不对', en: 'Not an e-mail address' },
  url: { zh: '网址格式不对', en: 'Not a web address' },
  credits: { zh: '应为人员与比例的列表', en: 'Must be a list of people and percents' },
  creditSum: { zh: '比例之和必须是 100%,现在是 {sum}%', en: 'Percents must sum to 100; they sum to {sum}' },
  list: { zh: '应为列表', en: 'Must be a list' },
  tooMany: { zh: '最多 {most} 项', en: 'At most {most} entries' },
  region: { zh: '不认识这个地区', en: 'There is no such region' },
  creditTwice: { zh: '同一人出现了两次', en: 'The same person stands there twice' },
} satisfies Record<string, Label>

type Read =
  { readonly value: unknown } | { readonly fault: keyof typeof faults; readonly params?: FieldFault['params'] }

/**
 * Reads values as they came in into the values that are stored, field by field. `partial` leaves absent fields alone;
 * otherwise absent fields are null and required ones are named. `setsReadOnly`: also read-only fields.
 */
export function readValues(
  object: ObjectType,
  input: RecordValues,
  { partial = false, setsReadOnly = false }: { partial?: boolean; setsReadOnly?: boolean } = {},
): { readonly values: RecordValues; readonly faults: readonly FieldFault[] } {
  const values: Record<string, unknown> = {}
  const found: FieldFault[] = []
  const known = new Map(object.fields.map((field) => [field.key, field]))
  for (const key of Object.keys(input)) {
    const field = known.get(key)
    if (!field) found.push(faultAt(key, 'unknown'))
    else if (isComputed(field) || (field.readOnly && !setsReadOnly)) found.push(faultAt(key, 'readOnly'))
  }
  for (const field of object.fields) {
    if (isComputed(field) || (!(field.key in input) && partial)) continue
    const read = readValue(field, input[field.key])
    if ('fault' in read) found.push(faultAt(field.key, read.fault, read.params))
    else if (read.value === null && field.required && !field.readOnly) found.push(faultAt(field.key, 'required'))
    else values[field.key] = read.value
  }
  return { values, faults: found }
}

function faultAt(field: string, code: keyof typeof faults, params?: FieldFault['params']): FieldFault {
  return { field, code, label: faults[code], ...(params ? { params } : {}) }
}

function readValue(field: Field, value: unknown): Read {
  if (value === undefined || value === null || value === '') return { value: null }
  switch (field.type) {
    case 'text':
    case 'auto_number':
      return readText(value, field.maxLength ?? 200)
    case 'address':
      return readText(value, field.maxLength ?? 500)
    case 'long_text':
    case 'rich_text':
      return readText(value, field.maxLength ?? 20_000)
    case 'phone':
      return matching(plainly(value), phoneForm, 'phone')
    case 'email':
      return matching(value, /^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'email')
    case 'url':
      return matching(value, /^(https?:\/\/)?[^\s/]+\.[^\s]+$/i, 'url')
    case 'number':
    case 'money':
    case 'percent':
      return readNumber(field, value)
    case 'rating':
      return readNumber({ min: '0', max: '5', whole: true, ...field }, value)
    case 'date':
      return isDate(value) ? { value } : { fault: 'date' }
    case 'date_time':
      return readInstant(value)
    case 'yes_no':
      return typeof value === 'boolean' ? { value } : { fault: 'yesNo' }
    case 'choice':
      return readChoice(field, value)
    case 'reference':
    case 'owner':
      return isUuid(value) ? { value } : { fault: 'id' }
    case 'credits':
      return readCredits(value)
    case 'region':
      return /^([A-Z]{2}|\d{2}|\d{4}|\d{6})$/.test(String(value)) ? { value: String(value) } : { fault: 'region' }
    case 'multi_choice':
      return readList(value, (item) => readChoice(field, item))
    case 'tags':
      return readList(value, (item) => readText(item, 40))
    case 'multi_reference':
      return readList(value, readId)
    case 'file':
      return readList(value, readId, field.single ? 1 : mostFiles)
    case 'formula':
    case 'rollup':
      return { fault: 'readOnly' }
  }
}

const longestList = 100
const mostFiles = 20

const readId = (item: unknown): Read => (isUuid(item) ? { value: item } : { fault: 'id' })

/** Each entry once, in the order they came. */
function readList(value: unknown, readItem: (item: unknown) => Read, most = longestList): Read {
  if (!Array.isArray(value)) return { fault: 'list' }
  if (value.length > most) return { fault: 'tooMany', params: { most } }
  const items: unknown[] = []
  for (const item of value as readonly unknown[]) {
    const read = readItem(item)
    if ('fault' in read) return read
    if (read.value !== null && !items.includes(read.value)) items.push(read.value)
  }
  return { value: items.length > 0 ? items : null }
}

function readText(value: unknown, most: number): Read {
  if (typeof value !== 'string') return { fault: 'text' }
  // PostgreSQL cannot hold the zero character, nor half a character.
  const text = value.replaceAll('\u0000', '').toWellFormed().trim()
  if (text === '') return { value: null }
  return text.length > most ? { fault: 'tooLong', params: { most } } : { value: text }
}

/** With the extension as people note it: 转801, ext. 801, #801. */
const phoneForm = /^\+?[\d\s()./-]{3,40}(?:(?:转|分机|ext(?:ension)?\.?|x|#)\s*[-:]?\s*\d{1,6})?$/i

/** Digits, brackets and dashes as keyboards in China write them, in their plain form. */
function plainly(value: unknown): unknown {
  return typeof value === 'string' ? value.normalize('NFKC').replace(/[‐‑–—−]/g, '-') : value
}

function matching(value: unknown, form: RegExp, fault: 'phone' | 'email' | 'url'): Read {
  const read = readText(value, 200)
  if ('fault' in read || read.value === null) return read
  return form.test(String(read.value)) ? read : { fault }
}

function readNumber(field: Field, value: unknown): Read {
  if (typeof value !== 'string' && typeof value !== 'number') return { fault: 'number' }
  if (!/^[+-]?\d{1,30}(\.\d{1,30})?$/.test(String(value).trim())) return { fault: 'number' }
  const number = new Decimal(String(value).trim())
  const least = field.min ?? '-999999999999999'
  const most = field.max ?? '999999999999999'
  if (number.lt(least)) return { fault: 'tooSmall', params: { least } }
  if (number.gt(most)) return { fault: 'tooBig', params: { most } }
  if (field.whole && !number.isInteger()) return { fault: 'notWhole' }
  if (number.decimalPlaces() > 4) return { fault: 'tooPrecise' }
  return { value: number.toFixed() }
}

/** A calendar date that exists, written `YYYY-MM-DD`. */
export function isDate(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value) || value.startsWith('0000')) return false
  const day = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value)
}

function readInstant(value: unknown): Read {
  return isInstant(value) ? { value: new Date(value).toISOString() } : { fault: 'instant' }
}

/** An instant that exists, with its zone: `2026-03-05T09:30:00Z` or `…+08:00`. */
export function isInstant(value: unknown): value is string {
  if (typeof value !== 'string') return false
  const parts = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.exec(value)
  const year = new Date(value).getUTCFullYear()
  return parts !== null && isDate(parts[1]) && year > 0 && year < 10_000
}

function readChoice(field: Field, value: unknown): Read {
  const keys = (field.choices ?? []).map((choice) => choice.key)
  if (typeof value === 'string' && keys.includes(value)) return { value }
  return { fault: 'choice', params: { choices: keys.join(', ') } }
}

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(value)
}

function readCredits(value: unknown): Read {
  if (!Array.isArray(value)) return { fault: 'credits' }
  if (value.length === 0) return { value: null }
  const credits: Credit[] = []
  for (const item of value as readonly unknown[]) {
    const credit = readCredit(item)
    if (!credit) return { fault: 'credits' }
    credits.push(credit)
  }
  if (new Set(credits.map((credit) => credit.person)).size < credits.length) return { fault: 'creditTwice' }
  const sum = credits.reduce((total, credit) => total.plus(credit.percent), new Decimal(0))
  return sum.eq(100) ? { value: credits } : { fault: 'creditSum', params: { sum: sum.toString() } }
}

function readCredit(item: unknown): Credit | undefined {
  if (typeof item !== 'object' || item === null || !('person' in item) || !('percent' in item)) return undefined
  const { person, percent } = item
  if (!isUuid(person) || !/^\d{1,3}(\.\d{1,4})?$/.test(String(percent))) return undefined
  const share = new Decimal(String(percent))
  return share.gt(0) && share.lte(100) ? { person, percent: share.toFixed() } : undefined
}
