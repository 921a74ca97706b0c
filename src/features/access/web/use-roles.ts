import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Label } from '#base/label.ts'
import type { RoleDefinition } from '#engine/policy/company-role.ts'
import type { Role } from '#engine/policy/role.ts'
import { call, type CallInput } from '#web/api/call.ts'
import { roleRoutes } from '../contract.ts'
import { trimmed } from './role-draft.ts'

/** Every role with what it may do, and everything that a role may be allowed. */
export function useRoleList() {
  return useQuery({
    queryKey: ['access', 'roles'],
    queryFn: ({ signal }) => call(roleRoutes.list, { signal }),
  })
}

interface RoleChange {
  readonly label: Label
  readonly definition: RoleDefinition
  /** As it was seen. */
  readonly version: number
}

type SentDefinition = CallInput<typeof roleRoutes.change>['body']['definition']

/** A definition as the API takes and answers it. */
export const written = (definition: RoleDefinition) => structuredClone(trimmed(definition)) as SentDefinition

/** Changes of roles; whatever is on the screen may look different afterwards and is asked anew. */
export function useRoleActs() {
  const client = useQueryClient()
  const following = async <Reply>(act: Promise<Reply>): Promise<Reply> => {
    const reply = await act
    void client.invalidateQueries()
    return reply
  }
  return {
    create: (label: Label, basis: Role, definition: RoleDefinition) =>
      following(call(roleRoutes.create, { body: { label: { ...label }, basis, definition: written(definition) } })),
    change: (key: string, { label, definition, version }: RoleChange) =>
      following(
        call(roleRoutes.change, {
          params: { key },
          body: { label: { ...label }, definition: written(definition), version },
        }),
      ),
    remove: (key: string) => following(call(roleRoutes.remove, { params: { key } })),
  }
}
