import { glyphsOf, type Glyph } from './glyphs.ts'
import { isWhole, manners, matchOf, rangeOf, type Match } from './match.ts'
import { nearMatchOf } from './near.ts'
import type { Term } from './plan.ts'
import type { SearchedText } from './tokens.ts'

export interface FieldText extends SearchedText {
  readonly field: string
}

/** A record that the tokens hint at. */
export interface Candidate {
  readonly texts: readonly FieldText[]
  /** Does it belong to whoever asks? */
  readonly isOwn: boolean
  /** Milliseconds since 1970. */
  readonly updatedAt: number
}

export interface MatchedText {
  readonly field: string
  readonly text: string
  readonly isTitle: boolean
  /** Parts to highlight, in UTF-16 units, from and to. */
  readonly ranges: readonly (readonly [number, number])[]
}

export interface Verdict {
  /** Sorts hits, part by part, the smallest first. */
  readonly score: readonly number[]
  readonly matched: readonly MatchedText[]
}

interface Found {
  readonly term: Term
  readonly at: FieldText
  readonly glyphs: readonly Glyph[]
  readonly match: Match
  readonly isNear: boolean
}

/**
 * Whether a record is what was looked for, where, and how well: whole titles first, then beginnings, then what stands
 * earlier, shorter titles, one's own records, those changed last. `near` forgives one mistake in each term.
 */
export function judge(
  terms: readonly Term[],
  { texts, isOwn, updatedAt }: Candidate,
  near = false,
): Verdict | undefined {
  const read = texts.map((at) => ({ at, glyphs: glyphsOf(at.text) }))
  const found: Found[] = []
  for (const term of terms) {
    const matches = read.flatMap(({ at, glyphs }): readonly Found[] => {
      const exact = matchOf(term.text, { glyphs, as: at.as })
      const match = exact ?? (near ? nearMatchOf(term, { glyphs, as: at.as }) : undefined)
      return match && (at.isTitle || term.text.length > 1) ? [{ term, at, glyphs, match, isNear: !exact }] : []
    })
    const [best] = matches.sort((one, other) => compareScores(scoreOf(one), scoreOf(other)))
    if (!best) return undefined
    found.push(best)
  }
  if (found.length === 0) return undefined
  return { score: [...sumOfScores(found.map(scoreOf)), isOwn ? 0 : 1, -updatedAt], matched: matchedTexts(found) }
}

function scoreOf({ at, glyphs, match, isNear }: Found): readonly number[] {
  const closeness = !at.isTitle ? 3 : isWhole(match, glyphs) ? 0 : match.from === 0 ? 1 : 2
  return [isNear ? 1 : 0, closeness, manners.indexOf(match.manner), match.from, glyphs.length]
}

/** So many first parts of a score say how close the match is; the others only order what is equally close. */
export const closenessParts = 4

function sumOfScores(scores: readonly (readonly number[])[]): readonly number[] {
  return (scores[0] ?? []).map((_, part) => scores.reduce((sum, score) => sum + (score[part] ?? 0), 0))
}

/** Part by part, the first difference decides. */
export function compareScores(one: readonly number[], other: readonly number[]): number {
  const part = one.findIndex((number, at) => number !== other[at])
  return part < 0 ? 0 : (one[part] ?? 0) - (other[part] ?? 0)
}

function matchedTexts(found: readonly Found[]): readonly MatchedText[] {
  return [...new Set(found.map(({ at }) => at))].map((at) => ({
    field: at.field,
    text: at.text,
    isTitle: at.isTitle,
    ranges: found
      .filter((one) => one.at === at)
      .map(({ match, glyphs }) => rangeOf(match, glyphs))
      .sort(([one], [other]) => one - other),
  }))
}
