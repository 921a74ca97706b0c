import type { Label } from '#base/label.ts'
import type { Filter } from '#engine/query/filter.ts'

/** What a record adds: a field's value (less another's), one, or the days between two dates. */
export type Measure =
  'count' | { readonly sum: string; readonly less?: string } | { readonly daysFrom: string; readonly daysTo: string }

/** How records of one object become ledger rows of a metric. */
export interface MetricSource {
  /** Key of the object. */
  readonly of: string
  readonly when?: Filter
  readonly measure: Measure
  /** Stock metrics: an amount times a probability, of each day the one that was known then. */
  readonly times?: KeptPercent
  /** What a record adds to the denominator, where that is not the record itself: the amount whose margin is measured. */
  readonly weighedBy?: Measure
  /** Records outside count as zero in the numerator, but stand in the denominator. */
  readonly countsIf?: Filter
  /** The same for records that were done after their due day, or never. */
  readonly countsInTime?: { readonly done: string; readonly due: string }
  /** Refunds take away. */
  readonly negative?: boolean
  /** The date field that decides day and unit. Flow metrics only. */
  readonly at?: string
  /** Stock metrics: the record counts from the first of these dates that is filled until the day it closes. */
  readonly open?: { readonly from: string; readonly to: string }
  /**
   * Stock metrics: the measure counts from the day after `due` on, less what the records of another object that refer to
   * this one (by `by`) brought by then, in the same currency; never less than nothing.
   */
  readonly overdue?: Overdue
  /** Only the earliest record (by `at`) for each value of this reference counts, e.g. the first order of an account. */
  readonly firstPer?: string
  /** The field whose value is counted once, however many records name it. */
  readonly subject?: string
  /** Whose a record is, where nobody shares it. */
  readonly attribution: 'owner' | 'collector'
  /**
   * How those who share a record's credit share what it brings: in `parts` that sum to it, which is the rule; each the
   * `whole`, as they must where values do not add up; or not at all, so that all is the owner's.
   */
  readonly shared?: 'whole' | 'owner'
}

/** A percentage that changes while a record stands open: a past day counts by what was held true on it. */
export interface KeptPercent {
  /** The field that holds the one of now. */
  readonly percent: string
  /** The table of all there were: `company_id, record_id, since, percent`; the first counts for the days before it too. */
  readonly keptIn: string
}

export interface Overdue {
  readonly due: string
  readonly settledBy: { readonly of: string; readonly by: string; readonly at: string; readonly sum: string }
}

/**
 * flow: sums over days. stock: the level at the end of the period. ratio: numerator ÷ denominator over days. distinct: how
 * many different subjects the days have, over the union of everybody below a node. lowest, highest: of all values. given:
 * told from outside for a unit as a whole, such as the size of its market.
 */
export const metricKinds = ['flow', 'stock', 'ratio', 'distinct', 'lowest', 'highest', 'given'] as const
export type MetricKind = (typeof metricKinds)[number]

/** A named measure. Its ledger rows are a pure function of the records, so that anybody can recompute them. */
export interface Metric {
  readonly key: string
  /** Grows when the definition changes; kept with every ledger row. */
  readonly version: number
  readonly label: Label
  /** The formula in words. */
  readonly formula: Label
  readonly kind: MetricKind
  readonly unit: 'money' | 'count' | 'percent' | 'days'
  readonly better: 'higher' | 'lower'
  /** Empty where it is read from other metrics. */
  readonly sources: readonly MetricSource[]
  /** The metric whose ledger rows it reads instead of rows of its own: the whole, or their denominators. */
  readonly reads?: { readonly metric: string; readonly side?: 'denominator' }
  /** ratio: one metric divided by another, each as it stands at the node. */
  readonly quotient?: { readonly over: string; readonly under: string }
  /** distinct: only subjects of which nothing more came for so many days; each counts on the last of these. */
  readonly quietDays?: number
  /** Days that are not over do not count yet. */
  readonly onlyPastDays?: boolean
}

/**
 * The figure that a numerator and a denominator make: the numerator itself, or for ratios the quotient to six
 * decimals; null where a ratio has no denominator, and where no value is the lowest, highest or given. Decimal strings in
 * ten-thousandths are avoided: both are `bigint` counts of 1/10,000.
 */
export function figureOf({ kind }: Pick<Metric, 'kind'>, numerator: bigint, denominator: bigint): string | null {
  if (kind === 'flow' || kind === 'stock' || kind === 'distinct') return writeAmount(numerator)
  if (denominator === 0n) return null
  return kind === 'ratio' ? writeScaled(divideRounded(numerator * 1_000_000n, denominator), 6) : writeAmount(numerator)
}

/** Whether the figure of several records is the sum of theirs, so that a difference can be told by records. */
export function addsUp({ kind }: Pick<Metric, 'kind'>): boolean {
  return kind === 'flow' || kind === 'stock'
}

/** `12.3400` → 123400n: exact sums of many rows without a decimal library. */
export function readAmount(text: string): bigint {
  // As PostgreSQL writes its sums, with four decimals.
  if (text.at(-5) === '.') return BigInt(text.slice(0, -5) + text.slice(-4))
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  const amount = BigInt(whole) * 10_000n + BigInt(fraction.padEnd(4, '0').slice(0, 4))
  return text.startsWith('-') ? -amount : amount
}

/** A figure with up to six decimals in ten-thousandths, half away from zero: `0.123456` → 1235n. */
export function readRounded(text: string): bigint {
  const millionths = readMillionths(text)
  return (millionths + (millionths < 0n ? -50n : 50n)) / 100n
}

/** `0.123456` → 123456n. */
export function readMillionths(text: string): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  const amount = BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0').slice(0, 6))
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
