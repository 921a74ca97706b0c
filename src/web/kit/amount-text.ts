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

/**
 * What somebody typed as it is kept; of a rate `35.5` and `35.5%` are both 0.355. A bare number below 1 is the share that
 * spreadsheets keep: `0.355` too; less than one percent is written `0.5%`. Null for no number.
 */
export function typedAmount(text: string, unit: NumberUnit): string | null {
  const bare = unit === 'percent' ? text.replace(/[%％]\s*$/, '') : text
  const read = readDecimal(bare)
  if (!read.ok) return null
  if (unit !== 'percent') return read.value
  const isShare = bare === text && exact(read.value).abs().lessThan(1)
  return isShare ? read.value : plain(exact(read.value).div(100))
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
