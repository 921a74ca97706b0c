import type { AttainmentNode } from '../../contract.ts'
import { hasTarget } from '../terrace/tier.ts'

/**
 * The node of a person: where she stands herself, else the top of what she sees (a manager's unit). Who sees nothing but
 * her own places, because she moved, has all of them together. A target that every place has, as of a rate, is her own
 * only where she brought something: who leads and brings nothing has that of what they lead.
 */
export function ownNode(
  root: AttainmentNode,
  { personId, isLead }: { readonly personId: string; readonly isLead: boolean },
): AttainmentNode {
  const queue: AttainmentNode[] = [root]
  const own: AttainmentNode[] = []
  for (let node = queue.shift(); node; node = queue.shift()) {
    if (node.kind === 'person' && node.personId === personId) own.push(node)
    queue.push(...node.children)
  }
  if (own.length > 1 && own.length === root.children.length && own.every((node) => root.children.includes(node))) {
    return root
  }
  // Who leads and carries nothing in person has the target of what they lead.
  const isOwn = (node: AttainmentNode) => hasTarget(node) && !(isLead && node.actual === null)
  return own.find(isOwn) ?? (hasTarget(root) ? root : own[0]) ?? root
}
