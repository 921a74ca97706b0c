import { readAmount, writeAmount } from '#engine/metrics/metric.ts'

/** A statistic as it goes over the wire: rounded to the cent. */
export function inCents(value: number): string {
  return writeAmount(readAmount(value.toFixed(2)))
}
