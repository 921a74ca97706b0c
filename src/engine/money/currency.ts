import { exact, plain } from './decimal.ts'

/** The smallest payable unit of a currency: CNY `0.01`, JPY `1`, KWD `0.001`. */
export function unitOf(currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return plain(exact(10).pow(-digits))
}

/** Rounded half away from zero to what the currency can pay. */
export function roundToCurrency(value: string, currency: string): string {
  return roundTo(value, unitOf(currency))
}

/** Rounded half away from zero to a multiple of `unit`. */
export function roundTo(value: string, unit: string): string {
  return plain(exact(value).div(unit).toDecimalPlaces(0).times(unit))
}
