import { sql } from 'kysely'
import { columnOf, isComputed } from '#engine/model/column.ts'
import type { Credit, Field, ObjectType } from '#engine/model/object-type.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Step } from '#platform/db/step.ts'
import type { Draft, Stored } from './draft.ts'
import { columnsOf, customFieldsOf, recordset } from './draft-rows.ts'
import { binnedSince } from './retention.ts'
import { keptSql } from './row-sql.ts'
import { scopeOf } from './sight.ts'

/** Records by id that the actor sees, whole and locked for this transaction: living ones, or those in the recycle bin. */
export async function loadStored(
  step: Step,
  { key }: ObjectType,
  ids: readonly string[],
  { deleted = false }: { deleted?: boolean } = {},
): Promise<ReadonlyMap<string, Stored>> {
  if (ids.length === 0) return new Map()
  const object = step.ctx.company.wholeCatalogue.get(key)
  const [scope, toChange, toOwn] = [
    await scopeOf(step.ctx, object),
    await scopeOf(step.ctx, object, 'change'),
    await scopeOf(step.ctx, object, 'own'),
  ]
  const stored = object.fields.filter((field) => !isComputed(field))
  const pairs = stored.map((field) => sql`${field.key}::text, ${keptSql(field, object)}`)
  const { rows } = await sql<Omit<Stored, 'deleted'>>`
    select t.id, t.version, coalesce(${toChange}, false) as "mayChange", coalesce(${toOwn}, false) as "mayGiveAway",
      ${jsonOf(pairs)} as values from ${sql.table(object.table)} t
    where t.company_id = ${step.ctx.company.id} and t.id = any(${ids}::uuid[])
      and ${deleted ? sql`t.deleted_at > ${binnedSince(step.ctx)}` : sql`t.deleted_at is null`}
      ${object.custom ? sql`and t.object = ${object.key}` : sql``} and ${scope}
    order by t.id for update of t`.execute(step.tx)
  return new Map(rows.map((row) => [row.id, { ...row, deleted }]))
}

