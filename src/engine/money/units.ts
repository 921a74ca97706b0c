import { exact, plain } from './decimal.ts'

/**
 * Amounts as whole counts of a smallest unit (a cent, a yen, one deal): sums and splits of counts are exact and quick.
 * `unit` is a decimal string such as `0.01`, `1` or `1000`.
 */
export function toUnits(value: string, unit: string): bigint {
  return BigInt(exact(value).div(unit).toDecimalPlaces(0).toFixed())
}

export function fromUnits(count: bigint, unit: string): string {
  return plain(exact(count).times(unit))
}

/** Whether the value is a whole number of units, so that `toUnits` loses nothing. */
export function isWhole(value: string, unit: string): boolean {
  return exact(value).mod(unit).isZero()
}

/** The next multiple of `step` towards zero. */
export function wholeSteps(count: bigint, step: bigint): bigint {
  return count - (count % step)
}
