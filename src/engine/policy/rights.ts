import type { ObjectType, RecordAction } from '#engine/model/object-type.ts'
import { reachOf, type CompanyRole, type FieldAccess } from './company-role.ts'
import { lesser, roles, type Reach, type Role } from './role.ts'

type Rights = Readonly<Record<RecordAction, readonly Role[]>>

const office: readonly Role[] = ['administrator', 'operations']
const leaders: readonly Role[] = [...office, 'director', 'manager']

/** Everyday records: everybody works on those in reach; files come in and go out through leaders. */
export const everydayRights: Rights = {
  read: roles,
  create: roles,
  update: roles,
  delete: roles,
  transfer: roles,
  import: leaders,
  export: leaders,
}

/** Configuration: everybody reads, the office changes. */
export const officeRights: Rights = {
  read: roles,
  create: office,
  update: office,
  delete: office,
  transfer: office,
  import: office,
  export: leaders,
}

/** Whether a role may do that with some records of an object; with which ones is a question of reach. */
export function mayDo(
  { basis, definition }: CompanyRole,
  object: Pick<ObjectType, 'key' | 'rights'>,
  action: RecordAction,
): boolean {
  return definition.objects?.[object.key]?.actions?.[action] ?? object.rights[action].includes(basis)
}

/** Whose records of an object a role sees. */
export function reachIn(role: CompanyRole, object: string): Reach {
  return role.definition.objects?.[object]?.see ?? reachOf(role)
}

/** Whose records of an object a role may change. */
export function reachToChange(role: CompanyRole, object: string): Reach {
  const seen = reachIn(role, object)
  return lesser(role.definition.objects?.[object]?.change ?? seen, seen)
}

export function fieldAccessOf(role: CompanyRole, object: string, field: string): FieldAccess {
  return role.definition.objects?.[object]?.fields?.[field] ?? 'write'
}
