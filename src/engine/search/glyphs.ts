/** One letter, digit or Chinese character of a text, made comparable. */
export interface Glyph {
  /** Lower case, full-width forms made ordinary. */
  readonly text: string
  /** Where it stands in the text as it is written, in UTF-16 units. */
  readonly from: number
  readonly to: number
  readonly isHan: boolean
  /** Begins a word: the first after a gap, a Chinese character or a change between the two. */
  readonly startsWord: boolean
}

const han = /\p{Script=Han}/u
const wordPart = /[\p{L}\p{N}\p{M}]/u

interface Folded {
  readonly text: string
  readonly isHan: boolean
  readonly isWordPart: boolean
}

const remembered = new Map<string, readonly Folded[]>()

/** One sign may stand for several characters: ㈱. */
function fold(character: string): readonly Folded[] {
  const known = remembered.get(character)
  if (known) return known
  const folded = [...character.normalize('NFKC').toLowerCase()].map((text) => ({
    text,
    isHan: han.test(text),
    isWordPart: wordPart.test(text),
  }))
  remembered.set(character, folded)
  return folded
}

/** What of a text is compared: its letters, digits and Chinese characters. Gaps and signs only end words. */
export function glyphsOf(text: string): readonly Glyph[] {
  const glyphs: Glyph[] = []
  let inWord = false
  let at = 0
  for (const character of text) {
    const from = at
    at += character.length
    for (const { text: folded, isHan, isWordPart } of fold(character)) {
      if (isWordPart) glyphs.push({ text: folded, from, to: at, isHan, startsWord: isHan || !inWord })
      inWord = isWordPart && !isHan
    }
  }
  return glyphs
}

export function textOfGlyphs(glyphs: readonly Glyph[]): string {
  return glyphs.map((glyph) => glyph.text).join('')
}

/** The words between Chinese characters and gaps, each with the place of its first letter. */
export function wordsOf(glyphs: readonly Glyph[]): readonly { readonly text: string; readonly at: number }[] {
  const words: { text: string; at: number }[] = []
  glyphs.forEach((glyph, at) => {
    if (glyph.isHan) return
    const last = words.at(-1)
    if (glyph.startsWord || !last) words.push({ text: glyph.text, at })
    else last.text += glyph.text
  })
  return words
}
