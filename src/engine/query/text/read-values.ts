import type { Label } from '#base/label.ts'
import { addDays, addMonths, isDay } from '#engine/calendar/day.ts'
import { readPeriod } from '#engine/calendar/period.ts'
import { isNumeric, valueTypeOf } from '#engine/model/column.ts'
import type { Field } from '#engine/model/object-type.ts'
import { isInstant, isUuid } from '#engine/model/validate.ts'
import { fold } from '#engine/transfer/fold.ts'
import { readAmount } from '#engine/transfer/read-amount.ts'
import { readDate } from '#engine/transfer/read-date.ts'
import type { Relative } from '../filter.ts'
import { readRelative } from '../relative-words.ts'
import { choiceNamed } from './spellings.ts'
import type { Piece, Stretch, TextFault } from './written.ts'
import type { Named, TextContext } from './resolver.ts'

const words = {
  number: { zh: '“{text}”不是数字', en: '“{text}” is not a number' },
  date: { zh: '“{text}”不是日期', en: '“{text}” is not a date' },
  yesNo: { zh: '“{text}”应为“是”或“否”', en: '“{text}” must be yes or no' },
  choice: { zh: '没有选项“{text}”；可用：{choices}', en: 'There is no choice “{text}”; there are: {choices}' },
  person: { zh: '没有叫“{text}”的人员或部门', en: 'There is no person or unit called “{text}”' },
  record: { zh: '没有名为“{text}”的{object}', en: 'There is no {object} called “{text}”' },
  region: { zh: '不认识地区“{text}”，或有多处同名', en: 'No region is called “{text}”, or several are' },
  field: { zh: '没有字段“{text}”', en: 'There is no field “{text}”' },
  operator: { zh: '字段“{field}”不能用“{op}”', en: 'The field “{field}” does not take “{op}”' },
  range: { zh: '这里不能用范围', en: 'A range cannot stand here' },
  several: { zh: '这里只能有一个值', en: 'Only one value can stand here' },
  none: { zh: '缺少值', en: 'A value is missing' },
  unknown: { zh: '这个字段不能筛选', en: 'This field cannot be filtered' },
  aggregate: { zh: '这个字段不能这样汇总', en: 'This field cannot be aggregated like that' },
  family: { zh: '没有下级记录“{text}”', en: 'No records called “{text}” refer to this one' },
} satisfies Record<string, Label>

/** A text that cannot be read; becomes a fault at its place. */
export class Unreadable extends Error {
  readonly fault: TextFault

  constructor(code: keyof typeof words, { from, to }: Stretch, params: TextFault['params'] = {}) {
    super(code)
    this.fault = { from, to, code, label: words[code], params }
  }
}

export function unreadable(code: keyof typeof words, piece: Piece, params: TextFault['params'] = {}): Unreadable {
  return new Unreadable(code, piece, { text: piece.text.slice(0, 60), ...params })
}

export function numberOf(piece: Piece): string {
  const reading = readAmount(piece.text)
  if (!reading.ok) throw unreadable('number', piece)
  return reading.value
}

const yes = new Set(['yes', 'true', 'y', '1', '是', '有', '对'])
const no = new Set(['no', 'false', 'n', '0', '否', '无', '不'])

export function yesNoOf(piece: Piece): boolean {
  const word = fold(piece.text)
  if (yes.has(word)) return true
  if (no.has(word)) return false
  throw unreadable('yesNo', piece)
}

export function choiceOf(piece: Piece, field: Field, { language }: TextContext): string {
  const choice = choiceNamed(field, piece.text)
  if (choice) return choice.key
  const choices = (field.choices ?? []).map(({ label }) => label[language])
  throw unreadable('choice', piece, { choices: choices.slice(0, 20).join(', ') })
}

/** A day, a span of days from the first to the last, or days relative to today. */
export type DaysRead =
  { readonly day: string } | { readonly first: string; readonly last: string } | { readonly relative: Relative }

const quarterDigits: Readonly<Record<string, string>> = { 一: '1', 二: '2', 三: '3', 四: '4' }

/** 2026年, 2026年3月, 2026/3, 2026年第一季度, 2026年Q1 as `2026`, `2026-03`, `2026-Q1`; anything else as it was. */
function periodWritten(text: string): string {
  const [, year, month, quarter, q] =
    /^(\d{4})\s*(?:年|[-/.年]\s*(\d{1,2})\s*月?|年?\s*第?([一二三四1-4])\s*季度?|年\s*[Qq]([1-4]))$/.exec(text) ?? []
  if (year === undefined) return text
  const which = quarter ?? q
  if (which !== undefined) return `${year}-Q${quarterDigits[which] ?? which}`
  return month === undefined ? year : `${year}-${month.padStart(2, '0')}`
}

