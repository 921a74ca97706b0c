import { sql } from 'kysely'
import type { AppError } from '#base/errors.ts'
import type { Label } from '#base/label.ts'
import { columnOf } from '#engine/model/column.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step } from '#platform/db/step.ts'
import { tableSql } from '#engine/query/source.ts'
import type { Stored } from './draft.ts'
import { recordErrors } from './errors.ts'

/**
 * For each of these records, given once per object, the kinds of living records that refer to it, apart from those that
 * leave with it: none may point at nothing. Records without any are left out.
 */
export async function usesOf(
  step: Pick<Step, 'ctx' | 'tx'>,
  leaving: readonly { readonly object: ObjectType; readonly stored: readonly { readonly id: string }[] }[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { wholeCatalogue } = step.ctx.company
  const idsOf = new Map(leaving.map(({ object, stored }) => [object.key, stored.map(({ id }) => id)]))
  const parts = leaving.flatMap(({ object }) =>
    wholeCatalogue
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

const others: Label = { zh: '其他记录', en: 'other records' }

/** What refers to a record, as RECORD_IN_USE with the kinds that the actor knows in words of both languages. */
export function inUse({ company }: Ctx, objects: readonly string[]): AppError {
  const labels = [...new Set(objects.map((key) => company.catalogue.find(key)?.label ?? others))]
  return recordErrors.RECORD_IN_USE({
    objects: labels.map(({ zh }) => zh).join('、'),
    objectsEn: labels.map(({ en }) => en).join(', '),
  })
}

/** Ids that living records point at, but for those that leave; fields that the company added stand in a table of their own. */
function pointingSql(
  step: Pick<Step, 'ctx'>,
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

/** Records in the recycle bin that come back together: what they refer to among themselves is there again. */
export type Coming = ReadonlySet<string>

/** What a record refers to but is not there: in the recycle bin, as far as the actor reaches it, or gone. */
export interface Adrift {
  readonly recordId: string
  readonly field: string
  readonly object: ObjectType
  readonly ids: readonly string[]
}

/**
 * What records refer to and that has been deleted meanwhile. The rest stays locked until the step is done. Reach is not
 * asked: whoever may restore a record gets back what stood there.
 */
export async function adriftOf(
  step: Step,
  object: ObjectType,
  stored: readonly Stored[],
  coming: Coming,
): Promise<readonly Adrift[]> {
  const adrift: Adrift[] = []
  for (const field of object.fields) {
    if (!field.to) continue
    const pointing = stored.map(({ id, values }) => ({ id, ids: idsIn(values[field.key]).filter((to) => to !== id && !coming.has(to)) })) // prettier-ignore
    const asked = [...new Set(pointing.flatMap(({ ids }) => ids))]
    if (asked.length === 0) continue
    const target = step.ctx.company.wholeCatalogue.get(field.to)
    const { rows } = await sql<{ id: string }>`
      select t.id from ${tableSql(target)} t
      where t.company_id = ${step.ctx.company.id} and t.id = any(${asked}::uuid[]) and t.deleted_at is null
      order by t.id for key share`.execute(step.tx)
    const there = new Set(rows.map(({ id }) => id))
    for (const { id: recordId, ids } of pointing) {
      const missing = ids.filter((id) => !there.has(id))
      if (missing.length > 0) adrift.push({ recordId, field: field.key, object: target, ids: missing })
    }
  }
  return adrift
}

function idsIn(value: unknown): readonly string[] {
  if (value === null || value === undefined) return []
  return (Array.isArray(value) ? value : [value]).map(String)
}
