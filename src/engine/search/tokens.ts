import type { SearchedAs } from '#engine/model/object-type.ts'
import { formsIn, type FormPlace } from './legal-form.ts'
import { glyphsOf, textOfGlyphs, wordsOf, type Glyph } from './glyphs.ts'
import { placeAt, type Place } from './place.ts'
import { readingsOf } from './syllables.ts'

/** One text of a record, and how it is found. */
export interface SearchedText {
  readonly text: string
  readonly as: SearchedAs
  readonly isTitle: boolean
}

export interface Token {
  readonly token: string
  readonly place: Place
}

/** Prefixes of words are tokens up to this length; longer ones are compared when they are found. */
export const longestPrefix = 8

/** So many letters and digits of a code or a number are one token, fewer only at its end. */
export const fragmentLength = 4
/** A token of a code begins at every second place: half as many, and two ways to ask for one. */
export const fragmentStride = 2
/** So many initials are one token, fewer only at the end of a name. */
export const initialsLength = 3

/**
 * The tokens by which a record is found, a pure function of its texts: what a record had before can be taken away by
 * computing it again. A query is answered by asking for equal tokens, see `plan.ts`.
 */
export function tokensOf(texts: readonly SearchedText[]): readonly Token[] {
  const found = new Map<string, Token>()
  for (const { text, as, isTitle } of texts) {
    const glyphs = glyphsOf(text)
    for (const [token, at] of tokensIn(glyphs, as, isTitle)) {
      const place = placeAt(isTitle, at, glyphs.length)
      found.set(`${token} ${place}`, { token, place })
    }
  }
  return [...found.values()]
}

type Found = readonly [token: string, at: number]

function tokensIn(glyphs: readonly Glyph[], as: SearchedAs, isTitle: boolean): readonly Found[] {
  if (as === 'code') return [...pairsIn(glyphs, []), ...fragmentsIn(glyphs)]
  const forms = formsIn(glyphs)
  const written = [
    ...pairsIn(glyphs, forms),
    ...forms.map(({ form, from }): Found => [form, from]),
    ...prefixesIn(glyphs, as),
  ]
  return as === 'name' ? [...written, ...beginningOf(glyphs, isTitle), ...spokenIn(glyphs, forms)] : written
}

const isWithin = (forms: readonly FormPlace[], from: number, to: number): boolean =>
  forms.some((form) => form.from <= from && to <= form.to)

/** Neighbours of which one is Chinese: every Chinese substring is a chain of them. */
function pairsIn(glyphs: readonly Glyph[], forms: readonly FormPlace[]): readonly Found[] {
  return glyphs.flatMap((glyph, at): readonly Found[] => {
    const next = glyphs[at + 1]
    if (!next || (!glyph.isHan && !next.isHan) || isWithin(forms, at, at + 2)) return []
    return [[glyph.text + next.text, at]]
  })
}

/** Beginnings of words. What closes an e-mail address, all of them share. */
function prefixesIn(glyphs: readonly Glyph[], as: SearchedAs): readonly Found[] {
  const words = wordsOf(glyphs)
  return (as === 'email' ? words.slice(0, -1) : words).flatMap(prefixesOf)
}

function prefixesOf({ text, at }: { readonly text: string; readonly at: number }): readonly Found[] {
  const longest = Math.min(text.length, longestPrefix)
  return Array.from({ length: Math.max(0, longest - 1) }, (_, more): Found => [text.slice(0, more + 2), at])
}

/** Some letters and digits in a row, signs between them left out; the letters that a code begins with, as a word. */
function fragmentsIn(glyphs: readonly Glyph[]): readonly Found[] {
  const fragments = runsIn(glyphs).flatMap(({ text, at }) =>
    Array.from({ length: Math.ceil(text.length / fragmentStride) }, (_, more): Found => {
      const from = more * fragmentStride
      return [text.slice(from, from + fragmentLength), at + from]
    }).filter(([token]) => token.length >= fragmentLength - 1),
  )
  const letters = /^\p{L}*/u.exec(textOfGlyphs(glyphs))?.[0] ?? ''
  const begun = prefixesOf({ text: letters, at: 0 })
  return fragments.length > 0 || glyphs.length < 2 ? [...fragments, ...begun] : [[textOfGlyphs(glyphs), 0]]
}

/** What stands between Chinese characters, with the place of its beginning. */
function runsIn(glyphs: readonly Glyph[]): readonly { readonly text: string; readonly at: number }[] {
  const marked = glyphs.map((glyph) => (glyph.isHan ? ' ' : glyph.text)).join('')
  return [...marked.matchAll(/\S+/gu)].map(({ 0: text, index }) => ({ text, at: [...marked.slice(0, index)].length }))
}

/** A name is found by its first character alone, written or spoken. */
function beginningOf(glyphs: readonly Glyph[], isTitle: boolean): readonly Found[] {
  const [first] = glyphs
  if (!isTitle || !first?.isHan) return []
  return [[beginningToken(first.text), 0], ...readingsOf(first.text).map((reading): Found => [reading, 0])]
}

export const beginningToken = (character: string): string => `^${character}`

/** Two syllables in a row and the initials of three, in every reading. They begin outside of legal forms. */
function spokenIn(glyphs: readonly Glyph[], forms: readonly FormPlace[]): readonly Found[] {
  return glyphs.flatMap((glyph, at): readonly Found[] => {
    const next = readingsOf(glyphs[at + 1]?.text ?? '')
    if (next.length === 0 || isWithin(forms, at, at + 1)) return []
    const pairs = readingsOf(glyph.text).flatMap((one) => next.map((other): Found => [one + other, at]))
    return [...pairs, ...initialsFrom(glyphs, at).map((initials): Found => [initials, at])]
  })
}

function initialsFrom(glyphs: readonly Glyph[], at: number): readonly string[] {
  let found: readonly string[] = ['']
  for (const { text } of glyphs.slice(at, at + initialsLength)) {
    const letters = [...new Set(readingsOf(text).map((reading) => reading.charAt(0)))]
    if (letters.length === 0) break
    found = found.flatMap((before) => letters.map((letter) => before + letter))
  }
  return found
}
