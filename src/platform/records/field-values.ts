import { sql } from 'kysely'
import { isSame } from '#engine/model/is-same.ts'
import { isCustomValue, isList } from '#engine/model/column.ts'
import type { Field, ObjectType, RecordValues } from '#engine/model/object-type.ts'
import { mayBeUnique } from '#engine/model/shape.ts'
import { indexColumnOf, indexedText } from '#engine/query/indexed-value.ts'
import type { Step } from '#platform/db/step.ts'
import type { Saved } from './draft.ts'

/**
 * Keeps the table of indexed values what the records say, in the transaction of their change. Which fields are kept and
 * which are unique is read there and then: an import or a bulk edit may have begun before that was decided.
 */
export async function refreshFieldValues(step: Step, object: ObjectType, saved: readonly Saved[]): Promise<void> {
  const fields = object.fields.filter(isCustomValue)
  if (fields.length === 0) return
  const moved = saved.flatMap((one) =>
    fields.filter(({ key }) => !isSame(one.before?.[key], one.after?.[key])).map((field) => ({ one, field })),
  )
  const gone = moved.filter(({ one, field }) => (one.before?.[field.key] ?? null) !== null)
  await dropFieldValues(
    step,
    gone.map(({ one, field }) => ({ recordId: one.id, fieldId: field.custom?.id ?? '' })),
  )
  await addFieldValues(
    step,
    moved.flatMap(({ one, field }) => rowsOfField(field, one.id, one.after)),
  )
}

interface FieldValueRow {
  readonly record_id: string
  readonly field_id: string
  readonly part: number
  readonly text_value?: string
  readonly number_value?: string
  readonly date_value?: string
  readonly time_value?: string
  readonly id_value?: string
  /** The whole value of a field that may be unique. */
  readonly whole?: string
}

/** What the table holds for one field of a record; nothing where it is empty. */
export function rowsOfField(field: Field, recordId: string, values: RecordValues | null): readonly FieldValueRow[] {
  const value = values?.[field.key] ?? null
  if (value === null || !field.custom) return []
  const entries = isList(field) && Array.isArray(value) ? (value as readonly unknown[]) : [value]
  const column = indexColumnOf(field)
  return entries.map((entry, part) => ({
    record_id: recordId,
    field_id: field.custom?.id ?? '',
    part,
    [column]: column === 'text_value' ? indexedText(String(entry)) : String(entry),
    ...(mayBeUnique(field) ? { whole: String(entry) } : {}),
  }))
}

async function dropFieldValues(
  step: Step,
  places: readonly { readonly recordId: string; readonly fieldId: string }[],
): Promise<void> {
  if (places.length === 0) return
  await sql`
    delete from field_value where company_id = ${step.ctx.company.id} and (record_id, field_id) in (
      select r, f from unnest(${places.map((place) => place.recordId)}::uuid[], ${places.map((place) => place.fieldId)}::uuid[])
        as p(r, f))`.execute(step.tx)
}

/** Rows of fields that are kept in the table; those that are there already are left as they are. */
export async function addFieldValues(step: Step, rows: readonly FieldValueRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into field_value (company_id, record_id, field_id, part, text_value, number_value, date_value, time_value,
      id_value, unique_value)
    select ${step.ctx.company.id}, r.record_id, r.field_id, r.part, r.text_value, r.number_value, r.date_value,
      r.time_value, r.id_value, case when (f.definition ->> 'unique')::boolean or f.definition ->> 'type' = 'auto_number' then r.whole end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(record_id uuid, field_id uuid, part int,
      text_value text, number_value double precision, date_value date, time_value timestamptz, id_value uuid, whole text)
    join custom_field f on f.company_id = ${step.ctx.company.id} and f.id = r.field_id
      and f.index_state <> 'none' and f.deleted_at is null
    order by r.field_id, r.whole, r.record_id
    on conflict (company_id, record_id, field_id, part) do nothing`.execute(step.tx)
}
