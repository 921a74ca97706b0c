/** A node of the tiers as the drawing needs it. */
export interface Tier {
  readonly id: string
  readonly name: string
  readonly kind: 'unit' | 'person' | 'unassigned'
  readonly actual: string | null
  readonly target: string | null
  /** actual ÷ target */
  readonly attainment: number | null
  readonly light?: string | null | undefined
  readonly children: readonly Tier[]
}

/** The tier with that id, anywhere below. */
export function findTier<T extends { readonly id: string; readonly children: readonly T[] }>(root: T, id: string): T | undefined {
  if (root.id === id) return root
  for (const child of root.children) {
    const found = findTier(child, id)
    if (found) return found
  }
  return undefined
}

/** The way from the root down to the tier, both included; empty when it is not there. */
export function wayTo<T extends { readonly id: string; readonly children: readonly T[] }>(root: T, id: string): readonly T[] {
  if (root.id === id) return [root]
  for (const child of root.children) {
    const way = wayTo(child, id)
    if (way.length > 0) return [root, ...way]
  }
  return []
}
