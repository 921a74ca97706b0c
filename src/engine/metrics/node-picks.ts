import { onlyRoot, unassigned, type OrgShape, type Stretch } from './tier-tree.ts'

/** The ledger rows of one stretch that a node is made of. */
export interface Pick {
  /** Index of the stretch. */
  readonly stretch: number
  /** Of these units, or of every unit outside them. */
  readonly units: 'all' | { readonly ids: readonly string[]; readonly outside: boolean }
  /** Of this person alone. */
  readonly personId: string | null
}

/**
 * Where the rows of a node lie, told from its key alone, without growing the tree: a unit with everything below it, a
 * person in a unit. A unit that stood in two places is meant as a whole by its own key, in one of them by its path.
 * `stands`: the node is in the tree even if nothing was brought to it.
 */
export function picksOf(
  shape: OrgShape,
  nodeId: string | null,
): { readonly stands: boolean; readonly picks: readonly Pick[] } {
  if (nodeId === null || nodeId === 'top') return { stands: true, picks: everywhere(shape) }
  const [unitNode = '', personId = null] = nodeId.split('.')
  const picks = shape.stretches.flatMap((stretch, at) => {
    const units = unitsOf(stretch, unitNode, personId === null)
    return units ? [{ stretch: at, units, personId }] : []
  })
  return { stands: personId === null ? standsAtEnd(shape, picks) : stayed(shape, unitNode, personId), picks }
}

function everywhere({ stretches }: OrgShape): readonly Pick[] {
  return stretches.map((_, stretch) => ({ stretch, units: 'all', personId: null }))
}

function unitsOf(stretch: Stretch, unitNode: string, withBelow: boolean): Pick['units'] | undefined {
  const wanted = unitNode.split('~')
  if (wanted.at(-1) === unassigned) return { ids: [...stretch.paths.keys()], outside: true }
  // What has no unit stands below the one top.
  if (withBelow && wanted.length === 1 && onlyRoot(stretch)[0] === wanted[0]) return 'all'
  const ids = [...stretch.paths].flatMap(([id, path]) => (lies(path, wanted, withBelow) ? [id] : []))
  return ids.length > 0 ? { ids, outside: false } : undefined
}

/** Does a unit with this path lie at the wanted place, or (`withBelow`) under it? */
function lies(path: readonly string[], wanted: readonly string[], withBelow: boolean): boolean {
  if (!withBelow && path.at(-1) !== wanted.at(-1)) return false
  return wanted.length === 1 ? path.includes(wanted[0] ?? '') : wanted.every((unit, depth) => path[depth] === unit)
}

function standsAtEnd({ stretches }: OrgShape, picks: readonly Pick[]): boolean {
  return picks.some(({ stretch, units }) => stretch === stretches.length - 1 && (units === 'all' || !units.outside))
}

function stayed({ stays }: OrgShape, unitNode: string, personId: string): boolean {
  const unitId = unitNode.split('~').at(-1)
  return stays.some((stay) => stay.unitId === unitId && stay.personId === personId)
}
