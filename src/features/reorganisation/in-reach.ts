import type { Reach } from '#engine/policy/role.ts'
import { unitsUnder, type Drawing } from './drawing.ts'

/** The people whose records somebody of that reach sees by the organisation: as `features/org/server/reach.ts` reads it. */
export function inReach(drawing: Drawing, personId: string, reach: Exclude<Reach, 'everything'>): ReadonlySet<string> {
  if (reach === 'own') return new Set([personId])
  const headed = [...drawing.units.values()].filter((unit) => unit.headId === personId).map((unit) => unit.id)
  const own = drawing.assignments.filter((one) => one.isMain && one.personId === personId).map((one) => one.unitId)
  const tops = reach === 'subordinates' ? headed : [...headed, ...own]
  const units = new Set(reach === 'unit' ? tops : tops.flatMap((unit) => [...unitsUnder(drawing, unit)]))
  return new Set([personId, ...drawing.assignments.filter((one) => units.has(one.unitId)).map((one) => one.personId)])
}

export interface ReachChange {
  readonly personId: string
  readonly gains: readonly string[]
  readonly loses: readonly string[]
}

/** Whose reach is another one afterwards. `reachOf`: how far the role of somebody reaches; `everything` never changes. */
export function reachChanges(
  before: Drawing,
  after: Drawing,
  reachOf: (personId: string) => Reach,
): readonly ReachChange[] {
  return [...before.people].flatMap(([personId, { isActive }]) => {
    const reach = reachOf(personId)
    if (!isActive || reach === 'everything' || reach === 'own') return []
    const [saw, sees] = [inReach(before, personId, reach), inReach(after, personId, reach)]
    const gains = [...sees].filter((one) => !saw.has(one))
    const loses = [...saw].filter((one) => !sees.has(one))
    return gains.length + loses.length === 0 ? [] : [{ personId, gains, loses }]
  })
}
