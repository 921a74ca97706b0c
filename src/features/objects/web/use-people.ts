import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { treeRoute } from '#features/org/contract.ts'
import { call } from '#web/api/call.ts'
import { useMay, useMe } from '#web/session/me.ts'
import type { PickedUnit } from '#web/shell/unit-branches.ts'

export interface KnownPerson {
  readonly id: string
  readonly name: string
  readonly unit: string
}

function useTree() {
  const { today } = useMe()
  const mayOrg = useMay('org.read')
  return useQuery({
    queryKey: ['org', 'tree', today],
    queryFn: ({ signal }) => call(treeRoute, { query: { on: today }, signal }),
    staleTime: 300_000,
    enabled: mayOrg,
  })
}

/** Everybody who stands in the organisation today, once, with the unit. */
export function usePeople(): readonly KnownPerson[] {
  const { data } = useTree()
  return useMemo(() => {
    const people = new Map<string, KnownPerson>()
    for (const unit of data?.units ?? []) {
      for (const person of unit.people) {
        if (person.isActive && !people.has(person.id))
          people.set(person.id, { id: person.id, name: person.name, unit: unit.name })
      }
    }
    for (const person of data?.unassigned ?? []) people.set(person.id, { id: person.id, name: person.name, unit: '' })
    return [...people.values()]
  }, [data])
}

export function usePeopleNames(): ReadonlyMap<string, string> {
  const people = usePeople()
  return useMemo(() => new Map(people.map((person) => [person.id, person.name])), [people])
}

const noUnits: readonly PickedUnit[] = []

/** The units of today, parents before what lies in them. */
export function useUnits(): readonly PickedUnit[] {
  const { data } = useTree()
  return data?.units ?? noUnits
}

/** The name of an org unit, for the words of a filter. */
export function useUnitName(id: string | undefined): string | undefined {
  const { data } = useTree()
  return data?.units.find((unit) => unit.id === id)?.name
}
