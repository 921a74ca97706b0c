import { exact, plain } from './decimal.ts'

/**
 * Amounts as whole counts of a smallest unit (a cent, a yen, one deal): sums and splits of counts are exact and quick.
 * `unit` is a decimal string such as `0.01`, `1` or `1000`.
 */
export function toUnits(value: string, unit: string): bigint {
  const places = placesOf(unit)
  const parts = places === undefined ? null : /^(-?\d+)(?:\.(\d+))?$/.exec(value)
  const fraction = parts?.[2]?.replace(/0+$/, '') ?? ''
  if (parts && places !== undefined && fraction.length <= places) {
    return BigInt(`${parts[1] ?? '0'}${fraction.padEnd(places, '0')}`)
  }
  return BigInt(exact(value).div(unit).toDecimalPlaces(0).toFixed())
}

export function fromUnits(count: bigint, unit: string): string {
  const places = placesOf(unit)
  if (places === 0) return count.toString()
  if (places !== undefined) return writeDigits(count, places)
  return plain(exact(count).times(unit))
}

/** Whether the value is a whole number of units, so that `toUnits` loses nothing. */
export function isWhole(value: string, unit: string): boolean {
  return exact(value).mod(unit).isZero()
}

const decimalPlaces: Readonly<Record<string, number>> = { '1': 0, '0.1': 1, '0.01': 2, '0.001': 3, '0.0001': 4 }

/** Decimals of a unit that is a power of ten: the usual case needs no arithmetic, only digits. */
function placesOf(unit: string): number | undefined {
  return decimalPlaces[unit]
}

function writeDigits(count: bigint, places: number): string {
  const digits = (count < 0n ? -count : count).toString().padStart(places + 1, '0')
  const fraction = digits.slice(-places).replace(/0+$/, '')
  return `${count < 0n ? '-' : ''}${digits.slice(0, -places)}${fraction === '' ? '' : `.${fraction}`}`
}
