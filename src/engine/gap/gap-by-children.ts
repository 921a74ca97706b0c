import { fraction, plus, times, zero, type Fraction } from './fraction.ts'
import { roundToSum } from './shapley.ts'

/** A child as far as a gap needs it, in ten-thousandths; null without a target. */
export interface ChildOfGap {
  readonly id: string
  readonly target: bigint | null
  readonly actual: bigint
}

export interface ChildPart {
  /** Null: what the parent's target has besides those of its children, less where these have more (a buffer). */
  readonly id: string | null
  readonly amount: bigint
}

/**
 * Takes target − actual of a node apart over its children: each with its own gap (without a target: minus what it brought),
 * and what its target differs from the sum of theirs. The parts sum to the gap exactly. Of a distinct count the last part
 * is also what counts at several children.
 */
export function gapByChildren(
  node: { readonly target: bigint; readonly actual: bigint },
  children: readonly ChildOfGap[],
): readonly ChildPart[] {
  const parts: readonly ChildPart[] = children.map(({ id, target, actual }) => ({
    id,
    amount: (target ?? 0n) - actual,
  }))
  return withRest(parts, node.target - node.actual)
}

/** A child of a rate; null where nothing was brought that the rate could be of. */
export interface ChildOfRate {
  readonly id: string
  readonly target: bigint | null
  readonly actual: bigint | null
  /** Its denominator: what it weighs. */
  readonly weight: bigint
}

/**
 * The same for a rate. A node's rate is the mean of its children's, each weighing its share w of the denominator; so a
 * child's part is w × (its target − its rate), held against the node's target where it has none of its own. What is left
 * is the mix: that targets of children, weighed by where the work was done, do not come to the target of the node. Parts
 * are rounded by largest remainder and sum to the gap exactly.
 */
export function gapOfRate(
  node: { readonly target: bigint; readonly actual: bigint; readonly weight: bigint },
  children: readonly ChildOfRate[],
): readonly ChildPart[] {
  if (node.weight <= 0n) return withRest([], node.target - node.actual)
  const exact = children.map(({ target, actual, weight }): Fraction => {
    if (actual === null || weight <= 0n) return zero
    return times(fraction(weight, node.weight), fraction((target ?? node.target) - actual))
  })
  const sum = exact.reduce(plus, zero)
  const rounded = roundToSum(exact, halfUp(sum), 1n)
  const parts = children.map(({ id }, at): ChildPart => ({ id, amount: rounded[at] ?? 0n }))
  return withRest(parts, node.target - node.actual)
}

function withRest(parts: readonly ChildPart[], gap: bigint): readonly ChildPart[] {
  const rest = gap - parts.reduce((sum, { amount }) => sum + amount, 0n)
  return rest === 0n ? parts : [...parts, { id: null, amount: rest }]
}

function halfUp({ above, below }: Fraction): bigint {
  const doubled = 2n * above + below
  const whole = doubled / (2n * below)
  return doubled < 0n && doubled % (2n * below) !== 0n ? whole - 1n : whole
}
