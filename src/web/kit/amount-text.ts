import { exact, plain, readDecimal } from '#engine/money/decimal.ts'
import { grouped } from '#engine/money/short-form.ts'
import type { NumberUnit } from './number-text.ts'

/** Every digit of an amount that people sign for: a rate of 0.355 is `35.5%`, other amounts are grouped. */
export function amountText(value: string, unit: NumberUnit): string {
  return unit === 'percent' ? percent(value) : grouped(value)
}

/** The same to be written over: without groups. */
export function amountToEdit(value: string, unit: NumberUnit): string {
  return unit === 'percent' ? percent(value) : value
}

/** What somebody typed as it is kept; of a rate `35.5` and `35.5%` are both 0.355. Null for no number. */
export function typedAmount(text: string, unit: NumberUnit): string | null {
  const read = readDecimal(unit === 'percent' ? text.replace(/[%％]\s*$/, '') : text)
  if (!read.ok) return null
  return unit === 'percent' ? plain(exact(read.value).div(100)) : read.value
}

/** The difference between two amounts with its sign; of rates in percentage points. */
export function differenceText(before: string, after: string, unit: NumberUnit, points: string): string {
  const difference = exact(after).minus(before)
  const sign = difference.isPositive() && !difference.isZero() ? '+' : ''
  return unit === 'percent'
    ? `${sign}${plain(difference.times(100))} ${points}`
    : `${sign}${grouped(plain(difference))}`
}

const percent = (value: string) => `${plain(exact(value).times(100))}%`
