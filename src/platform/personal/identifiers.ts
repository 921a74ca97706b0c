import type { Field, ObjectType, RecordValues } from '#engine/model/object-type.ts'

/**
 * By what a natural person can be told in texts. Numbers and addresses are nobody else's: they go wherever they stand by
 * themselves. Names, and numbers so short that they may count anything, go only in what is connected with the person.
 */
export interface Identifiers {
  readonly numbers: readonly string[]
  readonly names: readonly string[]
}

/** What these values of a record, of now and of its history, give away. */
export function identifiersIn(object: ObjectType, values: readonly RecordValues[]): Identifiers {
  const all = object.fields
    .filter((field) => field.personal)
    .flatMap((field) => values.flatMap((one) => textsOf(one[field.key]).map((text) => ({ field, text }))))
  const isName = ({ field, text }: (typeof all)[number]) =>
    field.key === object.title ? text.length >= 2 : isCode(field, text) && !isTelling(field, text)
  return {
    names: distinct(all.filter(isName).map(({ text }) => text)),
    numbers: distinct(
      all
        .filter(({ field, text }) => field.key !== object.title && isTelling(field, text))
        .flatMap(({ field, text }) => spellingsOf(field, text)),
    ),
  }
}

function textsOf(value: unknown): readonly string[] {
  const texts = Array.isArray(value) ? value : [value]
  return texts.flatMap((text) => (typeof text === 'string' && text.trim() !== '' ? [text.trim()] : []))
}

/** A shorter number may be anything, and digits alone, such as of an employee, may count anything else. */
const fewest = { phone: 7, code: 8, digits: 11 } as const
const longest = 100

function isTelling(field: Field, text: string): boolean {
  if (field.type === 'email') return text.includes('@')
  if (field.type === 'phone') return text.replace(/\D/g, '').length >= fewest.phone
  return isCode(field, text) && text.length >= (/^\d+$/.test(text) ? fewest.digits : fewest.code)
}

/** An account name or a number of a document, not words. */
function isCode({ type }: Field, text: string): boolean {
  return type === 'text' && text.length <= longest && /^[\w@.+-]{5,}$/.test(text) && /[\d_@.-]/.test(text)
}

/** A phone is written with and without its gaps, an e-mail in small letters. */
function spellingsOf({ type }: Field, text: string): readonly string[] {
  if (type === 'email') return [text, text.toLowerCase()]
  if (type !== 'phone') return [text]
  const digits = text.replace(/\D/g, '')
  const [, mobile] = /^(?:86)?(1\d{10})$/.exec(digits) ?? []
  const dialled = mobile
    ? [mobile, `86${mobile}`, `0086${mobile}`, ...groupedMobile(mobile)]
    : text.startsWith('+')
      ? [`00${digits}`]
      : []
  return [text, digits, ...dialled]
}

/** As people read it out: 139 5566 7788. */
function groupedMobile(mobile: string): readonly string[] {
  const groups = [mobile.slice(0, 3), mobile.slice(3, 7), mobile.slice(7)]
  return [groups.join(' '), groups.join('-')]
}

function distinct(texts: readonly string[]): readonly string[] {
  // The longer first: what is part of it is gone with it.
  return [...new Set(texts)].toSorted((one, other) => other.length - one.length)
}

export function holdsAny(text: string, wanted: readonly string[]): boolean {
  return wanted.length > 0 && new RegExp(patternOf(wanted)).test(text)
}

/** The text with a mark in the place of each of these. */
export function withoutAny(text: string, wanted: readonly string[], mark: string): string {
  return wanted.length === 0 ? text : text.replaceAll(new RegExp(patternOf(wanted), 'g'), () => mark)
}

/**
 * Finds each of these where it stands by itself, for JavaScript and PostgreSQL alike: a longer number or word that holds one
 * is another. Chinese has no gaps between words, so its signs are no part of either. At least one is wanted.
 */
export function patternOf(wanted: readonly string[]): string {
  return wanted.map(bordered).join('|')
}

function bordered(wanted: string): string {
  const literal = wanted.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
  // An address goes on over dots and dashes.
  const [before, after] = wanted.includes('@')
    ? ['[A-Za-z0-9_]|[A-Za-z0-9_][.+-]', '[A-Za-z0-9_]|[.-][A-Za-z0-9]']
    : ['[A-Za-z0-9_]', '[A-Za-z0-9_]']
  const left = /^\w/.test(wanted) ? `(?<!${before})` : ''
  const right = /\w$/.test(wanted) ? `(?!${after})` : ''
  return `${left}${literal}${right}`
}
