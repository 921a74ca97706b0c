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
 * and what its target differs from the sum of theirs. The parts sum to the gap exactly.
 */
export function gapByChildren(
  node: { readonly target: bigint; readonly actual: bigint },
  children: readonly ChildOfGap[],
): readonly ChildPart[] {
  const parts: readonly ChildPart[] = children.map(({ id, target, actual }) => ({
    id,
    amount: (target ?? 0n) - actual,
  }))
  const rest = node.target - node.actual - parts.reduce((sum, { amount }) => sum + amount, 0n)
  return rest === 0n ? parts : [...parts, { id: null, amount: rest }]
}