/** Records by id, whoever owns them and however long they lie in the recycle bin, locked for this transaction. */
export async function loadWhole(
  step: Step,
  object: ObjectType,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Stored>> {
  const stored = object.fields.filter((field) => !isComputed(field))
  const pairs = stored.map((field) => sql`${field.key}::text, ${keptSql(field, object)}`)
  const { rows } = await sql<Stored>`
    select t.id, t.version, t.deleted_at is not null as deleted, ${jsonOf(pairs)} as values
    from ${sql.table(object.table)} t
    where t.company_id = ${step.ctx.company.id} and t.id = any(${ids}::uuid[])
      ${object.custom ? sql`and t.object = ${object.key}` : sql``}
    order by t.id for update of t`.execute(step.tx)
  return new Map(rows.map((row) => [row.id, row]))
}

/** One json object of many pairs: a function takes at most 100 arguments, so pairs go in portions. */
function jsonOf(pairs: readonly Sql[]): Sql {
  const portions = Array.from({ length: Math.ceil(pairs.length / 40) }, (_, at) => pairs.slice(at * 40, at * 40 + 40))
  return sql.join(
    portions.map((portion) => sql`jsonb_build_object(${sql.join(portion)})`),
    sql` || `,
  )
}

/** Ids of the living records that hold these values in a unique field. */
export async function idsByKey(
  step: Step,
  object: ObjectType,
  key: string,
  values: readonly unknown[],
): Promise<ReadonlyMap<string, string>> {
  const field = object.fields.find((candidate) => candidate.key === key)
  if (!field?.unique) throw new Error(`${object.key}.${key} is not a unique field`)
  const texts = values.filter((value) => typeof value === 'string')
  return holdersOf(step, object, field, texts)
}

/** The living records that hold one of these values in a unique field, by value. */
export async function holdersOf(
  step: Step,
  object: ObjectType,
  field: Field,
  texts: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const company = step.ctx.company.id
  const column = field.custom ? sql`v.unique_value` : sql.ref(`t.${columnOf(field)}`)
  const from = field.custom
    ? sql`select v.record_id as id, ${column} as value from field_value v where v.company_id = ${company} and v.field_id = ${field.custom.id}`
    : sql`select t.id, ${column} as value from ${sql.table(object.table)} t where t.company_id = ${company} and t.deleted_at is null`
  const { rows } = await sql<{ id: string; value: string }>`
    ${from} and ${column} = any(${texts}::text[])`.execute(step.tx)
  return new Map(rows.map((row) => [row.value, row.id]))
}

/** All rows in one statement with one parameter, whatever their number. */
export async function insertRows(step: Step, object: ObjectType, drafts: readonly Draft[]): Promise<void> {
  if (drafts.length === 0) return
  const columns = columnsOf(object)
  const { ctx, tx } = step
  const kind = object.custom ? sql`, object` : sql``
  await sql`
    insert into ${sql.table(object.table)} (company_id, id, created_by, updated_by, custom, ${names(columns)} ${kind})
    select ${ctx.company.id}, r.id, ${ctx.actor.personId}, ${ctx.actor.personId}, r.custom, ${names(columns, 'r')}
      ${object.custom ? sql`, ${object.key}::text` : sql``}
    from ${recordset(object, drafts)}`.execute(tx)
}

export async function updateRows(step: Step, object: ObjectType, drafts: readonly Draft[]): Promise<void> {
  if (drafts.length === 0) return
  const { ctx, tx } = step
  const sets = columnsOf(object).map((field) => sql`${sql.id(columnOf(field))} = ${sql.ref(`r.${columnOf(field)}`)}`)
  const custom = customFieldsOf(object).map((field) => field.key)
  // Values of fields that were deleted stay, so that these can come back with them.
  if (custom.length > 0) sets.push(sql`custom = (t.custom - ${custom}::text[]) || r.custom`)
  await sql`
    update ${sql.table(object.table)} t
    set ${sql.join(sets)}, version = t.version + 1, updated_at = now(), updated_by = ${ctx.actor.personId}
    from ${recordset(object, drafts)}
    where t.company_id = ${ctx.company.id} and t.id = r.id`.execute(tx)
}

function names(columns: readonly Field[], alias?: string): Sql {
  return sql.join(columns.map((field) => (alias ? sql.ref(`${alias}.${columnOf(field)}`) : sql.id(columnOf(field)))))
}

/** Replaces the credits of the drafts whose credits changed. */
export async function writeCredits(step: Step, object: ObjectType, drafts: readonly Draft[]): Promise<void> {
  const field = object.fields.find((candidate) => candidate.type === 'credits')
  if (!field) return
  const touched = drafts.filter(
    ({ before, values }) => (before?.values[field.key] ?? null) !== (values[field.key] ?? null),
  )
  if (touched.length === 0) return
  const company = step.ctx.company.id
  const before = touched.filter((one) => one.before).map((one) => one.id)
  if (before.length > 0) {
    await sql`delete from credit where company_id = ${company} and object = ${object.key} and record_id = any(${before}::uuid[])`.execute(
      step.tx,
    )
  }
  const rows = touched.flatMap(({ id, values }) =>
    ((values[field.key] ?? []) as readonly Credit[]).map((credit, position) => ({
      id: newId(),
      record_id: id,
      person_id: credit.person,
      percent: credit.percent,
      position,
    })),
  )
  if (rows.length === 0) return
  await sql`
    insert into credit (company_id, id, object, record_id, person_id, percent, position)
    select ${company}, r.id, ${object.key}, r.record_id, r.person_id, r.percent, r.position
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(id uuid, record_id uuid, person_id uuid, percent numeric, position int)`.execute(step.tx)
}

/** Marks records as deleted or brings them back; the rows stay. */
export async function setDeleted(
  step: Step,
  object: ObjectType,
  ids: readonly string[],
  deleted: boolean,
): Promise<void> {
  await sql`
    update ${sql.table(object.table)}
    set deleted_at = ${deleted ? sql`now()` : sql`null`}, version = version + 1, updated_at = now(), updated_by = ${step.ctx.actor.personId}
    where company_id = ${step.ctx.company.id} and id = any(${ids}::uuid[])`.execute(step.tx)
}
