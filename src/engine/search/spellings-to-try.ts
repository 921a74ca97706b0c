import { spellingsOf } from './syllables.ts'

const fewestDigits = 5

/**
 * The ways to write what was typed, tried one after the other until one finds something: a phone number in one piece,
 * then without +86, then as it stands; pinyin as it stands, then without gaps and with v for ü.
 */
export function spellingsToTry(query: string): readonly string[] {
  const typed = query.normalize('NFKC').trim().toLowerCase()
  const ways = isNumber(typed) ? [...numbersIn(typed), typed] : [typed, withoutGaps(typed)]
  return [...new Set(ways)].filter((way) => way !== '')
}

function isNumber(typed: string): boolean {
  return /^[+(]?\d[\d\s()./-]*$/.test(typed) && digitsOf(typed).length >= fewestDigits
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}

/** In one piece; then as it is dialled within the country, which is how most people note it. */
function numbersIn(typed: string): readonly string[] {
  const digits = digitsOf(typed)
  const within = /^(?:\+|00)86(\d+)$/.exec(typed.startsWith('+') ? `+${digits}` : digits)?.[1]
  return [digits, ...(within !== undefined && within.length >= fewestDigits ? [within] : [])]
}

/** `zhang wei` is one name. Words that are no pinyin stay apart. */
function withoutGaps(typed: string): string {
  const joined = typed.replaceAll('ü', 'v').replace(/[\s'’]+/g, '')
  return /^[a-z]+$/.test(joined) && spellingsOf(joined).length > 0 ? joined : ''
}
