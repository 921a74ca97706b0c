import type { AttainmentNode } from '#features/targets/contract.ts'
import { hasTarget } from '#features/targets/web/index.tsx'

/** A person with a target, in the unit where the target stands. */
export interface Aimed {
  readonly node: AttainmentNode
  readonly unit: string
  readonly attainment: number
}

/** Everybody below a node who has a target, once for each unit where it stands. */
export function aimedIn(root: AttainmentNode, unit = root.name): readonly Aimed[] {
  if (root.kind === 'person') {
    return hasTarget(root) && root.attainment !== null ? [{ node: root, unit, attainment: root.attainment }] : []
  }
  return root.children.flatMap((child) => aimedIn(child, root.name))
}
