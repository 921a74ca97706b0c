import { isEmpty } from './form-of.ts'
import type { RecordRow } from './record-row.ts'
import type { ScreenField, ScreenObject } from './use-objects.ts'

/** Why a value cannot be changed: the record is only seen, a masked value stands there, or it may not be given away. */
export type Fixed = 'role' | 'onlySeen' | 'masked' | 'transfer'

/** Why a record cannot be changed at all; undefined: it can. */
export function fixedRecord(object: ScreenObject, row: RecordRow): 'role' | 'onlySeen' | undefined {
  if (!object.can.update) return 'role'
  return row['isReadOnly'] === true ? 'onlySeen' : undefined
}

/** Why the value of an existing record cannot be changed; undefined: it can, as far as the field itself allows it. */
export function fixedValue(object: ScreenObject, field: ScreenField, row: RecordRow): Fixed | undefined {
  const fixed = fixedRecord(object, row)
  if (fixed) return fixed
  if (isOwner(field) && !object.can.transfer) return 'transfer'
  return field.masked && !isEmpty(row[field.key]) ? 'masked' : undefined
}

/** The owner of a record, by whom it is reached. */
export const isOwner = ({ key, type }: ScreenField): boolean => type === 'owner' && key === 'ownerId'

/** Whether records of an object may be given another owner at once. */
export const mayGiveAway = ({ can }: ScreenObject): boolean => Boolean(can.update && can.transfer)
