import { fraction, isZero, minus, times, zero, type Fraction } from './fraction.ts'
import { roundToSum, shapleyOfProduct } from './shapley.ts'

/** What was sold in a period: amounts in ten-thousandths, counts as well, for deals are shared. */
export interface SalesFacts {
  /** Amount of the deals won. */
  readonly amount: bigint
  readonly won: bigint
  /** Deals won and lost. */
  readonly closed: bigint
  /** Days from begin to end of the deals won, and how many of them have both days. */
  readonly cycleDays: bigint
  readonly cycleDeals: bigint
}

export interface DriversOfSales {
  /** Deals closed. */
  readonly deals: Fraction
  /** Won ÷ closed. */
  readonly rate: Fraction
  /** Amount ÷ won, in ten-thousandths. */
  readonly size: Fraction
  /** Days from begin to end; null where none is known. */
  readonly cycle: Fraction | null
}

export type SalesDriver = 'deals' | 'work' | 'cycle' | 'rate' | 'size'

export interface DriverPart {
  readonly driver: SalesDriver
  readonly base: Fraction
  readonly now: Fraction
  /** How much of base − now it explains, in ten-thousandths. */
  readonly amount: bigint
}

/**
 * The identity amount = deals closed × win rate × deal size. A rate over nothing is not known: the other end's stands for
 * it, so that it explains nothing.
 */
export function driversOf(facts: SalesFacts, other?: DriversOfSales): DriversOfSales {
  const { amount, won, closed, cycleDays, cycleDeals } = facts
  return {
    deals: fraction(closed, 10_000n),
    rate: closed === 0n ? (other?.rate ?? zero) : fraction(won, closed),
    size: won === 0n ? (other?.size ?? zero) : fraction(amount * 10_000n, won),
    cycle: cycleDeals === 0n || cycleDays <= 0n ? (other?.cycle ?? null) : fraction(cycleDays, cycleDeals),
  }
}

/**
 * A plan as drivers: so many deals as would bring its target at this win rate and deal size. Null where these bring
 * nothing.
 */
export function driversOfTarget(target: bigint, usual: DriversOfSales): DriversOfSales | null {
  const perDeal = times(usual.rate, usual.size)
  if (isZero(perDeal)) return null
  return { ...usual, deals: fraction(target * perDeal.below, perDeal.above) }
}

/**
 * Takes base − now apart by drivers, to the cent where both are whole cents. With `days`, the length of the period, deals
 * closed are taken apart further by Little's law into deals in work and their cycle: closed = in work × days ÷ cycle, which
 * makes the identity of sales velocity: amount per day = in work × win rate × deal size ÷ cycle.
 */
export function gapByDrivers(base: DriversOfSales, now: DriversOfSales, days?: number): readonly DriverPart[] {
  const withCycle = days !== undefined && base.cycle !== null && now.cycle !== null
  const factorsOf = ({ deals, rate, size, cycle }: DriversOfSales) =>
    withCycle && cycle
      ? [
          times(times(deals, cycle), fraction(1n, BigInt(days))),
          times(fraction(BigInt(days)), inverse(cycle)),
          rate,
          size,
        ]
      : [deals, rate, size]
  const drivers: readonly SalesDriver[] = withCycle ? ['work', 'cycle', 'rate', 'size'] : ['deals', 'rate', 'size']
  const [from, to] = [factorsOf(now), factorsOf(base)]
  const parts = shapleyOfProduct(from, to)
  const total = minus(productOf(to), productOf(from))
  const whole = total.above / total.below
  const amounts = roundToSum(parts, whole, whole % 100n === 0n ? 100n : 1n)
  return drivers.map((driver, at) => ({
    driver,
    base: driver === 'cycle' ? (base.cycle ?? zero) : (to[at] ?? zero),
    now: driver === 'cycle' ? (now.cycle ?? zero) : (from[at] ?? zero),
    amount: amounts[at] ?? 0n,
  }))
}

const productOf = (factors: readonly Fraction[]): Fraction => factors.reduce(times, fraction(1n))
const inverse = ({ above, below }: Fraction): Fraction => fraction(below, above)
