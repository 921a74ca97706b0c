import { exactNumber, shortNumber, type NumberStyle } from '#web/kit/number-text.ts'
import { roundTo } from '#engine/money/currency.ts'

/** A driver as it is read: counts to a tenth, for half a deal is a word of averages. */
export function driverValue(value: string | null, unit: NumberStyle['unit']): string | null {
  return unit === 'count' && value !== null ? roundTo(value, '0.1') : value
}

/** The same in words. */
export function driverText(value: string | null, style: NumberStyle): string {
  const text = driverValue(value, style.unit)
  return style.unit === 'count' ? exactNumber(text, style) : shortNumber(text, style)
}
