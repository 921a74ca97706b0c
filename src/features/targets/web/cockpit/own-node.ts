import type { AttainmentNode } from '../../contract.ts'
import { hasTarget } from '../terrace/tier.ts'

/**
 * The node of a person: where she stands herself, else the top of what she sees (a manager's unit). Who sees nothing but
 * her own places, because she moved, has all of them together.
 */
export function ownNode(root: AttainmentNode, personId: string): AttainmentNode {
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
  return own.find(hasTarget) ?? (hasTarget(root) ? root : own[0]) ?? root
}
