/** A row of a tree is a unit, or a person in a unit: a mover stands in both units. */
export interface Place {
  readonly unitId: string
  readonly personId: string | null
}

/** `unit` or `unit.person`. */
export function nodeIdOf({ unitId, personId }: Place): string {
  return personId === null ? unitId : `${unitId}.${personId}`
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const shape = new RegExp(`^(${uuid})(?:\\.(${uuid}))?$`)

/** Null for anything that is not a node's key. */
export function readNodeId(id: string): Place | null {
  const [, unitId, personId] = shape.exec(id) ?? []
  return unitId === undefined ? null : { unitId, personId: personId ?? null }
}
