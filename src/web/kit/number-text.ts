import type { Language } from '#base/label.ts'
import { roundTo, unitOf } from '#engine/money/currency.ts'
import { trimZeros } from '#engine/money/decimal.ts'
import { grouped, shortForm } from '#engine/money/short-form.ts'

/** What a number counts; decides its sign, its decimals and its short form. Differences of percentages are points. */
export type NumberUnit = 'money' | 'count' | 'percent' | 'points' | 'days'

/** In what the difference of two such numbers is told: between 45% and 43% lie two points. */
export function differenceUnit(unit: NumberUnit): NumberUnit {
  return unit === 'percent' ? 'points' : unit
}

export interface NumberStyle {
  readonly unit: NumberUnit
  readonly language: Language
  readonly currency?: string | undefined
}

type Amount = string | number | null | undefined

const symbols: Readonly<Record<string, string>> = { CNY: '¥', USD: '$', EUR: '€', GBP: '£', JPY: 'JP¥', HKD: 'HK$' }

function isEmpty(value: Amount): value is null | undefined | '' {
  return value === null || value === undefined || value === ''
}

/** The currency's sign, or its code where no sign is common. */
export function currencySign(currency: string | undefined): string {
  if (!currency) return ''
  return symbols[currency] ?? `${currency} `
}

/** A ratio as a percentage with one decimal: 0.6315 → 63.2%. Unknown is "—", never 0. */
export function percentText(ratio: number | string | null | undefined): string {
  if (isEmpty(ratio)) return '—'
  const value = Number(ratio)
  return Number.isFinite(value)
    ? `${(value * 100).toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })}%`
    : '—'
}

/** A change, in percentage points with its sign: +3.2 pt. */
export function pointsText(difference: number | null | undefined, language: Language): string {
  if (isEmpty(difference)) return '—'
  const text = unsignedPoints(difference, language)
  return difference > 0 && !text.startsWith('0.0') ? `+${text}` : text
}

/** The same where only less is signed. */
function unsignedPoints(difference: number, language: Language): string {
  const points = (difference * 100).toFixed(1)
  return `${Number(points) === 0 ? '0.0' : points}${language === 'zh' ? ' 个点' : ' pt'}`
}

/** A difference in percent of what it is held against, with its sign: +3.2%. */
export function signedPercent(difference: number | null | undefined): string {
  const text = percentText(difference)
  return !isEmpty(difference) && difference > 0 && text !== '0.0%' ? `+${text}` : text.replace(/^-(0\.0%)$/, '$1')
}

// Three digits that count, so that 1.09亿 and 1.07亿 are told apart; 万 keeps one decimal, K and M keep two.
function shortDigits(number: number, language: Language): number {
  if (language === 'en') return 2
  const size = Math.abs(number)
  return size / (size >= 1e8 ? 1e8 : 1e4) < 10 ? 2 : 1
}

/** The short form for tables and cards: 1,000.6万, 10.01M. */
export function shortNumber(value: Amount, { unit, language }: NumberStyle): string {
  if (isEmpty(value)) return '—'
  if (unit === 'percent') return percentText(value)
  const number = Number(value)
  if (!Number.isFinite(number)) return '—'
  if (unit === 'points') return unsignedPoints(number, language)
  if (unit === 'days') {
    return `${number.toLocaleString('en-US', { maximumFractionDigits: 1 })} ${language === 'zh' ? '天' : 'days'}`
  }
  if (unit === 'count' && Math.abs(number) < 1e6) return number.toLocaleString('en-US', { maximumFractionDigits: 2 })
  return shortForm(String(value), language, shortDigits(number, language)).text
}

// Asking Intl for the decimals of a currency is slow, and tables ask for every cell.
const payableUnits = new Map<string, string>()

function payableUnit(currency: string): string {
  const known = payableUnits.get(currency)
  if (known !== undefined) return known
  const unit = /^[A-Z]{3}$/.test(currency) ? unitOf(currency) : '0.01'
  payableUnits.set(currency, unit)
  return unit
}

/** The whole amount as it can be paid, with the currency's sign: ¥10,005,534. Splits leave fractions of a cent. */
export function exactNumber(value: Amount, style: NumberStyle): string {
  if (isEmpty(value) || style.unit !== 'money' || !style.currency) return everyDigit(value, style)
  return everyDigit(roundTo(String(value), payableUnit(style.currency)), style)
}

/** Every digit that is kept, for hover: ¥1,073,666.6766. */
export function everyDigit(value: Amount, { unit, language, currency }: NumberStyle): string {
  if (isEmpty(value)) return '—'
  if (unit === 'percent') return percentText(value)
  if (unit === 'points' || unit === 'days') return shortNumber(value, { unit, language })
  const text = grouped(trimZeros(String(value)))
  if (unit !== 'money') return text
  return text.startsWith('-') ? `-${currencySign(currency)}${text.slice(1)}` : `${currencySign(currency)}${text}`
}

/** What lands on the clipboard: plain digits that a spreadsheet reads. */
export function copiedNumber(value: Amount): string {
  return isEmpty(value) ? '' : String(value)
}
