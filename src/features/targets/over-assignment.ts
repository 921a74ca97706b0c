/**
 * Over-assignment: a tier hands out more than it got, e.g. 105 %, so that the target holds although some fall short.
 * Rates are hundredths of a percent (500 = 5 %), up to `mostBuffer`.
 *
 * The rounding rule: what a cell hands out is its value plus the rate of it, rounded half up to the plan's smallest count.
 * Where parents follow their children instead, the parent is the children's sum divided by (1 + rate), rounded half up,
 * and the buffer is the rest. So children always sum to parent + buffer, and the buffer is never a whole count away from
 * its rate. Without a rate, children sum to their parent exactly.
 *
 * An amendment of a child may be carried by the buffer: it is that much smaller from then on, down to nothing.
 */
export type BufferRate = bigint

export const mostBuffer = 5_000n

const whole = 10_000n

/** What a cell hands out more than it has. */
export interface Over {
  readonly rate: BufferRate
  /** What amendments of its children took out of the buffer; it never takes more than there is. */
  readonly taken: bigint
}

const nothingOver: Over = { rate: 0n, taken: 0n }

/** What a row hands out more than it has, in a month. */
export function overAt(
  row: { readonly buffer?: BufferRate; readonly taken?: readonly bigint[] | undefined },
  month: number,
): Over {
  // Most rows hand out what they have: thousands of cells need no object each.
  if (row.taken === undefined && (row.buffer ?? 0n) === 0n) return nothingOver
  return { rate: row.buffer ?? 0n, taken: row.taken?.[month] ?? 0n }
}

/** What the children of a cell get together. */
export function handedOut(value: bigint, { rate, taken }: Over): bigint {
  const more = halfUp(value * rate, whole) - taken
  return more > 0n ? value + more : value
}

/** The cell whose children have this sum. */
export function received(sum: bigint, { rate, taken }: Over): bigint {
  const value = halfUp((sum + taken) * whole, whole + rate)
  return value * rate >= taken * whole ? value : sum
}

/** Whether children may sum to this under the cell. */
export function isFitting(value: bigint, sum: bigint, { rate, taken }: Over): boolean {
  const more = value * rate - taken * whole
  const off = (sum - value) * whole - (more > 0n ? more : 0n)
  return -whole < off && off < whole
}

/** The smallest cell that hands out at least so much. */
export function leastHandingOut(sum: bigint, over: Over): bigint {
  let value = received(sum, over)
  while (handedOut(value, over) < sum) value += 1n
  while (value > 0n && handedOut(value - 1n, over) >= sum) value -= 1n
  return value
}

/** The parent over children with a sum: as it is where it fits, else what such children receive. */
export function parentOver(sum: bigint, value: bigint, over: Over): bigint {
  return isFitting(value, sum, over) ? value : received(sum, over)
}

/** The sum of a cell's children: as it is where it fits, else what the cell hands out. */
export function sumUnder(value: bigint, sum: bigint, over: Over): bigint {
  return isFitting(value, sum, over) ? sum : handedOut(value, over)
}

/** A ratio that is not below zero as the nearest whole count, the half upwards. */
export function halfUp(above: bigint, below: bigint): bigint {
  return (2n * above + below) / (2n * below)
}
