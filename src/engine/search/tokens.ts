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

/** So many letters and digits of a code or a number are one token. */
export const fragmentLength = 3

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

/** Every few letters and digits in a row, signs between them left out; the letters that a code begins with, as a word. */
function fragmentsIn(glyphs: readonly Glyph[]): readonly Found[] {
  const runs = glyphs.flatMap((_, at): readonly Found[] => {
    const part = glyphs.slice(at, at + fragmentLength)
    return part.length === fragmentLength && !part.some((glyph) => glyph.isHan) ? [[textOfGlyphs(part), at]] : []
  })
  const letters = /^\p{L}*/u.exec(textOfGlyphs(glyphs))?.[0] ?? ''
  const begun = prefixesOf({ text: letters, at: 0 }).filter(([token]) => token.length !== fragmentLength)
  return runs.length > 0 || glyphs.length < 2 ? [...runs, ...begun] : [[textOfGlyphs(glyphs), 0]]
}

/** A name is found by its first character alone, written or spoken. */
function beginningOf(glyphs: readonly Glyph[], isTitle: boolean): readonly Found[] {
  const [first] = glyphs
  if (!isTitle || !first?.isHan) return []
  return [[beginningToken(first.text), 0], ...readingsOf(first.text).map((reading): Found => [reading, 0])]
}

export const beginningToken = (character: string): string => `^${character}`

/** Two syllables in a row, whole and by their first letters, in every reading. */
function spokenIn(glyphs: readonly Glyph[], forms: readonly FormPlace[]): readonly Found[] {
  return glyphs.flatMap((glyph, at): readonly Found[] => {
    const next = glyphs[at + 1]
    if (!next || isWithin(forms, at, at + 1)) return []
    return readingsOf(glyph.text).flatMap((one) =>
      readingsOf(next.text).flatMap((other): readonly Found[] => [
        [one + other, at],
        [one.charAt(0) + other.charAt(0), at],
      ]),
    )
  })
}
