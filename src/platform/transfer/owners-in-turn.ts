import type { FieldFault } from '#base/errors.ts'
import type { ObjectType, RecordValues } from '#engine/model/object-type.ts'
import { fault } from '#engine/transfer/faults.ts'
import type { Mapping } from '#engine/transfer/mapping.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { findPeople } from './lookup-store.ts'

/** To whom a new record goes: its values with the owner and who was meant as written, or why it goes to nobody. */
export type Assigned =
  { readonly values: RecordValues; readonly to?: string } | { readonly faults: readonly FieldFault[] }

/**
 * Gives new records without an owner to the people of the mapping, one after the other in their order, beginning with
 * the one whose turn it is after `assigned` others. Rows that need no owner use up no turn.
 */
export async function ownersInTurn(
  tx: Tx,
  ctx: Ctx,
  object: ObjectType,
  { owners }: Mapping,
  assigned: number,
): Promise<(row: { readonly values: RecordValues }) => Assigned> {
  const key = object.fields.find((field) => field.type === 'owner')?.key
  if (owners.length === 0 || key === undefined) return ({ values }) => ({ values })
  const people = await findPeople(tx, ctx, owners)
  let turn = assigned
  return ({ values }) => {
    if ((values[key] ?? null) !== null) return { values }
    const text = owners[turn % owners.length] ?? ''
    turn += 1
    const found = people.get(text)
    if (found && 'id' in found) return { values: { ...values, [key]: found.id }, to: text }
    const count = found?.count ?? 0
    return {
      faults: [count > 1 ? fault(key, 'OWNER_AMBIGUOUS', { text, count }) : fault(key, 'OWNER_NOT_FOUND', { text })],
    }
  }
}
