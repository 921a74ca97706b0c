import type { Label } from '#base/label.ts'
import type { Filter } from '#engine/query/filter.ts'

/** What a record adds: a field's value, one, or the days between two dates. */
export type Measure = 'count' | { readonly sum: string } | { readonly daysFrom: string; readonly daysTo: string }

/** How records of one object become ledger rows of a metric. */
export interface MetricSource {
  /** Key of the object. */
  readonly of: string
  readonly when?: Filter
  readonly measure: Measure
  /** Records outside count as zero in the numerator, but stand in the denominator. */
  readonly countsIf?: Filter
  /** Refunds take away. */
  readonly negative?: boolean
  /** The date field that decides day and unit. Flow metrics only. */
  readonly at?: string
  /** Stock metrics: the record counts from the first of these dates that is filled until the day it closes. */
  readonly open?: { readonly from: string; readonly to: string }
  /** Only the earliest record (by `at`) for each value of this reference counts, e.g. the first order of an account. */
  readonly firstPer?: string
  readonly attribution: 'owner' | 'collector'
}

/** A named measure. Its ledger rows are a pure function of the records, so that anybody can recompute them. */
export interface Metric {
  readonly key: string
  /** Grows when the definition changes; kept with every ledger row. */
  readonly version: number
  readonly label: Label
  /** The formula in words. */
  readonly formula: Label
  /** flow: sums over days. stock: the level at the end of the period. ratio: numerator ÷ denominator over days. */
  readonly kind: 'flow' | 'stock' | 'ratio'
  readonly unit: 'money' | 'count' | 'percent' | 'days'
  readonly better: 'higher' | 'lower'
  readonly sources: readonly MetricSource[]
}

/**
 * The figure that a numerator and a denominator make: the numerator itself, or for ratios the quotient to six
 * decimals; null where a ratio has no denominator. Decimal strings in ten-thousandths are avoided: both are `bigint`
 * counts of 1/10,000.
 */
export function figureOf(metric: Pick<Metric, 'kind'>, numerator: bigint, denominator: bigint): string | null {
  if (metric.kind !== 'ratio') return writeAmount(numerator)
  return denominator === 0n ? null : writeScaled(divideRounded(numerator * 1_000_000n, denominator), 6)
}

/** `12.3400` → 123400n: exact sums of many rows without a decimal library. */
export function readAmount(text: string): bigint {
  // As PostgreSQL writes its sums, with four decimals.
  if (text.at(-5) === '.') return BigInt(text.slice(0, -5) + text.slice(-4))
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  const amount = BigInt(whole) * 10_000n + BigInt(fraction.padEnd(4, '0').slice(0, 4))
  return text.startsWith('-') ? -amount : amount
}

export function writeAmount(amount: bigint): string {
  return writeScaled(amount, 4)
}

function writeScaled(amount: bigint, decimals: number): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, -decimals)
  const fraction = digits.slice(-decimals).replace(/0+$/, '')
  return `${amount < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`
}

/** Half away from zero, as people round. */
function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const sign = numerator < 0n !== denominator < 0n ? -1n : 1n
  const above = numerator < 0n ? -numerator : numerator
  const below = denominator < 0n ? -denominator : denominator
  return sign * ((above * 2n + below) / (below * 2n))
}
