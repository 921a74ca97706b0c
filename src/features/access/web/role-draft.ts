import type { RecordAction } from '#engine/model/object-type.ts'
import {
  holds,
  reachOf,
  standardRole,
  type CompanyRole,
  type FieldAccess,
  type ObjectAccess,
  type RoleDefinition,
} from '#engine/policy/company-role.ts'
import { mayDo } from '#engine/policy/rights.ts'
import type { Permission, Reach } from '#engine/policy/role.ts'
import type { CallReply } from '#web/api/call.ts'
import type { roleRoutes } from '../contract.ts'

export type RolesReply = CallReply<typeof roleRoutes.list>
export type RoleObject = RolesReply['objects'][number]
export type RoleField = RoleObject['fields'][number]

/** What is changed of a role; a definition names only where the role differs from its standard one. */
type Role = Pick<CompanyRole, 'basis' | 'definition'>

const asRole = ({ basis, definition }: Role): CompanyRole => ({ ...standardRole(basis), definition })

/** The general reach; that of the standard role is no difference. */
export function withReach(role: Role, reach: Reach): RoleDefinition {
  const { reach: _before, ...rest } = role.definition
  return reach === reachOf(standardRole(role.basis)) ? rest : { ...rest, reach }
}

/** A permission given or taken; as the standard role holds it is no difference. */
export function withPermission(role: Role, permission: Permission, isHeld: boolean): RoleDefinition {
  const isStandard = isHeld === holds(standardRole(role.basis), permission)
  const permissions = put(role.definition.permissions, permission.key, isStandard ? undefined : isHeld)
  return trimmed({ ...role.definition, permissions })
}

/** What may be done with records of an object, e.g. creating them. */
export function withAction(role: Role, object: RoleObject, action: RecordAction, isAllowed: boolean): RoleDefinition {
  const isStandard = isAllowed === mayDo(standardRole(role.basis), object, action)
  return withAccess(role, object.key, (access) => ({
    ...access,
    actions: put(access.actions, action, isStandard ? undefined : isAllowed),
  }))
}

/** Whose records of an object are seen, or changed; `undefined` goes by the general reach, or by what is seen. */
export function withReachIn(role: Role, object: string, part: 'see' | 'change', reach: Reach | undefined) {
  return withAccess(role, object, (access) => ({ ...access, [part]: reach }))
}

export function withField(role: Role, object: string, field: string, access: FieldAccess): RoleDefinition {
  return withAccess(role, object, (before) => ({
    ...before,
    fields: put(before.fields, field, access === 'write' ? undefined : access),
  }))
}

/** An object as the standard role has it. */
export function withoutObject(role: Role, object: string): RoleDefinition {
  return withAccess(role, object, () => ({}))
}

function withAccess(role: Role, object: string, change: (access: ObjectAccess) => ObjectAccess): RoleDefinition {
  const { objects = {} } = role.definition
  return trimmed({ ...role.definition, objects: { ...objects, [object]: change(objects[object] ?? {}) } })
}

type Entries<Value> = Readonly<Record<string, Value>>

function put<Value>(entries: Entries<Value> = {}, key: string, value: Value | undefined): Entries<Value> {
  const { [key]: _before, ...rest } = entries
  return value === undefined ? rest : { ...rest, [key]: value }
}

/** The same without parts that say nothing, in a fixed order: two definitions that say the same look the same. */
export function trimmed({ reach, permissions = {}, objects = {} }: RoleDefinition): RoleDefinition {
  const kept = Object.entries(objects).map(([key, access]) => [key, trimmedAccess(access)] as const)
  return {
    ...(reach ? { reach } : {}),
    ...(isFilled(permissions) ? { permissions: inOrder(permissions) } : {}),
    ...(kept.some(([, access]) => isFilled(access))
      ? { objects: inOrder(Object.fromEntries(kept.filter(([, access]) => isFilled(access)))) }
      : {}),
  }
}

function trimmedAccess({ actions = {}, see, change, fields = {} }: ObjectAccess): ObjectAccess {
  return {
    ...(isFilled(actions) ? { actions: inOrder(actions) } : {}),
    ...(see ? { see } : {}),
    ...(change ? { change } : {}),
    ...(isFilled(fields) ? { fields: inOrder(fields) } : {}),
  }
}

const isFilled = (entries: object): boolean => Object.keys(entries).length > 0

function inOrder<Entries extends object>(entries: Entries): Entries {
  return Object.fromEntries(Object.entries(entries).toSorted(([one], [other]) => (one < other ? -1 : 1))) as Entries
}

/** Whether two definitions say the same. */
export function isSameDefinition(one: RoleDefinition, other: RoleDefinition): boolean {
  return JSON.stringify(trimmed(one)) === JSON.stringify(trimmed(other))
}

/** In how many places a role differs from its standard one. */
export function differencesOf({ reach, permissions = {}, objects = {} }: RoleDefinition): number {
  const inObjects = Object.values(objects).reduce((sum, access) => sum + differencesIn(access), 0)
  return (reach ? 1 : 0) + Object.keys(permissions).length + inObjects
}

export function differencesIn({ actions = {}, see, change, fields = {} }: ObjectAccess = {}): number {
  return Object.keys(actions).length + (see ? 1 : 0) + (change ? 1 : 0) + Object.keys(fields).length
}

/** What the role may do as it stands in the draft. */
export const isHeld = (role: Role, permission: Permission): boolean => holds(asRole(role), permission)
export const isAllowed = (role: Role, object: RoleObject, action: RecordAction): boolean =>
  mayDo(asRole(role), object, action)
export const generalReach = (role: Role): Reach => reachOf(asRole(role))
