import type { AttainmentNode } from '../../contract.ts'

/** The node of a person: where she stands herself, else the top of what she sees (a manager's unit). */
export function ownNode(root: AttainmentNode, personId: string): AttainmentNode {
  const queue: AttainmentNode[] = [root]
  const own: AttainmentNode[] = []
  for (let node = queue.shift(); node; node = queue.shift()) {
    if (node.kind === 'person' && node.personId === personId) own.push(node)
    queue.push(...node.children)
  }
  return own.find((node) => node.target !== null) ?? own[0] ?? root
}
