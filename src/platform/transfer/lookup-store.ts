import { sql } from 'kysely'
import { columnTypeOf, isComputed } from '#engine/model/column.ts'
import { storedSql, tableSql } from '#engine/query/source.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import { oneOf } from '#engine/query/filter.ts'
import { sourceOf, toSql, type Sql } from '#engine/query/to-sql.ts'
import { fold } from '#engine/transfer/fold.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId } from '#platform/db/new-id.ts'
import type { Tx } from '#platform/db/step.ts'
import { orgView } from '#platform/records/reach.ts'
import { askerOf } from '#platform/records/scope.ts'
import { scopeOf } from '#platform/records/sight.ts'

/** What a text that names a record or person leads to: nobody, one, or too many to tell. */
export type Found = { readonly id: string } | { readonly count: number }

const nobody: Found = { count: 0 }
/** Configuration such as stages is compared loosely, all of it at once. */
const mostConfiguration = 2000

/**
 * The records that texts name: by the field asked for, else by title, unique fields and id, in that order.
 * Records out of the actor's reach are not found.
 */
export async function findRecords(
  tx: Tx,
  ctx: Ctx,
  object: ObjectType,
  texts: readonly string[],
  by?: string,
): Promise<ReadonlyMap<string, Found>> {
  const found = new Map<string, Found>()
  for (const field of fieldsToTry(object, by)) {
    const open = texts.filter((text) => !found.has(text))
    if (open.length === 0) break
    for (const [text, one] of await byField(tx, ctx, object, field, open)) found.set(text, one)
  }
  const open = texts.filter((text) => !found.has(text))
  if (by === undefined) {
    for (const [text, one] of await byId(tx, ctx, object, open.filter(isId))) found.set(text, one)
    if (object.visibleToAll && open.length > 0) await looselyInto(found, tx, ctx, object, open)
  }
  for (const text of texts) if (!found.has(text)) found.set(text, nobody)
  return found
}

/** The people that texts name: by employee number, e-mail, name or id; among namesakes the only active one. */
export async function findPeople(tx: Tx, ctx: Ctx, texts: readonly string[]): Promise<ReadonlyMap<string, Found>> {
  const wanted = texts.map((text) => text.toLowerCase())
  const { rows } = await sql<PersonRow>`
    select id, name, lower(email) as email, employee_no as "employeeNo", is_active as "isActive" from person
    where company_id = ${ctx.company.id}
      and (employee_no = any(${texts}::text[]) or lower(email) = any(${wanted}::text[]) or name = any(${texts}::text[])
        or id = any(${texts.filter(isId)}::uuid[]))`.execute(tx)
  return new Map(texts.map((text) => [text, personMeant(rows, text)]))
}

interface PersonRow {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly employeeNo: string | null
  readonly isActive: boolean
}

function personMeant(rows: readonly PersonRow[], text: string): Found {
  const exact =
    rows.find((row) => row.employeeNo === text) ??
    rows.find((row) => row.email !== null && row.email === text.toLowerCase()) ??
    rows.find((row) => row.id === text)
  if (exact) return { id: exact.id }
  const namesakes = rows.filter((row) => row.name === text)
  const active = namesakes.filter((row) => row.isActive)
  const [only] = active.length > 0 ? active : namesakes
  const count = Math.max(active.length, active.length === 0 ? namesakes.length : 0)
  return only && count === 1 ? { id: only.id } : { count }
}

function fieldsToTry(object: ObjectType, by: string | undefined): readonly Field[] {
  const keys = by === undefined ? [object.title, object.titleEn] : [by]
  const first = keys.flatMap((key) => object.fields.find((field) => field.key === key) ?? [])
  return by === undefined
    ? [...first, ...object.fields.filter((field) => field.unique && !first.includes(field))]
    : first
}

/** Only texts are names: a number or a day is written in too many ways. */
function isText(field: Field): boolean {
  return !isComputed(field) && columnTypeOf(field) === 'text'
}

