import type { TierNode } from './tier-node.ts'

/** The node of that id, or in that place, in the tree; undefined without one. */
export function findNode(tree: TierNode, id: string): TierNode | undefined {
  if (tree.id === id || tree.place === id) return tree
  for (const child of tree.children) {
    const found = findNode(child, id)
    if (found) return found
  }
  return undefined
}

/**
 * What an id of another period means in this one: the node of that id or in that place; and for a unit's or a person's
 * key alone, every place where they stood.
 */
export function nodesOf(tree: TierNode, id: string): readonly TierNode[] {
  const node = findNode(tree, id)
  return node ? [node] : placesOf(tree, id)
}

function placesOf(node: TierNode, key: string): readonly TierNode[] {
  const own = node.kind === 'person' ? `${node.unitId ?? ''}.${node.personId ?? ''}` : node.unitId
  return own === key ? [node] : node.children.flatMap((child) => placesOf(child, key))
}
