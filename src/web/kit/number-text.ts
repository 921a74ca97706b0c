import type { Language } from '#base/label.ts'
import { trimZeros } from '#engine/money/decimal.ts'
import { grouped, shortForm } from '#engine/money/short-form.ts'

/** What a number counts; decides its sign, its decimals and its short form. */
export type NumberUnit = 'money' | 'count' | 'percent' | 'days'

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
  const points = (difference * 100).toFixed(1)
  const sign = difference > 0 && Number(points) !== 0 ? '+' : ''
  return `${sign}${Number(points) === 0 ? '0.0' : points}${language === 'zh' ? ' 个点' : ' pt'}`
}

// 万 and 亿 carry one decimal; K and M are coarser steps and carry two.
const shortDigits: Readonly<Record<Language, number>> = { zh: 1, en: 2 }

/** The short form for tables and cards: 1,000.6万, 10.01M. */
export function shortNumber(value: Amount, { unit, language }: NumberStyle): string {
  if (isEmpty(value)) return '—'
  if (unit === 'percent') return percentText(value)
  const number = Number(value)
  if (!Number.isFinite(number)) return '—'
  if (unit === 'days') return number.toLocaleString('en-US', { maximumFractionDigits: 1 })
  if (unit === 'count' && Math.abs(number) < 1e6) return number.toLocaleString('en-US', { maximumFractionDigits: 2 })
  return shortForm(String(value), language, shortDigits[language]).text
}

/** Every digit, with the currency's sign: ¥10,005,534. */
export function exactNumber(value: Amount, { unit, language, currency }: NumberStyle): string {
  if (isEmpty(value)) return '—'
  if (unit === 'percent') return percentText(value)
  if (unit === 'days') return `${shortNumber(value, { unit, language })} ${language === 'zh' ? '天' : 'days'}`
  const text = grouped(trimZeros(String(value)))
  if (unit !== 'money') return text
  return text.startsWith('-') ? `-${currencySign(currency)}${text.slice(1)}` : `${currencySign(currency)}${text}`
}

/** What lands on the clipboard: plain digits that a spreadsheet reads. */
export function copiedNumber(value: Amount): string {
  return isEmpty(value) ? '' : String(value)
}
