/** A node of the tiers as the drawing needs it. */
export interface Tier {
  readonly id: string
  readonly name: string
  readonly kind: 'unit' | 'person'
  readonly actual: string | null
  readonly target: string | null
  /** actual ÷ target */
  readonly attainment: number | null
  readonly light?: string | null | undefined
  /** Why there is no light. */
  readonly reason?: string | null | undefined
  /** What should be reached by today: the water line. */
  readonly expected?: string | null | undefined
  readonly children: readonly Tier[]
}

/** The tier with that id, anywhere below. */
export function findTier<T extends { readonly id: string; readonly children: readonly T[] }>(
  root: T,
  id: string,
): T | undefined {
  if (root.id === id) return root
  for (const child of root.children) {
    const found = findTier(child, id)
    if (found) return found
  }
  return undefined
}

/** The way from the root down to the tier, both included; empty when it is not there. */
export function wayTo<T extends { readonly id: string; readonly children: readonly T[] }>(
  root: T,
  id: string,
): readonly T[] {
  if (root.id === id) return [root]
  for (const child of root.children) {
    const way = wayTo(child, id)
    if (way.length > 0) return [root, ...way]
  }
  return []
}

const wantsSomething = ({ target }: Pick<Tier, 'target'>): boolean => Number(target ?? 0) > 0

/** Whether there is a target to hold the result against: zero is one where less is better, for there it can be reached. */
export function hasTarget(tier: Pick<Tier, 'target' | 'attainment'>): boolean {
  return wantsSomething(tier) || (tier.target !== null && tier.attainment !== null)
}

type Standing = Pick<Tier, 'target' | 'actual'> & { readonly children: readonly Standing[] }

/** Neither target nor result, here and below: nothing to draw. */
export function isBare(tier: Standing): boolean {
  return !wantsSomething(tier) && Number(tier.actual ?? 0) === 0 && tier.children.every(isBare)
}

/** The children that have something to show. */
export function drawnChildren<T extends { readonly children: readonly Standing[] }>(tier: T): T['children'] {
  return tier.children.filter((child) => !isBare(child))
}

/** How high the water stands for a tier: the share of its target that should be reached by today. */
export function waterOf(tier: Pick<Tier, 'expected' | 'target'>): number | undefined {
  const target = Number(tier.target ?? 0)
  if (tier.expected === null || tier.expected === undefined || !(target > 0)) return undefined
  const share = Number(tier.expected) / target
  return share > 0 && share < 1 ? share : undefined
}
