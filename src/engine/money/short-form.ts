import type { Language } from '#base/label.ts'
import { exact, plain } from './decimal.ts'

export interface ShortForm {
  /** What the eye reads: `1,234.5万`, `1.2M`. */
  readonly text: string
  /** The number without its mark, for headers that carry the unit. */
  readonly figure: string
  /** 万, 亿, K, M, B or nothing. */
  readonly mark: string
  /** The exact value with thousands separators, for hover and copy. */
  readonly exact: string
}

interface Mark {
  readonly from: string
  readonly mark: string
}

const marks: Readonly<Record<Language, readonly Mark[]>> = {
  zh: [
    { from: '100000000', mark: '亿' },
    { from: '10000', mark: '万' },
  ],
  en: [
    { from: '1000000000', mark: 'B' },
    { from: '1000000', mark: 'M' },
    { from: '1000', mark: 'K' },
  ],
}

/** 万 / 亿 in Chinese, K / M / B in English; `digits` decimals at most. The exact value always comes along. */
export function shortForm(value: string, language: Language, digits = 1): ShortForm {
  const number = exact(value)
  const known = marks[language]
  const fits = known.findIndex(({ from }) => number.abs().gte(from))
  const at = fits > 0 && roundsUp(value, known[fits], known[fits - 1], digits) ? fits - 1 : fits
  const chosen = known[at]
  const scaled = chosen ? number.div(chosen.from) : number
  const figure = grouped(plain(scaled.toDecimalPlaces(chosen ? digits : 2)))
  const mark = chosen?.mark ?? ''
  return { text: figure + mark, figure, mark, exact: grouped(plain(number)) }
}

/** 9,999.99万 reads 1亿, not 10,000万. */
function roundsUp(value: string, mark: Mark | undefined, next: Mark | undefined, digits: number): boolean {
  if (!mark || !next) return false
  return exact(value).abs().div(mark.from).toDecimalPlaces(digits).times(mark.from).gte(next.from)
}

/** Thousands separators, keeping every digit (a float formatter would not). */
export function grouped(value: string): string {
  const [whole = '', fraction] = value.split('.')
  const separated = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return fraction === undefined ? separated : `${separated}.${fraction}`
}
