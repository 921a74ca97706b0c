import type { Catalogue } from '#engine/model/catalogue.ts'
import { recordActions, type RecordAction } from '#engine/model/object-type.ts'
import type { CompanyRole, ObjectAccess } from './company-role.ts'
import { scopesCover } from './key-scope.ts'
import type { Permission } from './role.ts'

/** What there is to be narrowed. */
interface Known {
  readonly catalogue: Catalogue
  readonly permissions: readonly Permission[]
}

const looks: ReadonlySet<RecordAction> = new Set(['read', 'export'])

/**
 * The role of a person as far as the scopes of a key let it be used: whatever goes by the role, be it a list, a filter
 * or a reference, goes by the scopes too. Whether a request may change anything is asked at the gate.
 */
export function roleOfKey(role: CompanyRole, scopes: readonly string[], known: Known): CompanyRole {
  if (scopes.includes('write')) return role
  const kept = narrowed.get(role) ?? new WeakMap<Catalogue, Map<string, CompanyRole>>()
  narrowed.set(role, kept)
  const byScopes = kept.get(known.catalogue) ?? new Map<string, CompanyRole>()
  kept.set(known.catalogue, byScopes)
  const name = scopes.join(' ')
  const found = byScopes.get(name) ?? narrow(role, scopes, known)
  if (byScopes.size < mostKept) byScopes.set(name, found)
  return found
}

/** The view of the catalogue is kept for each role: the same scopes get the same one. */
const narrowed = new WeakMap<CompanyRole, WeakMap<Catalogue, Map<string, CompanyRole>>>()
const mostKept = 500

function narrow(role: CompanyRole, scopes: readonly string[], { catalogue, permissions }: Known): CompanyRole {
  const { definition } = role
  const withheld = permissions.filter(({ key }) => !scopesCover(scopes, { changes: false, permission: key }))
  return {
    ...role,
    definition: {
      ...definition,
      permissions: { ...definition.permissions, ...Object.fromEntries(withheld.map(({ key }) => [key, false])) },
      objects: {
        ...definition.objects,
        ...Object.fromEntries(
          catalogue.all().map(({ key }) => [key, accessOf(definition.objects?.[key], scopes, key)] as const),
        ),
      },
    },
  }
}

function accessOf(access: ObjectAccess = {}, scopes: readonly string[], object: string): ObjectAccess {
  const withheld = recordActions.filter((action) => !scopesCover(scopes, { changes: !looks.has(action), object }))
  return { ...access, actions: { ...access.actions, ...Object.fromEntries(withheld.map((action) => [action, false])) } }
}
