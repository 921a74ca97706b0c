import { sql } from 'kysely'
import { isList } from '#engine/model/column.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import { indexColumnOf } from '#engine/query/indexed-value.ts'
import { storedSql, tableSql } from '#engine/query/source.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { indexField } from './index-field.ts'

/** A field whose table of indexed values does not say what the records say. */
export interface IndexDifference {
  readonly object: string
  readonly field: string
  /** Rows too few, too many or with another value. */
  readonly count: number
}

/** Compares the values of every indexed field with the records; empty when all agree. */
export async function verifyIndexes(ctx: Ctx): Promise<readonly IndexDifference[]> {
  const found: IndexDifference[] = []
  for (const { object, field } of indexedFields(ctx)) {
    const count = await inView(ctx, (tx) => differencesOf(tx, ctx, object, field))
    if (count > 0) found.push({ object: object.key, field: field.key, count })
  }
  return found
}

/** Writes the values of every indexed field anew. */
export async function rebuildIndexes(ctx: Ctx): Promise<void> {
  for (const { field } of indexedFields(ctx)) await indexField(ctx, { fieldId: field.custom?.id })
}

function indexedFields(ctx: Ctx): readonly { readonly object: ObjectType; readonly field: Field }[] {
  return ctx.company.wholeCatalogue
    .all()
    .flatMap((object) => object.fields.filter(({ custom }) => custom?.indexed).map((field) => ({ object, field })))
}

async function differencesOf(tx: Tx, ctx: Ctx, object: ObjectType, field: Field): Promise<number> {
  const column = indexColumnOf(field)
  const entries = isList(field)
    ? sql`jsonb_array_elements_text(${storedSql(field, 't')}) with ordinality as e(entry, at)`
    : sql`(values (t.custom ->> ${field.key}, 1::bigint)) as e(entry, at)`
  const isEqual = {
    // Long texts are cut.
    text_value: sql`v.text_value = w.entry or length(w.entry) >= 100 and length(v.text_value) >= 100 and starts_with(w.entry, v.text_value)`,
    number_value: sql`v.number_value = w.entry::double precision`,
    date_value: sql`v.date_value = w.entry::date`,
    time_value: sql`v.time_value = w.entry::timestamptz`,
    id_value: sql`v.id_value = w.entry::uuid`,
  }[column]
  const { rows } = await sql<{ count: string }>`
    with wanted as (
      select t.id, (e.at - 1)::int as part, e.entry from ${tableSql(object)} t cross join lateral ${entries}
      where t.company_id = ${ctx.company.id} and t.deleted_at is null and e.entry is not null
    ), there as (
      select * from field_value where company_id = ${ctx.company.id} and field_id = ${field.custom?.id}
    )
    select count(*) as count from wanted w full join there v on v.record_id = w.id and v.part = w.part
    where (${isEqual}) is not true`.execute(tx)
  return Number(rows[0]?.count ?? 0)
}
