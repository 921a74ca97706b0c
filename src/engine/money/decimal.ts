import { Decimal } from 'decimal.js'
import { done, refused } from '#base/outcome.ts'
import type { Outcome } from '#base/outcome.ts'

/** Forty significant digits: `numeric(20,4)` products and quotients never lose a cent. */
const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -60, toExpPos: 60 })

/** An exact number in code. On the wire and in the database it is a decimal string. */
export type Exact = Decimal

export type DecimalLike = string | number | bigint | Exact

/** The exact number of a decimal string that is known to be valid; people's input goes through `readDecimal`. */
export function exact(value: DecimalLike): Exact {
  return new Exact(typeof value === 'bigint' ? value.toString() : value)
}

/** How a decimal travels: no exponent, no trailing zeros, no minus zero. */
export function plain(value: DecimalLike): string {
  const number = exact(value)
  return number.isZero() ? '0' : number.toFixed()
}

/** The same number without trailing zeros, by its letters alone: for the ten thousand cells of a plan. */
export function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

export function sumOf(values: Iterable<DecimalLike>): string {
  let sum = new Exact(0)
  for (const value of values) sum = sum.plus(typeof value === 'bigint' ? value.toString() : value)
  return plain(sum)
}

/** `numerator / denominator` as a JSON number for ratios such as attainment; null where it is undefined. */
export function ratioOf(numerator: DecimalLike, denominator: DecimalLike): number | null {
  const below = exact(denominator)
  return below.isZero() ? null : exact(numerator).div(below).toDecimalPlaces(6).toNumber()
}

type Unreadable = 'empty' | 'not-a-number' | 'too-large'

const marks: Readonly<Record<string, number>> = { 千: 1e3, 万: 1e4, 亿: 1e8, k: 1e3, m: 1e6, b: 1e9 }
const shape = /^(?:\d+|\d{1,3}(?:,\d{2,4})+)?(?:\.\d+)?$/

/**
 * Reads a number as people and spreadsheets write it: `1,200.50`, `¥1200`, `(300)`, `120万`, `1.2M`, full-width digits.
 * The value comes back as a plain decimal string. Twenty-digit amounts with four decimals are the most that is kept.
 */
export function readDecimal(text: string): Outcome<{ value: string }, Unreadable> {
  const narrow = text.normalize('NFKC').replace(/[\s_]/g, '')
  if (narrow === '') return refused('empty')
  const inBrackets = /^\((.+)\)$/.exec(narrow)
  const unsigned = (inBrackets?.[1] ?? narrow).replace(/^([-+−]?)[¥$€£元]/, '$1').replace(/元$/, '')
  const negative = inBrackets !== null || /^[-−]/.test(unsigned)
  const body = unsigned.replace(/^[-+−]/, '')
  const mark = body.slice(-1).toLowerCase()
  const factor = marks[mark]
  const digits = factor === undefined ? body : body.slice(0, -1)
  if (!/\d/.test(digits) || !shape.test(digits)) return refused('not-a-number')
  const value = exact(digits.replaceAll(',', '')).times(factor ?? 1)
  if (value.gte('1e16')) return refused('too-large')
  return done({ value: plain(negative ? value.negated() : value) })
}
