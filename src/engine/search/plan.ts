import { formReadings, formsWith, isInsideForm } from './legal-form.ts'
import { glyphsOf, textOfGlyphs, wordsOf, type Glyph } from './glyphs.ts'
import { spellingsOf, syllablesFrom } from './syllables.ts'
import { beginningToken, fragmentLength, fragmentStride, initialsLength, longestPrefix } from './tokens.ts'

/** One of these tokens stands so many glyphs behind the first step of the phrase. */
export interface Step {
  readonly tokens: readonly string[]
  readonly shift: number
}

/** Tokens that stand in one text of a record, one behind the other. */
export type Phrase = readonly Step[]

/** What was typed between gaps. All terms must be found in a record. */
export interface Term {
  readonly glyphs: readonly Glyph[]
  /** Lower case, without signs. */
  readonly text: string
  /** Every record that the term matches has one of these phrases; what has one is compared once more (`match.ts`). */
  readonly phrases: readonly Phrase[]
}

const mostTerms = 6
const longestTerm = 60

/** What to look for, term by term. Terms that find nothing by themselves (a single letter) have no phrase. */
export function termsOf(query: string): readonly Term[] {
  return query
    .split(/\s+/u)
    .map((part) => glyphsOf(part).slice(0, longestTerm))
    .filter((glyphs) => glyphs.length > 0)
    .slice(0, mostTerms)
    .map((glyphs) => ({ glyphs, text: textOfGlyphs(glyphs), phrases: phrasesOf(glyphs) }))
}

function phrasesOf(glyphs: readonly Glyph[]): readonly Phrase[] {
  const [first] = glyphs
  if (first && glyphs.length === 1) return first.isHan ? [[step([beginningToken(first.text)])]] : []
  if (glyphs.some((glyph) => glyph.isHan)) return writtenIn(glyphs)
  const text = textOfGlyphs(glyphs)
  return unlike([...prefixOf(glyphs), ...fragmentsOf(text), ...spokenIn(text)])
}

const step = (tokens: readonly string[], shift = 0): Step => ({ tokens, shift })

/** Pairs one behind the other. Those that may be part of a legal form are left out: there they are no tokens. */
function writtenIn(glyphs: readonly Glyph[]): readonly Phrase[] {
  const pairs = glyphs.flatMap((glyph, at): readonly Step[] => {
    const next = glyphs[at + 1]
    return next && (glyph.isHan || next.isHan) ? [step([glyph.text + next.text], at)] : []
  })
  const certain = pairs.filter(({ tokens }) => !tokens.some(isInsideForm))
  if (certain.length > 0) return [startingAtZero(certain)]
  return [startingAtZero(pairs), [step(formsWith(textOfGlyphs(glyphs)))]]
}

/** The longest word decides; the others are compared when it is found. */
function prefixOf(glyphs: readonly Glyph[]): readonly Phrase[] {
  const words = [...wordsOf(glyphs)].sort((one, other) => other.text.length - one.text.length)
  const longest = words[0]?.text ?? ''
  return longest.length > 1 ? [[step([longest.slice(0, longestPrefix)])]] : []
}

const letters = [...'abcdefghijklmnopqrstuvwxyz']
const lettersAndDigits = [...'0123456789', ...letters]
/** No syllable begins with i, u or v. */
const firstLetters = letters.filter((letter) => !'iuv'.includes(letter))

/** Parts of codes and numbers, at an even and at an odd place. Words without a digit are looked for as words. */
function fragmentsOf(text: string): readonly Phrase[] {
  if (text.length < fragmentLength - 1 || !/\d/.test(text)) return []
  return [
    wholeFragments(text, 0) ?? [step(withNext(text, lettersAndDigits))],
    wholeFragments(text, 1) ?? [step(withBefore(text))],
  ]
}

/** The tokens that lie inside of what was typed, counted from one of its places; what they leave open is compared later. */
function wholeFragments(text: string, from: number): Phrase | undefined {
  const count = Math.floor((text.length - from - fragmentLength) / fragmentStride) + 1
  if (count < 1) return undefined
  return Array.from({ length: count }, (_, at) => {
    const start = from + at * fragmentStride
    return step([text.slice(start, start + fragmentLength)], at * fragmentStride)
  })
}

const withNext = (text: string, next: readonly string[]) => [text, ...next.map((character) => text + character)]
const withBefore = (text: string) => lettersAndDigits.map((character) => character + text.slice(0, fragmentLength - 1))

function spokenIn(text: string): readonly Phrase[] {
  if (!/^[a-z]+$/.test(text)) return []
  return [...initialsOf(text), ...spellingsOf(text).map(syllablesOf)]
}

function initialsOf(text: string): readonly Phrase[] {
  if (/[iuv]/.test(text)) return []
  if (text.length < initialsLength) return [[step(withNext(text, firstLetters))]]
  const row = Array.from({ length: text.length - initialsLength + 1 }, (_, at) =>
    step([text.slice(at, at + initialsLength)], at),
  )
  return [row.slice(0, formFrom([...text]) ?? row.length)]
}

/** The last syllable may be longer than it was typed. */
function syllablesOf(spelling: readonly string[]): Phrase {
  const sounds = spelling.map((typed, at) => (at === spelling.length - 1 ? syllablesFrom(typed) : [typed]))
  if (sounds.length === 1) return [step(sounds[0] ?? [])]
  const pairs = sounds.slice(1).map((next, at) =>
    step(
      (sounds[at] ?? []).flatMap((one) => next.map((other) => one + other)),
      at,
    ),
  )
  return pairs.slice(0, formFrom(spelling) ?? pairs.length)
}

/**
 * From which place on what was typed may belong to a legal form at the end, whose inside has no spoken tokens: two or
 * more sounds that some form begins with. The first pair always counts.
 */
function formFrom(typed: readonly string[]): number | undefined {
  const begins = (from: number): boolean =>
    formReadings.some((form) => typed.slice(from).every((part, at) => (form[at] ?? '').startsWith(part)))
  for (let from = 1; from < typed.length - 1; from += 1) if (begins(from)) return from
  return undefined
}

/** The same tokens are asked for once: two letters are a beginning as well as initials. */
function unlike(phrases: readonly Phrase[]): readonly Phrase[] {
  return [...new Map(phrases.map((phrase) => [JSON.stringify(phrase), phrase])).values()]
}

/** The first step of a phrase stands at its beginning. */
function startingAtZero(steps: readonly Step[]): Phrase {
  const first = steps[0]?.shift ?? 0
  return steps.map(({ tokens, shift }) => ({ tokens, shift: shift - first }))
}
