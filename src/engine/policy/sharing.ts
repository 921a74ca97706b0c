import type { Label } from '#base/label.ts'
import type { Filter } from '#engine/query/filter.ts'

/** To whom records are shared: a person, who stands in a unit, who stands in it or below it, or who holds a role. */
export const granteeKinds = ['person', 'unit', 'below', 'role'] as const
export type GranteeKind = (typeof granteeKinds)[number]

export interface Grantee {
  readonly kind: GranteeKind
  /** Id of the person or unit, key of the role. */
  readonly id: string
}

/** `read`: they see it. `write`: they also change it. Deleting and giving away stays with who reaches the owner. */
export type SharingLevel = 'read' | 'write'

/** Records of an object that meet a filter are shared with others than their owners' superiors. */
export interface SharingRule {
  readonly id: string
  readonly object: string
  readonly label: Label
  readonly filter: Filter
  readonly to: Grantee
  readonly level: SharingLevel
}

/** How a grantee is kept, e.g. `below:0190…`. */
export function granteeKey({ kind, id }: Grantee): string {
  return `${kind}:${id}`
}

/** Where somebody stands today, for what is shared with units. */
export interface Standpoint {
  readonly personId: string | null
  readonly role: string
  /** Units where the person stands or that they head. */
  readonly units: readonly string[]
  /** These and all that stand above them. */
  readonly over: readonly string[]
}

/** Everything by which records may be shared with somebody. */
export function granteeKeysOf({ personId, role, units, over }: Standpoint): readonly string[] {
  return [
    ...(personId === null ? [] : [granteeKey({ kind: 'person', id: personId })]),
    ...units.map((id) => granteeKey({ kind: 'unit', id })),
    ...over.map((id) => granteeKey({ kind: 'below', id })),
    granteeKey({ kind: 'role', id: role }),
  ]
}
