import type { RecordAction } from '#engine/model/object-type.ts'
import { roles, type Role } from './role.ts'

type Rights = Readonly<Record<RecordAction, readonly Role[]>>

const office: readonly Role[] = ['administrator', 'operations']
const leaders: readonly Role[] = [...office, 'director', 'manager']

/** Everyday records: everybody works on those in reach; files come in and go out through leaders. */
export const everydayRights: Rights = {
  read: roles,
  create: roles,
  update: roles,
  delete: roles,
  import: leaders,
  export: leaders,
}

/** Configuration: everybody reads, the office changes. */
export const officeRights: Rights = {
  read: roles,
  create: office,
  update: office,
  delete: office,
  import: office,
  export: leaders,
}
