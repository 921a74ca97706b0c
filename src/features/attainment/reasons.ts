import type { Placed } from './outline.ts'

/** Why a figure became another one. */
export const reasons = [
  'new',
  'amount',
  'date',
  'time',
  'gone',
  'refund',
  'credit',
  'organisation',
  'rate',
  'definition',
] as const
export type Reason = (typeof reasons)[number]

/** A ledger row of a record, as it was kept. Sums are in ten-thousandths. */
export interface KeptRow extends Placed {
  readonly numerator: bigint
  readonly denominator: bigint
  /** In the record's own currency; null where the metric is not money. */
  readonly amount: bigint | null
  readonly currency: string | null
  readonly metricVersion: number
}

/** What a record brought then, and what it brings now. */
export interface RecordChange {
  readonly object: string
  readonly recordId: string
  /** It takes away, as refunds do. */
  readonly isRefund: boolean
  readonly before: readonly KeptRow[]
  readonly after: readonly KeptRow[]
}

/**
 * Whether a row counts at the node in the period: by the days and the organisation of then, by the days of now and the
 * organisation of then, and by those of now. The days of levels alone become others, as time passes.
 */
export interface Counting {
  then(row: Placed): boolean
  passed(row: Placed): boolean
  now(row: Placed): boolean
  /** Why other days count now. */
  readonly passing: Reason
}

export interface ReasonPart {
  readonly reason: Reason
  readonly amount: bigint
}

const broughtTo = (rows: readonly KeptRow[], counts: (row: Placed) => boolean): bigint =>
  rows.reduce((sum, row) => (counts(row) ? sum + row.numerator : sum), 0n)

/**
 * Takes the change of one record at one node apart by reason. What changed is put in one after the other (what time
 * brought to the record as it was, day, value, people, units), and each reason has the difference that its step makes: the parts sum to the difference exactly, and
 * a change of one thing alone has one part.
 */
export function partsOfChange(change: RecordChange, counting: Counting): readonly ReasonPart[] {
  const { before, after, isRefund } = change
  const first = broughtTo(before, counting.then)
  const last = broughtTo(after, counting.now)
  if (isRefund) return some([{ reason: 'refund', amount: last - first }])
  if (before.length === 0 || after.length === 0) {
    return some([{ reason: before.length === 0 ? 'new' : 'gone', amount: last - first }])
  }
  const passed = broughtTo(before, counting.passed)
  const moved = onDayOf(before, after)
  const atDay = broughtTo(moved, counting.passed)
  const isSameShare = areSharedAlike(before, after)
  const credited = broughtTo(after, counting.passed)
  const valued = isSameShare ? credited : scaled(atDay, moved, after)
  return some([
    { reason: counting.passing, amount: passed - first },
    { reason: 'date', amount: atDay - passed },
    { reason: valueReason(before, after), amount: valued - atDay },
    // The same people in other units were moved; other people were credited.
    { reason: peopleOf(before) === peopleOf(after) ? 'organisation' : 'credit', amount: credited - valued },
    { reason: 'organisation', amount: last - credited },
  ])
}

function some(parts: readonly ReasonPart[]): readonly ReasonPart[] {
  return parts.filter(({ amount }) => amount !== 0n)
}

/** The former rows on the day that the record has now; levels have days of their own. */
function onDayOf(before: readonly KeptRow[], after: readonly KeptRow[]): readonly KeptRow[] {
  const days = new Set(after.map(({ day }) => day))
  const [day] = days
  return days.size === 1 && day !== undefined ? before.map((row) => ({ ...row, day })) : before
}

/** The same people in the same units with the same shares, whatever the value; shares are rounded to the last digit kept. */
function areSharedAlike(before: readonly KeptRow[], after: readonly KeptRow[]): boolean {
  const [whole, wholeNow] = [sumOf(before), sumOf(after)]
  const tolerance = absolute(whole) + absolute(wholeNow)
  return (
    before.length === after.length &&
    before.every((row, at) => {
      const now = after[at]
      if (now?.personId !== row.personId || now.unitId !== row.unitId) return false
      return absolute(row.numerator * wholeNow - now.numerator * whole) <= tolerance
    })
  )
}

const absolute = (value: bigint): bigint => (value < 0n ? -value : value)

const peopleOf = (rows: readonly KeptRow[]): string => [...new Set(rows.map(({ personId }) => personId))].sort().join()

const sumOf = (rows: readonly KeptRow[]): bigint => rows.reduce((sum, { numerator }) => sum + numerator, 0n)

/** What a part of the former value is of the present one. */
function scaled(part: bigint, before: readonly KeptRow[], after: readonly KeptRow[]): bigint {
  const whole = sumOf(before)
  return whole === 0n ? part : (part * sumOf(after)) / whole
}

function valueReason(before: readonly KeptRow[], after: readonly KeptRow[]): Reason {
  const versions = (rows: readonly KeptRow[]) => rows.map(({ metricVersion }) => metricVersion).join()
  if (versions(before.slice(0, 1)) !== versions(after.slice(0, 1))) return 'definition'
  const own = (rows: readonly KeptRow[]) => rows.reduce((sum, { amount, numerator }) => sum + (amount ?? numerator), 0n)
  const isSameAmount = own(before) === own(after) && before[0]?.currency === after[0]?.currency
  return isSameAmount ? 'rate' : 'amount'
}
