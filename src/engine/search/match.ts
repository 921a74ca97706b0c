import type { SearchedAs } from '#engine/model/object-type.ts'
import { formsIn } from './legal-form.ts'
import type { Glyph } from './glyphs.ts'
import { readingsOf } from './syllables.ts'

/** How a term was found in a text; what is written counts more than what is spoken. */
export const manners = ['written', 'spoken', 'initials'] as const
export type Manner = (typeof manners)[number]

export interface Match {
  readonly manner: Manner
  /** Glyphs of the text, from the first to before the last. */
  readonly from: number
  readonly to: number
}

/** What a record's text is compared by. */
export interface ReadText {
  readonly glyphs: readonly Glyph[]
  readonly as: SearchedAs
}

/** Where a term stands in a text, at its first place; undefined if it does not. Decides what the tokens only hint at. */
export function matchOf(term: string, read: ReadText): Match | undefined {
  return (
    writtenAt(term, read) ??
    (read.as === 'name' && /^[a-z]{2,}$/.test(term) ? (spokenAt(term, read) ?? initialsAt(term, read)) : undefined)
  )
}

/** Anywhere in codes and where Chinese begins or ends it; other words from their beginning. */
function writtenAt(term: string, { glyphs, as }: ReadText): Match | undefined {
  const wanted = [...term]
  const text = glyphs.map((glyph) => glyph.text)
  for (let from = 0; from + wanted.length <= glyphs.length; from += 1) {
    if (!wanted.every((character, at) => character === text[from + at])) continue
    const starts = as === 'code' || glyphs[from]?.startsWord || glyphs.slice(from, from + wanted.length).some(isHan)
    if (starts && (wanted.length > 1 || from === 0)) return { manner: 'written', from, to: from + wanted.length }
  }
  return undefined
}

const isHan = (glyph: Glyph): boolean => glyph.isHan

/** Whole syllables, of the last perhaps the beginning. One syllable alone is looked for at the beginning of a name. */
function spokenAt(term: string, { glyphs }: ReadText): Match | undefined {
  for (const from of placesOfSound(glyphs)) {
    const to = endOfSound(term, glyphs, from)
    if (to !== undefined && (to > from + 1 || from === 0)) return { manner: 'spoken', from, to }
  }
  return undefined
}

function endOfSound(rest: string, glyphs: readonly Glyph[], at: number): number | undefined {
  for (const reading of readingsOf(glyphs[at]?.text ?? '')) {
    if (reading.startsWith(rest)) return at + 1
    const end = rest.startsWith(reading) ? endOfSound(rest.slice(reading.length), glyphs, at + 1) : undefined
    if (end !== undefined) return end
  }
  return undefined
}

function initialsAt(term: string, { glyphs }: ReadText): Match | undefined {
  const begins = (letter: string, at: number): boolean =>
    readingsOf(glyphs[at]?.text ?? '').some((reading) => reading.startsWith(letter))
  for (const from of placesOfSound(glyphs)) {
    if ([...term].every((letter, more) => begins(letter, from + more))) {
      return { manner: 'initials', from, to: from + term.length }
    }
  }
  return undefined
}

/** Legal forms are no beginnings of what is spoken: everybody's 有限公司 would be found by `yx`. */
export function placesOfSound(glyphs: readonly Glyph[]): readonly number[] {
  const forms = formsIn(glyphs)
  return glyphs.flatMap((glyph, at) =>
    glyph.isHan && !forms.some(({ from, to }) => from <= at && at < to) ? [at] : [],
  )
}

/** Is the term the whole text, a legal form at its end left out? */
export function isWhole({ from, to }: Match, glyphs: readonly Glyph[]): boolean {
  if (from > 0) return false
  const last = formsIn(glyphs).at(-1)
  return to === glyphs.length || (last?.to === glyphs.length && to === last.from)
}

/** The part of the text as it is written, in UTF-16 units. */
export function rangeOf({ from, to }: Pick<Match, 'from' | 'to'>, glyphs: readonly Glyph[]): readonly [number, number] {
  return [glyphs[from]?.from ?? 0, glyphs[to - 1]?.to ?? 0]
}
