import { combine, type Sums, type TierNode } from './tier-node.ts'

/** What a node is worth in each of the two trees, in equal parts of one; null where it has no figure. */
export interface Worths {
  over(node: TierNode): bigint | null
  under(node: TierNode): bigint | null
}

/** What two figures make as a ratio: none without either. */
export function dividing(over: bigint | null, under: bigint | null): Sums {
  return { numerator: over ?? 0n, denominator: over === null ? 0n : (under ?? 0n) }
}

/**
 * Two trees of one period as one, node by node: at each place the one divided by the other, never a sum of quotients. A
 * node that stands in one of them alone brought nothing to the other.
 */
export function quotientTree(over: TierNode, under: TierNode, worths: Worths): TierNode {
  const top = dividing(worths.over(over), worths.under(under))
  const roots = merged(rootsOf(over), rootsOf(under), worths)
  const [only] = roots
  return { ...(roots.length === 1 && only ? only : combine('top', over.name, roots)), ...top }
}

const rootsOf = (tree: TierNode): readonly TierNode[] => (tree.place === '' ? tree.children : [tree])

function merged(over: readonly TierNode[], under: readonly TierNode[], worths: Worths): readonly TierNode[] {
  const below = new Map(under.map((node) => [node.place, node]))
  const both = over.map((node) => {
    const other = below.get(node.place)
    below.delete(node.place)
    return divided(node, other, worths)
  })
  return [...both, ...[...below.values()].map((node) => divided(undefined, node, worths))]
}

function divided(over: TierNode | undefined, under: TierNode | undefined, worths: Worths): TierNode {
  const stands = over ?? under
  if (!stands) throw new Error('a node stands in one tree at least')
  return {
    ...stands,
    ...dividing(over ? worths.over(over) : 0n, under ? worths.under(under) : null),
    current: (over?.current ?? false) || (under?.current ?? false),
    planned: over?.planned ?? under?.planned ?? null,
    children: merged(over?.children ?? [], under?.children ?? [], worths),
    spots: [...(over?.spots ?? []), ...(under?.spots ?? [])],
  }
}
