import type { AttainmentNode } from '../../contract.ts'
import { isBare } from '../terrace/tier.ts'

const rank = (node: AttainmentNode) => (isBare(node) ? 2 : 0) + (node.kind === 'person' ? 1 : 0)

/** Units before people; those with neither target nor result come last. */
export function orderedChildren(node: AttainmentNode): readonly AttainmentNode[] {
  return node.children.toSorted((a, b) => rank(a) - rank(b))
}