/** Living records by one field of text; several with the same text are counted. By other fields nothing is found. */
export async function byField(
  tx: Tx,
  ctx: Ctx,
  object: ObjectType,
  field: Field,
  texts: readonly string[],
): Promise<ReadonlyMap<string, Found>> {
  if (texts.length === 0 || !isText(field)) return new Map()
  const isOneOf = field.custom
    ? toSql(oneOf(field.key, texts), sourceOf(object, await askerOf(ctx)))
    : sql`${asIndexed(field)} = any(${texts}::text[])`
  const { rows } = await sql<{ id: string; text: string }>`
    select t.id, ${storedSql(field, 't')}::text as text from ${tableSql(object)} t
    where t.company_id = ${ctx.company.id} and ${isOneOf} and t.deleted_at is null
      and ${await scopeOf(ctx, object)}`.execute(tx)
  return counted(rows)
}

/** Names are indexed in the order of their lists, numbers that are unique as they are; equal is equal in both. */
function asIndexed(field: Field): Sql {
  const column = storedSql(field, 't')
  return field.unique ? column : sql`${column} collate "zh-x-icu"`
}

async function byId(tx: Tx, ctx: Ctx, object: ObjectType, ids: readonly string[]): Promise<ReadonlyMap<string, Found>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; text: string }>`
    select t.id, t.id::text as text from ${tableSql(object)} t
    where t.company_id = ${ctx.company.id} and t.id = any(${ids}::uuid[]) and t.deleted_at is null
      and ${await scopeOf(ctx, object)}`.execute(tx)
  return counted(rows)
}

function counted(rows: readonly { id: string; text: string }[]): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>()
  for (const { id, text } of rows) {
    const before = found.get(text)
    found.set(text, before === undefined ? { id } : { count: 'count' in before ? before.count + 1 : 2 })
  }
  return found
}

async function looselyInto(
  found: Map<string, Found>,
  tx: Tx,
  ctx: Ctx,
  object: ObjectType,
  texts: readonly string[],
): Promise<void> {
  const fields = fieldsToTry(object, undefined)
  const names = sql.join(fields.map((field) => sql`${storedSql(field, 't')}::text`))
  const { rows } = await sql<{ id: string; names: readonly (string | null)[] }>`
    select t.id, array[${names}] as names from ${tableSql(object)} t
    where t.company_id = ${ctx.company.id} and t.deleted_at is null limit ${mostConfiguration}`.execute(tx)
  for (const text of texts) {
    const meant = rows.filter((row) => row.names.some((name) => name !== null && fold(name) === fold(text)))
    const [only] = meant
    if (only) found.set(text, meant.length === 1 ? { id: only.id } : { count: meant.length })
  }
}

/** Titles of an object's records in reach, in the reader's language, for suggestions in the preview. */
export async function titlesOf(tx: Tx, ctx: Ctx, object: ObjectType): Promise<readonly string[]> {
  const key = ctx.language === 'en' && object.titleEn ? object.titleEn : object.title
  const title = object.fields.find((field) => field.key === key)
  if (!title) return []
  const { rows } = await sql<{ text: string }>`
    select ${storedSql(title, 't')}::text as text from ${tableSql(object)} t
    where t.company_id = ${ctx.company.id} and t.deleted_at is null and ${await scopeOf(ctx, object)}
    order by t.id limit 20000`.execute(tx)
  return rows.map((row) => row.text)
}

/**
 * Names of the active people to whom the actor may give records, for suggestions in the preview. Names that several
 * have are left out: they tell nobody, employee numbers do.
 */
export async function namesOfPeople(tx: Tx, ctx: Ctx): Promise<readonly string[]> {
  const reach = await orgView().reach(ctx)
  const isReached = reach === 'everything' ? sql`true` : sql`bool_and(id = any(${reach}::uuid[]))`
  const { rows } = await sql<{ name: string }>`
    select name from person where company_id = ${ctx.company.id} and is_active
    group by name having count(*) = 1 and ${isReached}
    order by name limit 20000`.execute(tx)
  return rows.map(({ name }) => name)
}
