import type { Filter } from '#engine/query/filter.ts'

/** A node of the tiers is a unit, or a person in a unit as `unit.person`. */
export function ownedWithin(owner: string, node: string): Filter {
  const [unit = '', person] = node.split('.')
  return person ? { field: owner, op: 'eq', value: person } : { field: owner, op: 'within', value: { unit } }
}
