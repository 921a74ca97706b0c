import { sql } from 'kysely'
import { columnOf, columnTypeOf, isColumn, isCustomValue, isNumeric, rankColumnOf } from '#engine/model/column.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Step } from '#platform/db/step.ts'
import type { Draft } from './draft.ts'

export function columnsOf(object: ObjectType): readonly Field[] {
  return object.fields.filter(isColumn)
}

export function customFieldsOf(object: ObjectType): readonly Field[] {
  return object.fields.filter(isCustomValue)
}

/** Drafts as the rows `r` of a statement: one parameter, whatever their number. */
export function recordset(object: ObjectType, drafts: readonly Draft[]): Sql {
  const columns = columnsOf(object)
  const custom = customFieldsOf(object)
  const rows = drafts.map(({ id, values }) => ({
    id,
    ...Object.fromEntries(columns.map((field) => [columnOf(field), values[field.key] ?? null])),
    custom: Object.fromEntries(
      custom.flatMap(({ key }) => ((values[key] ?? null) === null ? [] : [[key, values[key]]])),
    ),
  }))
  const types = columns.map((field) => sql`${sql.id(columnOf(field))} ${sql.raw(columnTypeOf(field))}`)
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, custom jsonb, ${sql.join(types)})`
}

/** Drafts as a table of the object's shape, as if they were written already. */
export function asIfWritten(step: Step, object: ObjectType, drafts: readonly Draft[]): Sql {
  const columns = columnsOf(object)
  const ranks = columns
    .filter(isNumeric)
    .map((field) => sql`, r.${sql.id(columnOf(field))}::double precision as ${sql.id(rankColumnOf(field))}`)
  return sql`(
    select ${step.ctx.company.id}::uuid as company_id, r.*, now() as created_at, now() as updated_at,
      null::timestamptz as deleted_at ${sql.join(ranks, sql``)}
    from ${recordset(object, drafts)})`
}
