import type { TreePerson, TreeUnit } from './contract.ts'

/** A row of the tree page: a unit with what stands below it, or a person in a unit. */
export type OrgRow = UnitRow | PersonRow

export interface UnitRow {
  readonly kind: 'unit'
  readonly key: string
  readonly unit: TreeUnit
  readonly rows: readonly OrgRow[]
  /** People in the unit and below, each counted once. */
  readonly headcount: number
}

export interface PersonRow {
  readonly kind: 'person'
  readonly key: string
  readonly person: TreePerson
  readonly unit: TreeUnit
}

/** Nests units under their parents, people first. The list has parents before children. */
export function nestUnits(units: readonly TreeUnit[]): readonly UnitRow[] {
  const children = Map.groupBy(units, (unit) => unit.parentId)
  const build = (unit: TreeUnit): { row: UnitRow; people: ReadonlySet<string> } => {
    const below = (children.get(unit.id) ?? []).map(build)
    const people = new Set([...unit.people.map((person) => person.id), ...below.flatMap((one) => [...one.people])])
    const persons = unit.people.map((person): PersonRow => ({ kind: 'person', key: person.assignmentId, person, unit }))
    const rows = [...persons, ...below.map((one) => one.row)]
    return { row: { kind: 'unit', key: unit.id, unit, rows, headcount: people.size }, people }
  }
  return (children.get(null) ?? []).map((unit) => build(unit).row)
}

/** Only what matches the text, with the units above it; a unit that matches brings all below it. */
export function narrowTo(rows: readonly UnitRow[], text: string): readonly UnitRow[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return rows
  const fits = (name: string | null) => name?.toLowerCase().includes(wanted) ?? false
  const narrow = (row: OrgRow): readonly OrgRow[] => {
    if (row.kind === 'person') return fits(row.person.name) || fits(row.person.position) ? [row] : []
    if (fits(row.unit.name) || fits(row.unit.code)) return [row]
    const inside = row.rows.flatMap(narrow)
    return inside.length > 0 ? [{ ...row, rows: inside }] : []
  }
  return rows.flatMap(narrow).filter((row) => row.kind === 'unit')
}

/** The unit and everything below it: where it cannot be moved to. */
export function keysBelow(row: UnitRow): readonly string[] {
  return [row.key, ...unitsBelow(row).flatMap(keysBelow)]
}

export function allUnits(rows: readonly UnitRow[]): readonly UnitRow[] {
  return rows.flatMap((row) => [row, ...allUnits(unitsBelow(row))])
}

export interface ChartPlace {
  readonly row: UnitRow
  readonly parentId: string | null
  readonly depth: number
  /** In rows of leaves; a parent stands in the middle of its children. */
  readonly line: number
}

export function unitsBelow(row: UnitRow): readonly UnitRow[] {
  return row.rows.filter((inner) => inner.kind === 'unit')
}

/** Where each unit stands in a chart that grows to the right; what is below a closed unit is left out. */
export function chartPlaces(roots: readonly UnitRow[], open: ReadonlySet<string>): readonly ChartPlace[] {
  const places: ChartPlace[] = []
  let next = 0
  const walk = (row: UnitRow, parentId: string | null, depth: number): number => {
    const lines = (open.has(row.key) ? unitsBelow(row) : []).map((inner) => walk(inner, row.key, depth + 1))
    const [first, last] = [lines[0], lines.at(-1)]
    const line = first === undefined || last === undefined ? next++ : (first + last) / 2
    places.push({ row, parentId, depth, line })
    return line
  }
  roots.forEach((root) => walk(root, null, 0))
  return places
}
