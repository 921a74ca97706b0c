import { topDown, type Drawing, type DrawnAssignment, type DrawnUnit } from './drawing.ts'

/** What a reorganisation changes, as the difference of two drawings of the same day. */
export interface Redrawn {
  /** Parents before children. */
  readonly created: readonly DrawnUnit[]
  readonly moved: readonly { readonly unitId: string; readonly parentId: string; readonly before: string | null }[]
  readonly ended: readonly string[]
  /** Units that get another name or head. */
  readonly named: readonly { readonly before: DrawnUnit; readonly after: DrawnUnit }[]
  /** Assignments that go to another unit or get another share. */
  readonly placed: readonly { readonly before: DrawnAssignment; readonly after: DrawnAssignment }[]
  readonly assigned: readonly DrawnAssignment[]
}

/** The difference between the organisation before and after. */
export function redrawnBetween(before: Drawing, after: Drawing): Redrawn {
  const kept = [...after.units.values()].flatMap((unit) => {
    const old = before.units.get(unit.id)
    return old ? [{ before: old, after: unit }] : []
  })
  const oldAssignments = new Map(before.assignments.map((one) => [one.id, one]))
  const pairs = after.assignments.map((one) => ({ before: oldAssignments.get(one.id), after: one }))
  return {
    created: topDown(after).filter((unit) => !before.units.has(unit.id)),
    moved: kept.flatMap(({ before: old, after: unit }) =>
      old.parentId !== unit.parentId && unit.parentId !== null
        ? [{ unitId: unit.id, parentId: unit.parentId, before: old.parentId }]
        : [],
    ),
    ended: [...before.units.keys()].filter((id) => !after.units.has(id)),
    named: kept.filter((pair) => pair.before.name !== pair.after.name || pair.before.headId !== pair.after.headId),
    placed: pairs.flatMap(({ before: old, after: one }) =>
      old && (old.unitId !== one.unitId || old.share !== one.share) ? [{ before: old, after: one }] : [],
    ),
    assigned: pairs.flatMap(({ before: old, after: one }) => (old ? [] : [one])),
  }
}

/** Does it change anything? */
export function isEmpty(redrawn: Redrawn): boolean {
  return Object.values(redrawn).every((part) => part.length === 0)
}
