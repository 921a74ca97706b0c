/** An exact quotient; the denominator is positive. */
export interface Fraction {
  readonly above: bigint
  readonly below: bigint
}

export const zero: Fraction = { above: 0n, below: 1n }

/** `above ÷ below`, in lowest terms. The denominator is not zero. */
export function fraction(above: bigint, below = 1n): Fraction {
  if (below === 0n) throw new Error('a fraction has no zero below')
  const sign = below < 0n ? -1n : 1n
  const common = divisor(above, below)
  return { above: (sign * above) / common, below: (sign * below) / common }
}

export function plus(one: Fraction, other: Fraction): Fraction {
  return fraction(one.above * other.below + other.above * one.below, one.below * other.below)
}

export function minus(one: Fraction, other: Fraction): Fraction {
  return plus(one, { above: -other.above, below: other.below })
}

export function times(one: Fraction, other: Fraction): Fraction {
  return fraction(one.above * other.above, one.below * other.below)
}

export function isZero({ above }: Fraction): boolean {
  return above === 0n
}

/** The whole number below it and what is left, `0 ≤ left < 1`. */
export function floorOf({ above, below }: Fraction): { readonly whole: bigint; readonly left: Fraction } {
  const towardsZero = above / below
  const whole = above < 0n && above % below !== 0n ? towardsZero - 1n : towardsZero
  return { whole, left: fraction(above - whole * below, below) }
}

export function compare(one: Fraction, other: Fraction): number {
  const difference = one.above * other.below - other.above * one.below
  return difference === 0n ? 0 : difference > 0n ? 1 : -1
}

function divisor(one: bigint, other: bigint): bigint {
  let [a, b] = [one < 0n ? -one : one, other < 0n ? -other : other]
  while (b !== 0n) [a, b] = [b, a % b]
  return a === 0n ? 1n : a
}