/** `2026-03-05`, 2026年3月5日; `2026-03` and `2026-Q1` and `2026` stand for all of their days; `近30天`, `this_month`. */
export function daysRead(piece: Piece, { calendar }: TextContext): DaysRead {
  const relative = readRelative(piece.text)
  if (relative !== undefined) return { relative }
  const written = periodWritten(piece.text)
  const month = `${written}-01`
  if (isDay(month)) return { first: month, last: addDays(addMonths(month, 1), -1) }
  const period = readPeriod(written, calendar)
  if (period.ok) return { first: period.period.from, last: addDays(period.period.to, -1) }
  if (isInstant(piece.text)) return { day: piece.text }
  const day = readDate(piece.text)
  if (!day.ok) throw unreadable('date', piece)
  return { day: day.value }
}

/** Bounds of a range may be days of a period: from its first to its last. */
export function dayOf(piece: Piece, side: 'first' | 'last', context: TextContext): string {
  const read = daysRead(piece, context)
  if ('relative' in read) throw unreadable('date', piece)
  return 'day' in read ? read.day : read[side]
}

/** Of what was found, what is called exactly so; if nothing is, what differs in spaces and marks only. */
function idsCalled(found: readonly Named[], text: string): readonly string[] {
  const exactly = found.filter(({ name }) => name.toLowerCase() === text.toLowerCase())
  const named = exactly.length > 0 ? exactly : found.filter(({ name }) => fold(name) === fold(text))
  return [...new Set(named.map(({ id }) => id))]
}

/** Ids of the records of that name; none if there are none. */
export async function recordsOf(piece: Piece, field: Field, context: TextContext): Promise<readonly string[]> {
  if (isUuid(piece.text)) return [piece.text]
  const target = field.to === undefined ? undefined : context.catalogue.find(field.to)
  if (!target) throw unreadable('unknown', piece)
  return idsCalled(await context.resolver.records(target, piece.text), piece.text)
}

export function noRecord(piece: Piece, field: Field, { catalogue, language }: TextContext): Unreadable {
  const target = catalogue.find(field.to ?? '')
  return unreadable('record', piece, { object: target?.label[language] ?? '' })
}

const me = new Set(['me', 'i', '我', '本人', '自己'].map(fold))
const myUnit = new Set(
  ['my_unit', 'my_units', 'my_team', '我的部门', '本部门', '我的团队', '我和下属', '我的单元'].map(fold),
)

export type OwnerRead =
  { readonly me: true } | { readonly myUnit: true } | { readonly people: readonly string[] } | { readonly unit: string }

/** Me, my unit, a person by name, or the people of a unit by its name; in `unit:"东区"` never a person. */
export async function ownerOf(piece: Piece, { resolver }: TextContext): Promise<OwnerRead> {
  const word = fold(piece.text)
  if (!piece.isQuoted && me.has(word)) return { me: true }
  if (!piece.isQuoted && myUnit.has(word)) return { myUnit: true }
  const unitId = /^unit\/(.+)$/.exec(piece.text)?.[1]
  if (unitId && isUuid(unitId)) return { unit: unitId }
  if (isUuid(piece.text)) return { people: [piece.text] }
  const people = idsCalled(await resolver.people(piece.text), piece.text)
  if (people.length > 0) return { people }
  const [unit, another] = idsCalled(await resolver.units(piece.text), piece.text)
  if (unit !== undefined && another === undefined) return { unit }
  throw unreadable('person', piece)
}

export function regionOf(piece: Piece, { resolver }: TextContext): string {
  // A code that nobody knows any more is still a code.
  const code = resolver.regions.read(piece.text) ?? /^([A-Z]{2}|\d{2}|\d{4}|\d{6})$/.exec(piece.text)?.[0]
  if (code === undefined) throw unreadable('region', piece)
  return code
}

const emptyWords = new Set(['empty', '空', '为空', '未填'])
const filledWords = new Set(['any', 'filled', '有值', '不为空', '已填', '非空'])

export function emptinessOf(piece: Piece | undefined): 'empty' | 'notEmpty' | undefined {
  if (!piece || piece.isQuoted) return undefined
  const word = fold(piece.text)
  return emptyWords.has(word) ? 'empty' : filledWords.has(word) ? 'notEmpty' : undefined
}

/** A value that stands for itself in a comparison, as the field's type has it; names are looked up elsewhere. */
export function plainValueOf(piece: Piece, field: Field, context: TextContext): string | boolean {
  if (isNumeric(field)) return numberOf(piece)
  switch (valueTypeOf(field)) {
    case 'yes_no':
      return yesNoOf(piece)
    case 'choice':
    case 'multi_choice':
      return choiceOf(piece, field, context)
    case 'region':
      return regionOf(piece, context)
    default:
      return piece.text
  }
}
