import { WorkplaceFault, type WorkplaceDepartment, type WorkplaceDirectory, type WorkplacePerson } from './adapter.ts'

export interface FoundDepartment {
  readonly id: string
  readonly parentId: string | null
  readonly name: string
  /** Smallest first among its siblings; any scale. */
  readonly rank: number
  /** Who leads it, where the department says so rather than the person. */
  readonly leaderIds: readonly string[]
}

/** A person as found in one department. */
export interface FoundPerson extends WorkplacePerson {
  readonly mainDepartmentId: string | null
}

/** Puts together what was read: each person once, in every department of those read. */
export function putTogether(
  departments: readonly FoundDepartment[],
  found: readonly FoundPerson[],
): WorkplaceDirectory {
  if (departments.length === 0) throw new WorkplaceFault('scope', 'nothing-visible')
  const isRead = new Set(departments.map(({ id }) => id))
  const people = new Map<string, FoundPerson>()
  for (const person of found) people.set(person.id, merged(people.get(person.id), person))
  const led = Map.groupBy(
    departments.flatMap(({ id, leaderIds }) => leaderIds.map((leaderId) => ({ leaderId, id }))),
    ({ leaderId }) => leaderId,
  )
  return {
    departments: inOrder(departments, isRead),
    people: [...people.values()].map(({ mainDepartmentId, departmentIds, leads, ...person }) => ({
      ...person,
      departmentIds: mainFirst(
        departmentIds.filter((id) => isRead.has(id)),
        mainDepartmentId,
      ),
      leads: [...new Set([...leads.filter((id) => isRead.has(id)), ...(led.get(person.id) ?? []).map(({ id }) => id)])],
    })),
  }
}

function merged(known: FoundPerson | undefined, person: FoundPerson): FoundPerson {
  if (!known) return person
  return {
    ...known,
    departmentIds: [...new Set([...known.departmentIds, ...person.departmentIds])],
    leads: [...new Set([...known.leads, ...person.leads])],
  }
}

const mainFirst = (ids: readonly string[], main: string | null): readonly string[] =>
  main !== null && ids.includes(main) ? [main, ...ids.filter((id) => id !== main)] : ids

/** Brands count their order on scales of their own, some beyond what a column holds: here it is 0, 1, 2 among siblings. */
function inOrder(departments: readonly FoundDepartment[], isRead: ReadonlySet<string>): readonly WorkplaceDepartment[] {
  const siblings = Map.groupBy(departments, ({ parentId }) =>
    parentId !== null && isRead.has(parentId) ? parentId : null,
  )
  return [...siblings].flatMap(([parentId, children]) =>
    children
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ id, name }, order): WorkplaceDepartment => ({ id, parentId, name, order })),
  )
}
