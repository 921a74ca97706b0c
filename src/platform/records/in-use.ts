import { sql } from 'kysely'
import { inWords } from '#base/label.ts'
import { columnOf } from '#engine/model/column.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Step } from '#platform/db/step.ts'
import type { Stored } from './draft.ts'
import { recordErrors, rowFaults } from './errors.ts'

/** Throws RECORD_IN_USE, naming the kinds of records, if living records refer to this one: none may point at nothing. */
export async function refuseIfUsed(step: Step, object: ObjectType, id: string): Promise<void> {
  const { catalogue } = step.ctx.company
  const uses = catalogue
    .all()
    .flatMap((user) => user.fields.filter((field) => field.to === object.key).map((field) => ({ user, field })))
  if (uses.length === 0) return
  const parts = uses.map(
    ({ user, field }) => sql`select ${user.key}::text as object where exists (${pointingSql(step, user, field, id)})`,
  )
  const { rows } = await sql<{ object: string }>`${sql.join(parts, sql` union `)}`.execute(step.tx)
  if (rows.length === 0) return
  const names = rows.map((row) => inWords(catalogue.get(row.object).label, step.ctx.language))
  throw recordErrors.RECORD_IN_USE({ objects: names.join(step.ctx.language === 'zh' ? '、' : ', ') })
}

/** Living records that point here; of fields that the company added the table of indexed values knows. */
function pointingSql(step: Step, user: ObjectType, field: Field, id: string): Sql {
  const company = step.ctx.company.id
  return field.custom
    ? sql`select from field_value where company_id = ${company} and field_id = ${field.custom.id} and id_value = ${id}`
    : sql`select from ${sql.table(user.table)}
        where company_id = ${company} and ${sql.id(columnOf(field))} = ${id} and deleted_at is null`
}

/**
 * Throws RECORD_INVALID naming the fields, if what a record refers to has been deleted meanwhile. It stays locked until
 * the step is done. Reach is not asked: whoever may restore a record gets back what stood there.
 */
export async function refuseIfAdrift(step: Step, object: ObjectType, { id: self, values }: Stored): Promise<void> {
  const adrift: string[] = []
  for (const field of object.fields) {
    if (!field.to) continue
    const value = values[field.key] ?? []
    const ids = (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter((id) => id !== self)
    if (ids.length === 0) continue
    const { rows } = await sql`
      select from ${sql.table(step.ctx.company.catalogue.get(field.to).table)}
      where company_id = ${step.ctx.company.id} and id = any(${ids}::uuid[]) and deleted_at is null
      order by id for key share`.execute(step.tx)
    if (rows.length < ids.length) adrift.push(field.key)
  }
  if (adrift.length === 0) return
  throw recordErrors.RECORD_INVALID(
    {},
    adrift.map((field) => ({ field, code: 'missing', label: rowFaults.missing })),
  )
}
