import { sql } from 'kysely'
import type { AppError } from '#base/errors.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import { columnOf } from '#engine/model/column.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Step } from '#platform/db/step.ts'
import type { Leaving, Stored } from './draft.ts'
import { recordErrors, rowFaults } from './errors.ts'

/**
 * For each of these records, given once per object, the kinds of living records that refer to it, apart from those that
 * leave with it: none may point at nothing. Records without any are left out.
 */
export async function usesOf(step: Step, leaving: readonly Leaving[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const { catalogue } = step.ctx.company
  const idsOf = new Map(leaving.map(({ object, stored }) => [object.key, stored.map(({ id }) => id)]))
  const parts = leaving.flatMap(({ object }) =>
    catalogue
      .all()
      .flatMap((user) => user.fields.filter((field) => field.to === object.key).map((field) => ({ user, field })))
      .map(({ user, field }) => {
        const ids = { pointedAt: idsOf.get(object.key) ?? [], leaving: idsOf.get(user.key) ?? [] }
        return sql`select id, ${user.key}::text as object from (${pointingSql(step, user, field, ids)}) p`
      }),
  )
  if (parts.length === 0) return new Map()
  const { rows } = await sql<{ id: string; objects: readonly string[] }>`
    select id, array_agg(distinct object order by object) as objects from (${sql.join(parts, sql` union `)}) u
    group by id`.execute(step.tx)
  return new Map(rows.map((row) => [row.id, row.objects]))
}

/** What refers to a record, as RECORD_IN_USE with the kinds in words of both languages. */
export function inUse(catalogue: Catalogue, objects: readonly string[]): AppError {
  const labels = objects.map((key) => catalogue.get(key).label)
  return recordErrors.RECORD_IN_USE({
    objects: labels.map(({ zh }) => zh).join('、'),
    objectsEn: labels.map(({ en }) => en).join(', '),
  })
}

/** Ids that living records point at, but for those that leave; fields that the company added stand in a table of their own. */
function pointingSql(
  step: Step,
  user: ObjectType,
  field: Field,
  { pointedAt, leaving }: { readonly pointedAt: readonly string[]; readonly leaving: readonly string[] },
): Sql {
  const company = step.ctx.company.id
  if (field.custom) {
    return sql`select id_value as id from field_value
      where company_id = ${company} and field_id = ${field.custom.id} and id_value = any(${pointedAt}::uuid[])
        and record_id <> all(${leaving}::uuid[])`
  }
  const column = sql.id(columnOf(field))
  return sql`select ${column} as id from ${sql.table(user.table)}
    where company_id = ${company} and ${column} = any(${pointedAt}::uuid[]) and deleted_at is null
      and id <> all(${leaving}::uuid[])`
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
