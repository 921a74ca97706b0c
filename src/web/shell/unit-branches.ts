/** One unit as the picker needs it; the parent comes before its children. */
export interface PickedUnit {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
}

export interface Branch {
  readonly value: string
  readonly title: string
  readonly children: Branch[]
}

/** Builds the branches from rows that name their parents; a unit whose parent is out of sight is a root. */
export function branchesOf(units: readonly PickedUnit[]): readonly Branch[] {
  const branches = new Map(
    units.map((unit) => [unit.id, { value: unit.id, title: unit.name, children: [] } satisfies Branch as Branch]),
  )
  const roots: Branch[] = []
  for (const unit of units) {
    const branch = branches.get(unit.id)
    const parent = unit.parentId === null ? undefined : branches.get(unit.parentId)
    if (branch) (parent ? parent.children : roots).push(branch)
  }
  return roots
}
