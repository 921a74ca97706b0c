import type { PlannedUnit, Presence } from './org-store.ts'
import type { NewRow } from './plan-store.ts'

/** The rows of a plan in the order in which people read a tree: a unit, its people, then the units below it. */
export function layRows(
  units: readonly PlannedUnit[],
  people: readonly Pick<Presence, 'unitId' | 'personId'>[],
): NewRow[] {
  const unitsUnder = groupBy(units, (unit) => unit.parentId ?? '')
  const peopleIn = groupBy(people, (person) => person.unitId)
  const rows: NewRow[] = []
  const lay = (unit: PlannedUnit, parentUnitId: string | null): void => {
    rows.push({ unitId: unit.unitId, personId: null, parentUnitId, position: rows.length })
    for (const { personId } of peopleIn.get(unit.unitId) ?? []) {
      rows.push({ unitId: unit.unitId, personId, parentUnitId, position: rows.length })
    }
    for (const child of unitsUnder.get(unit.unitId) ?? []) lay(child, unit.unitId)
  }
  const [top] = unitsUnder.get('') ?? []
  if (top) lay(top, null)
  return rows
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
