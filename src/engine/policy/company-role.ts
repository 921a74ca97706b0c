import type { Label } from '#base/label.ts'
import type { RecordAction } from '#engine/model/object-type.ts'
import { roleLabels, roles, type Permission, type Reach, type Role } from './role.ts'

/** What a role may do with one field. `masked`: it is shown in part, may be filled where empty, and revealed on record. */
export const fieldAccesses = ['write', 'read', 'masked', 'hidden'] as const
export type FieldAccess = (typeof fieldAccesses)[number]

/** Where a role differs from its standard role in one object. */
export interface ObjectAccess {
  readonly actions?: Readonly<Partial<Record<RecordAction, boolean>>> | undefined
  /** Whose records are seen; the reach of the role unless told. */
  readonly see?: Reach | undefined
  /** Whose records may be changed and deleted, never more than seen; those that are seen unless told. */
  readonly change?: Reach | undefined
  /** By key of the field; what is not named may be written. */
  readonly fields?: Readonly<Record<string, Exclude<FieldAccess, 'write'>>> | undefined
}

/** Where a role differs from its standard role. */
export interface RoleDefinition {
  readonly reach?: Reach | undefined
  /** By key of the permission: given or taken. */
  readonly permissions?: Readonly<Record<string, boolean>> | undefined
  /** By key of the object. */
  readonly objects?: Readonly<Record<string, ObjectAccess>> | undefined
}

/** A role as people of a company hold it: a standard one, as the company set it, or one of its own based on that. */
export interface CompanyRole {
  readonly key: string
  readonly label: Label
  readonly basis: Role
  readonly definition: RoleDefinition
}

/** Every role of a company, by key. A key that is not there any more stands for the least. */
export type Roles = ReadonlyMap<string, CompanyRole>

const standard: Roles = new Map(
  roles.map((key) => [key, { key, label: roleLabels[key], basis: key, definition: {} }] as const),
)

/** A standard role as the product brings it. */
export function standardRole(key: Role): CompanyRole {
  const role = standard.get(key)
  if (!role) throw new Error(`there is no role ${key}`)
  return role
}

/** The roles of a company: the standard ones with the differences it made, then its own. The administrator stays whole. */
export function rolesWith(own: readonly CompanyRole[]): Roles {
  const changed = own.filter(({ key }) => key !== 'administrator')
  return new Map([...standard, ...changed.map((role) => [role.key, role] as const)])
}

export function roleOf(known: Roles, key: string): CompanyRole {
  return known.get(key) ?? standardRole('representative')
}

/** Whether a role begins with every right: administrators alone give it, and look after who holds it. */
export function isAdministrative(known: Roles, key: string): boolean {
  return roleOf(known, key).basis === 'administrator'
}

const standardReach: Readonly<Record<Role, Reach>> = {
  administrator: 'everything',
  operations: 'everything',
  director: 'everything',
  manager: 'below',
  representative: 'own',
}

/** How far a role sees figures and, unless an object says otherwise, records. */
export function reachOf({ basis, definition }: CompanyRole): Reach {
  return definition.reach ?? standardReach[basis]
}

/** Whether a role holds a permission. */
export function holds({ basis, definition }: CompanyRole, permission: Permission): boolean {
  return definition.permissions?.[permission.key] ?? permission.roles.includes(basis)
}
