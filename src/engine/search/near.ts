import { wordsOf, type Glyph } from './glyphs.ts'
import { placesOfSound, type Match, type ReadText } from './match.ts'
import type { Phrase, Step, Term } from './plan.ts'
import { readingsOf, spellingsOf } from './syllables.ts'
import { longestPrefix } from './tokens.ts'

const least = 4
const longest = 20
const alphabet = [...'abcdefghijklmnopqrstuvwxyz']

/** What records have that are found by the term with one mistake: a wrong Chinese character, one edit of a word. */
export function nearPhrasesOf({ glyphs, text }: Term): readonly Phrase[] {
  if (isChinese(glyphs))
    return [soundOf(glyphs), ...glyphs.map((_, wrong) => withoutOne(glyphs, wrong))].filter(isPhrase)
  return isWord(text) ? [[{ tokens: tokensNear(text), shift: 0 }]] : []
}

/** Where the term stands in a text with one mistake at most. */
export function nearMatchOf({ glyphs, text }: Term, read: ReadText): Match | undefined {
  if (isChinese(glyphs)) return chineseNear(glyphs, read.glyphs)
  if (!isWord(text)) return undefined
  return wordNear(text, read.glyphs) ?? (read.as === 'name' ? soundNear(text, read.glyphs) : undefined)
}

const isChinese = (glyphs: readonly Glyph[]): boolean => glyphs.length >= least && glyphs.every((glyph) => glyph.isHan)
const isWord = (text: string): boolean => text.length >= least && text.length <= longest && /^[a-z]+$/.test(text)
const isPhrase = (phrase: Phrase): boolean => phrase.length > 0

/** Characters that sound alike are the ones most often taken for each other. */
function soundOf(glyphs: readonly Glyph[]): Phrase {
  return glyphs.slice(1).map((next, shift) => ({
    tokens: readingsOf(glyphs[shift]?.text ?? '').flatMap((one) => readingsOf(next.text).map((other) => one + other)),
    shift,
  }))
}

function withoutOne(glyphs: readonly Glyph[], wrong: number): Phrase {
  const pairs = glyphs.slice(1).map((next, at): Step => ({ tokens: [(glyphs[at]?.text ?? '') + next.text], shift: at }))
  const left = pairs.filter(({ shift }) => shift !== wrong && shift + 1 !== wrong)
  const first = left[0]?.shift ?? 0
  return left.map(({ tokens, shift }) => ({ tokens, shift: shift - first }))
}

/** Beginnings of words, and the first two syllables of what can be spoken. */
function tokensNear(text: string): readonly string[] {
  const near = editsOf(text)
  const spoken = near.flatMap((edit) =>
    spellingsOf(edit).flatMap(([one, other]) => (one !== undefined && other !== undefined ? [one + other] : [])),
  )
  return [...new Set([...near.map((edit) => edit.slice(0, longestPrefix)), ...spoken])]
}

/** Every word that is one edit away: a letter more, less or other, or two neighbours the wrong way round. */
function editsOf(text: string): readonly string[] {
  const edits = new Set<string>()
  for (let at = 0; at <= text.length; at += 1) {
    const [before, after] = [text.slice(0, at), text.slice(at)]
    edits.add(before + after.slice(1))
    if (after.length > 1) edits.add(before + after.charAt(1) + after.charAt(0) + after.slice(2))
    for (const letter of alphabet) {
      edits.add(before + letter + after)
      if (after !== '') edits.add(before + letter + after.slice(1))
    }
  }
  edits.delete(text)
  return [...edits]
}

/** At most one edit between the two. */
export function isOneEdit(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  const [left, right] = [one.slice(at), other.slice(at)]
  return (
    left === right ||
    left.slice(1) === right.slice(1) ||
    left.slice(1) === right ||
    left === right.slice(1) ||
    (left.slice(2) === right.slice(2) && left.charAt(0) === right.charAt(1) && left.charAt(1) === right.charAt(0))
  )
}

function chineseNear(term: readonly Glyph[], glyphs: readonly Glyph[]): Match | undefined {
  for (let from = 0; from + term.length <= glyphs.length; from += 1) {
    const others = term.filter((glyph, at) => glyph.text !== glyphs[from + at]?.text)
    const soundsAlike = term.every(({ text }, at) => isHomophone(text, glyphs[from + at]?.text ?? ''))
    if (others.length <= 1 || soundsAlike) return { manner: 'written', from, to: from + term.length }
  }
  return undefined
}

function isHomophone(one: string, other: string): boolean {
  const readings = readingsOf(other)
  return readingsOf(one).some((reading) => readings.includes(reading))
}

function wordNear(term: string, glyphs: readonly Glyph[]): Match | undefined {
  for (const { text, at } of wordsOf(glyphs)) {
    for (const length of [term.length, term.length + 1, term.length - 1]) {
      if (length <= text.length && isOneEdit(term, text.slice(0, length))) {
        return { manner: 'written', from: at, to: at + length }
      }
    }
  }
  return undefined
}

function soundNear(term: string, glyphs: readonly Glyph[]): Match | undefined {
  const go = (spoken: string, from: number, to: number): Match | undefined => {
    if (spoken.length > term.length + 1) return undefined
    if (to > from + 1 && isOneEdit(term, spoken)) return { manner: 'spoken', from, to }
    for (const reading of readingsOf(glyphs[to]?.text ?? '')) {
      const found = go(spoken + reading, from, to + 1)
      if (found) return found
    }
    return undefined
  }
  for (const from of placesOfSound(glyphs)) {
    const found = go('', from, from)
    if (found) return found
  }
  return undefined
}
