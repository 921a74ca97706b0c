import type { Change, Department, Here, HereUnit, Place } from './sync-shapes.ts'

/** Where their departments stand here. */
export interface Placing {
  /** Parents before children. */
  readonly changes: readonly Change[]
  readonly placeOf: ReadonlyMap<string, Place>
  /** Units that are there already, by department. */
  readonly unitOf: ReadonlyMap<string, string>
  /** Departments with a unit of their own: all but those that are the chosen unit itself. */
  readonly own: readonly Department[]
  /** Units that stand, or stood, for departments. */
  readonly managed: ReadonlySet<string>
  /** Of units that are there: which one is above once all is done, by key or that of its department. */
  readonly parents: ReadonlyMap<string, string | null>
  /** Open units of departments that are not there any more. */
  readonly gone: readonly { readonly departmentId: string; readonly unit: HereUnit }[]
  nameOf(place: Place): string
}

export const placeOf = (departmentId: string, unitOf: ReadonlyMap<string, string>): Place => {
  const unitId = unitOf.get(departmentId)
  return unitId === undefined ? { departmentId } : { unitId }
}

/** Finds or asks for the unit of each department, below the chosen one. */
export function placeDepartments(departments: readonly Department[], here: Here): Placing {
  const units = new Map(here.units.map((unit) => [unit.id, unit]))
  const present = new Set(departments.map(({ id }) => id))
  const inUse = new Set([...here.unitLinks].flatMap(([id, unitId]) => (present.has(id) ? [unitId] : [])))
  const parents = new Map(here.units.flatMap(({ id, parentId, isOpen }) => (isOpen ? [[id, parentId] as const] : [])))
  const placeOfId = new Map<string, Place>()
  const unitOf = new Map<string, string>()
  const depths = new Map<string, number>()
  const own: Department[] = []
  const changes: Change[] = []
  const chosen: Place = { unitId: here.chosen.id }
  const names = new Map(departments.map(({ id, name }) => [id, name]))
  const nameOf = (place: Place): string =>
    ('unitId' in place ? units.get(place.unitId)?.name : names.get(place.departmentId)) ?? ''

  for (const { department, above } of fromTheTop(departments)) {
    const { id, name } = department
    const link = here.unitLinks.get(id)
    if (link === here.chosen.id || (link === undefined && above === null && isChosen(department, here, inUse))) {
      placeOfId.set(id, chosen)
      unitOf.set(id, here.chosen.id)
      inUse.add(here.chosen.id)
      if (link === undefined && id !== here.companyDepartment)
        changes.push({ kind: 'unit-linked', departmentId: id, unitId: here.chosen.id, name })
      continue
    }
    own.push(department)
    const parent = above === null ? chosen : (placeOfId.get(above) ?? chosen)
    const depth = (above === null ? 0 : (depths.get(above) ?? 0)) + 1
    depths.set(id, depth)
    const linked = link === undefined ? undefined : units.get(link)
    const unit = linked ?? sameAt(parent, name, here, inUse)
    if (!unit) {
      placeOfId.set(id, { departmentId: id })
      changes.push({ kind: 'unit-added', departmentId: id, name, parent, depth })
      continue
    }
    placeOfId.set(id, { unitId: unit.id })
    unitOf.set(id, unit.id)
    inUse.add(unit.id)
    if (!linked) changes.push({ kind: 'unit-linked', departmentId: id, unitId: unit.id, name })
    changes.push(...bringInStep(unit, department, parent, nameOf))
    parents.set(unit.id, 'unitId' in parent ? parent.unitId : `department ${parent.departmentId}`)
  }

  const gone = [...here.unitLinks].flatMap(([departmentId, unitId]) => {
    const unit = units.get(unitId)
    return unit?.isOpen && !inUse.has(unitId) && unitId !== here.chosen.id ? [{ departmentId, unit }] : []
  })
  const managed = new Set([...here.unitLinks.values(), ...unitOf.values()])
  return { changes, placeOf: placeOfId, unitOf, own, managed, parents, gone, nameOf }
}

/** A top department that is the chosen unit itself: the whole company, or one of the same name. */
function isChosen({ id, name }: Department, { companyDepartment, chosen }: Here, inUse: ReadonlySet<string>): boolean {
  return id === companyDepartment || (name === chosen.name && !inUse.has(chosen.id))
}

/** A unit of that name stands there already, and for no other department. */
function sameAt(parent: Place, name: string, here: Here, inUse: ReadonlySet<string>): HereUnit | undefined {
  if (!('unitId' in parent)) return undefined
  return here.units.find(
    (unit) =>
      unit.isOpen &&
      unit.parentId === parent.unitId &&
      unit.name === name &&
      unit.id !== here.chosen.id &&
      !inUse.has(unit.id),
  )
}

function bringInStep(
  unit: HereUnit,
  { id: departmentId, name: after }: Department,
  parent: Place,
  nameOf: (place: Place) => string,
): readonly Change[] {
  const { id: unitId, name, parentId } = unit
  const changes: Change[] = []
  if (!unit.isOpen) changes.push({ kind: 'unit-reopened', departmentId, unitId, name, parent })
  else if (!('unitId' in parent) || parent.unitId !== parentId) {
    const from = parentId === null ? '' : nameOf({ unitId: parentId })
    changes.push({ kind: 'unit-moved', unitId, name, from, parent, to: nameOf(parent) })
  }
  if (name !== after) changes.push({ kind: 'unit-renamed', unitId, name, after })
  return changes
}

/** Parents before children, siblings in their order. Whose parent was not read is a top; so is one of a circle. */
function fromTheTop(
  departments: readonly Department[],
): readonly { readonly department: Department; readonly above: string | null }[] {
  const byId = new Map(departments.map((department) => [department.id, department]))
  const sorted = [...byId.values()].toSorted((one, other) => one.order - other.order || (one.id < other.id ? -1 : 1))
  const isTop = ({ parentId }: Department) => parentId === null || !byId.has(parentId)
  const below = Map.groupBy(sorted, ({ parentId }) => parentId)
  const walked = new Map<string, { readonly department: Department; readonly above: string | null }>()
  const walk = (top: Department): void => {
    const queue: { department: Department; above: string | null }[] = [{ department: top, above: null }]
    for (const next of queue) {
      if (walked.has(next.department.id)) continue
      walked.set(next.department.id, next)
      const above = next.department.id
      queue.push(...(below.get(above) ?? []).map((department) => ({ department, above })))
    }
  }
  for (const top of sorted.filter(isTop)) walk(top)
  for (const rest of sorted) if (!walked.has(rest.id)) walk(rest)
  return [...walked.values()]
}
