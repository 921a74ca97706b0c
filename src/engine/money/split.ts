import { exact, plain } from './decimal.ts'
import { fromUnits, toUnits } from './units.ts'

/**
 * Splits a total by weights into multiples of `step`. The parts always add up to the total; spare steps go to the
 * largest remainders, of equal ones to the earlier part. What is left below one step goes to the heaviest part.
 * A negative weight counts as zero; if no weight is positive the parts are equal. No weights, no parts.
 */
export function splitByWeight(total: string, weights: readonly string[], step: string): string[] {
  if (weights.length === 0) return []
  const whole = exact(total)
  const steps = whole.abs().div(step).toDecimalPlaces(0, 1)
  const scaled = scale(weights)
  const parts = splitUnits(BigInt(steps.toFixed()), scaled).map((count) => fromUnits(count, step))
  const rest = whole.abs().minus(steps.times(step))
  const heaviest = scaled.indexOf(scaled.reduce((most, weight) => (weight > most ? weight : most)))
  return parts.map((part, at) => {
    const size = at === heaviest ? exact(part).plus(rest) : exact(part)
    return plain(whole.isNegative() ? size.negated() : size)
  })
}

/** The same for whole counts: the core that plans are built on. */
export function splitUnits(total: bigint, weights: readonly bigint[]): bigint[] {
  if (total < 0n) return splitUnits(-total, weights).map((part) => -part)
  const positive = weights.map((weight) => (weight > 0n ? weight : 0n))
  const sum = positive.reduce((all, weight) => all + weight, 0n)
  if (sum === 0n)
    return weights.length === 0
      ? []
      : splitUnits(
          total,
          weights.map(() => 1n),
        )
  const parts = positive.map((weight) => (total * weight) / sum)
  const remainders = positive.map((weight) => (total * weight) % sum)
  const spare = total - parts.reduce((all, part) => all + part, 0n)
  const lucky = remainders
    .map((remainder, at) => ({ remainder, at }))
    .sort((a, b) => (a.remainder === b.remainder ? a.at - b.at : a.remainder > b.remainder ? -1 : 1))
    .slice(0, Number(spare))
  for (const { at } of lucky) parts[at] = (parts[at] ?? 0n) + 1n
  return parts
}

/** Weights as whole numbers in the same proportion. */
function scale(weights: readonly string[]): bigint[] {
  const places = Math.max(...weights.map((weight) => exact(weight).decimalPlaces()))
  const unit = plain(exact(10).pow(-places))
  return weights.map((weight) => toUnits(weight, unit))
}
