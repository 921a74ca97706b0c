import type { Field, ObjectType, RecordValues } from '#engine/model/object-type.ts'

/**
 * By what a natural person can be told in texts. Numbers and addresses are nobody else's: they go wherever they stand.
 * Names are shared and are parts of words: they go only in what is connected with the person.
 */
export interface Identifiers {
  readonly numbers: readonly string[]
  readonly names: readonly string[]
}

/** What these values of a record, of now and of its history, give away. */
export function identifiersIn(object: ObjectType, values: readonly RecordValues[]): Identifiers {
  const personal = object.fields.filter((field) => field.personal)
  const all = personal.flatMap((field) =>
    values.flatMap((one) => textsOf(one[field.key]).map((text) => ({ field, text }))),
  )
  return {
    names: distinct(
      all.filter(({ field, text }) => field.key === object.title && text.length >= 2).map(({ text }) => text),
    ),
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

/** A shorter number may be anything. */
const fewestDigits = 5
const longest = 100

function isTelling({ type }: Field, text: string): boolean {
  if (type === 'email') return text.includes('@')
  const digits = text.replace(/\D/g, '').length
  if (type === 'phone') return digits >= fewestDigits
  if (type !== 'text') return false
  // An account name or a number of a document, not words.
  return text.length <= longest && /^[\w@.+-]{5,}$/.test(text) && (digits > 0 || /[_@.-]/.test(text))
}

/** A phone is written with and without its gaps, an e-mail in small letters. */
function spellingsOf({ type }: Field, text: string): readonly string[] {
  if (type === 'email') return [text, text.toLowerCase()]
  if (type !== 'phone') return [text]
  const digits = text.replace(/\D/g, '')
  return [text, digits, ...(/^(?:86)1\d{10}$/.test(digits) ? [digits.slice(2)] : [])]
}

function distinct(texts: readonly string[]): readonly string[] {
  // The longer first: what is part of it is gone with it.
  return [...new Set(texts)].toSorted((one, other) => other.length - one.length)
}

export function holdsAny(text: string, wanted: readonly string[]): boolean {
  return wanted.some((one) => text.includes(one))
}

/** The text with a mark in the place of each of these. */
export function withoutAny(text: string, wanted: readonly string[], mark: string): string {
  return wanted.reduce((rest, one) => rest.replaceAll(one, mark), text)
}
