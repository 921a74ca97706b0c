/** An objective as far as its place matters. */
export interface Placed {
  readonly id: string
  readonly parentId: string | null
}

/** Whether putting an objective under a parent would make it stand below itself. */
export function makesCircle(all: readonly Placed[], id: string, parentId: string | null): boolean {
  const parents = new Map(all.map((one) => [one.id, one.parentId]))
  for (let at = parentId; at !== null; at = parents.get(at) ?? null) if (at === id) return true
  return false
}
