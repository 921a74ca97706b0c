import { distance } from 'fastest-levenshtein'
import { bareCompanyName } from './company-name.ts'
import { withoutLeadingRegion } from './region-name.ts'

/** Shorter names differ by a character because they are different: 华为 and 华润. */
const shortest = 4
/** Longer ones are looked up by their beginning. */
const longest = 24
const leastAlike = 0.8

/** What of a name is compared by likeness: the bare company name without the region that it begins with. */
export function nearName(text: string): string {
  return withoutLeadingRegion(bareCompanyName(text))
}

/** How alike two such names are, 0 to 1: by the characters that must change to turn one into the other. */
export function likeness(one: string, other: string): number {
  const length = Math.max(one.length, other.length)
  return length === 0 ? 1 : 1 - distance(one, other) / length
}

/** Whether two names may be one with a slip: at least four fifths alike. Names shorter than four must be the same. */
export function isNear(one: string, other: string): boolean {
  if (one === other) return one !== ''
  return Math.min(one.length, other.length) >= shortest && likeness(one, other) >= leastAlike
}

/**
 * Keys under which a name is looked up: itself, and itself with each character left out in turn. Two names of which one
 * has a character more, less or other than the other, or two the wrong way round, have a key in common.
 */
export function nearKeys(name: string): readonly string[] {
  if (name === '') return []
  if (name.length < shortest) return [name]
  // By whole characters: rare ones are two units long, and half of one is none.
  const whole = [...name].slice(0, longest)
  const without = whole.map((_, at) => whole.toSpliced(at, 1).join(''))
  return [...new Set([whole.join(''), ...without])]
}
