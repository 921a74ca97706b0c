/**
 * Over-assignment: a tier hands out more than it got, e.g. 105 %, so that the target holds although some fall short.
 * Rates are hundredths of a percent (500 = 5 %), up to `mostBuffer`.
 *
 * The rounding rule: what a cell hands out is its value plus the rate of it, rounded half up to the plan's smallest count.
 * Where parents follow their children instead, the parent is the children's sum divided by (1 + rate), rounded half up,
 * and the buffer is the rest. So children always sum to parent + buffer, and the buffer is never a whole count away from
 * its rate. Without a rate, children sum to their parent exactly.
 */
export type BufferRate = bigint

export const mostBuffer = 5_000n

const whole = 10_000n

/** What the children of a cell get together. */
export function handedOut(value: bigint, rate: BufferRate): bigint {
  return value + halfUp(value * rate, whole)
}

/** The cell whose children have this sum. */
export function received(sum: bigint, rate: BufferRate): bigint {
  return halfUp(sum * whole, whole + rate)
}

/** Whether children may sum to this under the cell. */
export function isFitting(value: bigint, sum: bigint, rate: BufferRate): boolean {
  const off = (sum - value) * whole - value * rate
  return -whole < off && off < whole
}

/** The smallest cell that hands out at least so much. */
export function leastHandingOut(sum: bigint, rate: BufferRate): bigint {
  let value = received(sum, rate)
  while (handedOut(value, rate) < sum) value += 1n
  while (value > 0n && handedOut(value - 1n, rate) >= sum) value -= 1n
  return value
}

/** The parent over children with a sum: as it is where it fits, else what such children receive. */
export function parentOver(sum: bigint, value: bigint, rate: BufferRate): bigint {
  return isFitting(value, sum, rate) ? value : received(sum, rate)
}

/** The sum of a cell's children: as it is where it fits, else what the cell hands out. */
export function sumUnder(value: bigint, sum: bigint, rate: BufferRate): bigint {
  return isFitting(value, sum, rate) ? sum : handedOut(value, rate)
}

function halfUp(above: bigint, below: bigint): bigint {
  return (2n * above + below) / (2n * below)
}
