/** A unit of a drawn tree. */
export interface DrawnUnit {
  readonly id: string
  readonly name: string
  readonly tier: string | null
  readonly parentId: string | null
  readonly headId: string | null
}

/** Somebody in a unit of a drawn tree; `share` in hundredths of a percent of the working time. */
export interface DrawnAssignment {
  readonly id: string
  readonly personId: string
  readonly unitId: string
  readonly share: number
  readonly isMain: boolean
}

/** One structure of the organisation on one day, as a copy that steps may change. */
export interface Drawing {
  /** Parents before children is not promised. */
  readonly units: ReadonlyMap<string, DrawnUnit>
  readonly assignments: readonly DrawnAssignment[]
  /** Everybody of the company: name, and whether they are active. */
  readonly people: ReadonlyMap<string, { readonly name: string; readonly isActive: boolean }>
}

export const fullTime = 10_000

/** From the top down to the unit; empty for one that is not drawn. */
export function pathOf({ units }: Pick<Drawing, 'units'>, unitId: string): readonly string[] {
  const path: string[] = []
  for (let at = units.get(unitId); at && !path.includes(at.id); at = at.parentId ? units.get(at.parentId) : undefined) {
    path.unshift(at.id)
  }
  return path
}

/** The unit itself and all below it. */
export function unitsUnder(drawing: Pick<Drawing, 'units'>, unitId: string): ReadonlySet<string> {
  const children = Map.groupBy(drawing.units.values(), (unit) => unit.parentId)
  const found = new Set<string>()
  const walk = (id: string): void => {
    if (found.has(id)) return
    found.add(id)
    for (const child of children.get(id) ?? []) walk(child.id)
  }
  walk(unitId)
  return found
}

/** Units, parents before children, siblings by name. */
export function topDown({ units }: Pick<Drawing, 'units'>): readonly DrawnUnit[] {
  const children = Map.groupBy(units.values(), (unit) => unit.parentId)
  const walk = (parent: string | null): readonly DrawnUnit[] =>
    (children.get(parent) ?? [])
      .toSorted((a, b) => a.name.localeCompare(b.name, 'zh'))
      .flatMap((unit) => [unit, ...walk(unit.id)])
  return walk(null)
}

/** Where results of a person are credited; undefined for who stands nowhere. */
export function mainUnits({ assignments }: Pick<Drawing, 'assignments'>): ReadonlyMap<string, string> {
  return new Map(assignments.filter((one) => one.isMain).map((one) => [one.personId, one.unitId]))
}
