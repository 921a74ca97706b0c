import type { FieldFault } from '#base/errors.ts'
import type { Field } from '#engine/model/object-type.ts'
import { regions } from '#engine/region/regions.ts'
import { fault } from './faults.ts'
import { fold } from './fold.ts'
import { readAmount, scaled } from './read-amount.ts'
import { readDate, type DateOrder } from './read-date.ts'
import { readInstant } from './read-instant.ts'

/** What a cell became: a canonical value, perhaps with a doubt worth showing, or a fault. */
export type Reading =
  { readonly value: unknown; readonly doubt?: FieldFault } | { readonly value?: undefined; readonly fault: FieldFault }

export interface ReadingHints {
  readonly dateOrder?: DateOrder | undefined
  /** The header said 万元: numbers are multiplied. */
  readonly scale?: string | undefined
  /** IANA zone in which times of day are meant. */
  readonly zone?: string | undefined
}

const yes = new Set(['yes', 'y', 'true', 't', '1', 'on', '是', '有', '对', '真', '√', '✓', '✔', '启用'])
const no = new Set(['no', 'n', 'false', 'f', '0', 'off', '否', '无', '不', '错', '假', '×', 'x', '✗', '停用'])
const nothing = new Set(['', '-', '--', '—', '–', '/', 'n/a', '#n/a', 'null', 'nil', 'none', '\\n', '无', '暂无', '空'])

/**
 * One cell's text → the field's canonical JSON value (see `Field`); empty text → null.
 * References, owners and splits stay text here: they are looked up in bulk later.
 */
export function readValue(field: Field, written: string, hints: ReadingHints = {}): Reading {
  // Exports put an apostrophe before what a spreadsheet would calculate.
  const text = written.trim().replace(/^'(?=[=+\-@＝＋－＠])/, '')
  if (isNothing(field, text)) return { value: null }
  if (isShortened(field, text)) return { fault: fault(field.key, 'NUMBER_SHORTENED', { text }) }
  switch (field.type) {
    case 'date':
      return ofDate(field, text, hints)
    case 'date_time':
      return ofInstant(field, text, hints)
    case 'number':
    case 'money':
    case 'percent':
    case 'rating':
      return ofNumber(field, text, hints)
    case 'yes_no':
      return ofYesNo(field, text)
    case 'choice':
      return ofChoice(field, text)
    case 'multi_choice':
      return ofList(text, (item) => ofChoice(field, item))
    case 'tags':
    case 'multi_reference':
      return ofList(text, (item) => ({ value: item }))
    case 'region':
      return ofRegion(field, text)
    case 'long_text':
    case 'rich_text':
    case 'address':
      return { value: text.replace(/\r\n?/g, '\n') }
    case 'email':
      return { value: text.normalize('NFKC').replace(/\s+/g, '') }
    case 'phone':
      return { value: text.normalize('NFKC').replace(/\.0$/, '') }
    case 'text':
    case 'url':
    case 'reference':
    case 'owner':
    case 'credits':
    case 'file':
    case 'auto_number':
    case 'formula':
    case 'rollup':
      return { value: text.replace(/\s*[\r\n]+\s*/g, ' ') }
  }
}

/** Several values in one cell: `甲、乙`, `a; b`. Commas part them only where nothing stronger does: names have commas. */
function ofList(text: string, readItem: (item: string) => Reading): Reading {
  const marks = /[、;；|\n]/.test(text) ? /[、;；|\n]+/ : /[,，]+/
  const items = text.split(marks).map((item) => item.trim())
  const values: unknown[] = []
  for (const item of items.filter((one) => one !== '')) {
    const reading = readItem(item)
    if ('fault' in reading) return reading
    values.push(reading.value)
  }
  return { value: values.length > 0 ? values : null }
}

/** 浙江省杭州市, 330100, or from the smallest up as in English: 杭州市, Zhejiang. */
function ofRegion(field: Field, text: string): Reading {
  const upwards = text.split(/[,，]/).toReversed().join('')
  const code = regions.read(text) ?? regions.read(upwards)
  return code === undefined ? { fault: fault(field.key, 'REGION_NOT_FOUND', { text }) } : { value: code }
}

/** In text columns "-" or "无" may be meant; elsewhere people write them for "no value". */
function isNothing(field: Field, text: string): boolean {
  if (text === '') return true
  if (field.type === 'text' || field.type === 'long_text' || field.type === 'yes_no') return false
  if (field.type === 'choice') return text === '-' || text === '—'
  return nothing.has(text.normalize('NFKC').toLowerCase())
}

/** 9.13E+17 in a column of codes or phones: a spreadsheet took the code for a number and kept its first digits only. */
function isShortened({ type, unique, searched }: Field, text: string): boolean {
  const isCode = type === 'phone' || (type === 'text' && (unique === true || searched === 'code'))
  return isCode && /^\d(\.\d+)?E\+\d{1,2}$/i.test(text)
}

function ofDate(field: Field, text: string, hints: ReadingHints): Reading {
  const reading = readDate(text, hints.dateOrder)
  if (!reading.ok) return { fault: fault(field.key, 'NOT_A_DATE', { text }) }
  if (!reading.doubt) return { value: reading.value }
  return { value: reading.value, doubt: fault(field.key, reading.doubt, { text, value: reading.value }) }
}

function ofInstant(field: Field, text: string, hints: ReadingHints): Reading {
  const reading = readInstant(text, hints.zone ?? 'UTC', hints.dateOrder)
  return reading.ok ? { value: reading.value } : { fault: fault(field.key, 'NOT_A_DATE', { text }) }
}

function ofNumber(field: Field, text: string, hints: ReadingHints): Reading {
  const reading = readAmount(text)
  if (!reading.ok) return { fault: fault(field.key, 'NOT_A_NUMBER', { text }) }
  const isShare = reading.isPercent && field.type !== 'percent'
  const value = isShare
    ? scaled(reading.value, '0.01')
    : hints.scale
      ? scaled(reading.value, hints.scale)
      : reading.value
  if (!reading.doubt) return { value }
  return { value, doubt: fault(field.key, reading.doubt, { text, value }) }
}

function ofYesNo(field: Field, text: string): Reading {
  const word = text.normalize('NFKC').toLowerCase()
  if (yes.has(word)) return { value: true }
  if (no.has(word)) return { value: false }
  return { fault: fault(field.key, 'NOT_YES_NO', { text }) }
}

function ofChoice(field: Field, text: string): Reading {
  const choices = field.choices ?? []
  const exact = choices.find((choice) => choice.key === text)
  if (exact) return { value: exact.key }
  const folded = fold(text)
  const meant = choices.find((choice) =>
    [choice.key, choice.label.zh, choice.label.en, ...(choice.aliases ?? [])].some((name) => fold(name) === folded),
  )
  if (meant) return { value: meant.key }
  const offered = choices.filter((choice) => !choice.retired)
  const allowed = offered.map((choice) => `${choice.label.zh}/${choice.label.en}`).join(', ')
  return { fault: fault(field.key, 'UNKNOWN_CHOICE', { text, allowed }) }
}
