import { fraction, isZero, minus, times, zero, type Fraction } from './fraction.ts'
import { roundToSum, shapleyOfProduct } from './shapley.ts'

/**
 * What stands behind a figure, as a chain in ten-thousandths: each link is so many of the one before, and the last is the
 * figure itself, e.g. deals closed, deals won, what they were worth.
 */
export interface ChainFacts {
  readonly links: readonly bigint[]
  /** Days from begin to end, and of how many; where the first link are deals whose cycle is known. */
  readonly cycle?: { readonly days: bigint; readonly deals: bigint }
}

/** A chain as factors whose product is the figure. */
export interface Drivers {
  /** The first link, in ten-thousandths; then how much of each link the one before brings. */
  readonly factors: readonly Fraction[]
  /** Days from begin to end; null where none is known. */
  readonly cycle: Fraction | null
}

/** One of two figures that are compared, with its drivers. */
export interface End {
  readonly figure: bigint
  readonly drivers: Drivers
}

export interface DriverPart<Name extends string> {
  readonly driver: Name | 'work' | 'cycle' | 'rest'
  /** The driver itself at both ends, the first link in ten-thousandths; null of what no driver explains. */
  readonly base: Fraction | null
  readonly now: Fraction | null
  /** How much of base − now it explains, in ten-thousandths. */
  readonly amount: bigint
}

/**
 * The identity figure = first link × second ÷ first × …. A rate over nothing is not known: the other end's stands for it,
 * so that it explains nothing.
 */
export function driversOf({ links, cycle }: ChainFacts, other?: Drivers): Drivers {
  return {
    factors: links.map((link, at) => {
      if (at === 0) return fraction(link)
      const before = links[at - 1] ?? 0n
      return before > 0n ? fraction(link, before) : (other?.factors[at] ?? zero)
    }),
    cycle:
      !cycle || cycle.deals === 0n || cycle.days <= 0n ? (other?.cycle ?? null) : fraction(cycle.days, cycle.deals),
  }
}

/** A target as drivers: as much of the first link as brings it at these rates. Null where they bring nothing of what is asked. */
export function driversOfTarget(target: bigint, usual: Drivers): Drivers | null {
  const [, ...rates] = usual.factors
  if (target === 0n) return { ...usual, factors: [zero, ...rates] }
  const perUnit = productOf(rates)
  if (isZero(perUnit)) return null
  return { ...usual, factors: [fraction(target * perUnit.below, perUnit.above), ...rates] }
}

/**
 * Takes base − now apart by drivers, to the cent where both are whole cents; what they leave, because a rate was not known,
 * is a part of its own: the parts sum to the gap. With `days`, the length of the period, a first link of deals closed is
 * taken apart further by Little's law into deals in work and their cycle: closed = in work × days ÷ cycle, which makes the
 * identity of sales velocity.
 */
export function gapByDrivers<Name extends string>(
  base: End,
  now: End,
  names: readonly Name[],
  days?: number,
): readonly DriverPart<Name>[] {
  const withCycle = days !== undefined && base.drivers.cycle !== null && now.drivers.cycle !== null
  const factorsOf = ({ factors, cycle }: Drivers): readonly Fraction[] => {
    const [first = zero, ...rates] = factors
    if (!withCycle || !cycle) return factors
    return [
      times(times(first, cycle), fraction(1n, BigInt(days))),
      times(fraction(BigInt(days)), inverse(cycle)),
      ...rates,
    ]
  }
  const [from, to] = [factorsOf(now.drivers), factorsOf(base.drivers)]
  const total = minus(productOf(to), productOf(from))
  const whole = total.above / total.below
  const amounts = roundToSum(shapleyOfProduct(from, to), whole, whole % 100n === 0n ? 100n : 1n)
  const drivers: readonly DriverPart<Name>['driver'][] = withCycle ? ['work', 'cycle', ...names.slice(1)] : names
  const parts = drivers.map((driver, at): DriverPart<Name> => ({
    driver,
    base: driver === 'cycle' ? base.drivers.cycle : (to[at] ?? zero),
    now: driver === 'cycle' ? now.drivers.cycle : (from[at] ?? zero),
    amount: amounts[at] ?? 0n,
  }))
  const rest = base.figure - now.figure - parts.reduce((sum, { amount }) => sum + amount, 0n)
  return rest === 0n ? parts : [...parts, { driver: 'rest', base: null, now: null, amount: rest }]
}

const productOf = (factors: readonly Fraction[]): Fraction => factors.reduce(times, fraction(1n))
const inverse = ({ above, below }: Fraction): Fraction => fraction(below, above)
