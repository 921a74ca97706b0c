import { compare, floorOf, fraction, minus, plus, times, zero, type Fraction } from './fraction.ts'

/**
 * How much of the difference between two products each factor explains: its Shapley value, the mean over all orders in
 * which the factors could have changed one after the other. Exact and symmetric: the parts sum to `now − base`, a factor
 * that did not change explains nothing, and swapping both ends turns the signs.
 *
 * Shapley, L. S. (1953), A value for n-person games; for products: Albrecht, François & Schoors (2002), A Shapley
 * decomposition of carbon emissions without residuals, Energy Policy 30.
 */
export function shapleyOfProduct(base: readonly Fraction[], now: readonly Fraction[]): readonly Fraction[] {
  const count = base.length
  return base.map((own, at) => {
    const others = [...base.keys()].filter((other) => other !== at)
    const change = minus(now[at] ?? own, own)
    const weighted = subsetsOf(others).map((changed) => {
      const product = others.reduce<Fraction>(
        (so, other) => times(so, (changed.includes(other) ? now[other] : base[other]) ?? zero),
        fraction(1n),
      )
      return times(
        fraction(factorial(changed.length) * factorial(count - changed.length - 1), factorial(count)),
        product,
      )
    })
    return times(change, weighted.reduce(plus, zero))
  })
}

/**
 * Fractions to whole counts of `step` that sum to `total` exactly, by largest remainder. `total` is the sum of the
 * fractions, and a multiple of the step.
 */
export function roundToSum(parts: readonly Fraction[], total: bigint, step: bigint): readonly bigint[] {
  const floors = parts.map((part) => floorOf(times(part, fraction(1n, step))))
  let missing = total / step - floors.reduce((sum, { whole }) => sum + whole, 0n)
  const byRemainder = [...floors.keys()].toSorted((one, other) => {
    const [a, b] = [floors[one], floors[other]]
    return a && b ? compare(b.left, a.left) || one - other : 0
  })
  const rounded = floors.map(({ whole }) => whole)
  for (const at of byRemainder) {
    if (missing <= 0n) break
    rounded[at] = (rounded[at] ?? 0n) + 1n
    missing -= 1n
  }
  return rounded.map((whole) => whole * step)
}

function subsetsOf(items: readonly number[]): readonly (readonly number[])[] {
  return items.reduce<readonly (readonly number[])[]>(
    (sets, item) => [...sets, ...sets.map((set) => [...set, item])],
    [[]],
  )
}

function factorial(number: number): bigint {
  let product = 1n
  for (let factor = 2; factor <= number; factor += 1) product *= BigInt(factor)
  return product
}
