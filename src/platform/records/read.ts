import { sql } from 'kysely'
import { z } from 'zod'
import type { FieldFault } from '#base/errors.ts'
import { fieldOf } from '#engine/model/column.ts'
import type { ObjectType, SortKey } from '#engine/model/object-type.ts'
import { checkFilter, checkSort } from '#engine/query/check.ts'
import { everything, type Filter } from '#engine/query/filter.ts'
import { isPlaceOf, orderOf, type Place } from '#engine/query/page.ts'
import { sourceOf, toSql, type Source, type Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { isId } from '#platform/db/new-id.ts'
import { placeAfterMerges } from '#platform/merge/merge-store.ts'
import { recordErrors } from './errors.ts'
import { binnedSince } from './retention.ts'
import { nameSql, namesOfListSql, shownSql } from './row-sql.ts'
import { askerOf, objectFor } from './scope.ts'
import { scopeOf, sightOf } from './sight.ts'

/** A record as the API shows it: values by field key, and the names of what its fields point at. */
export type RecordRow = Readonly<Record<string, unknown>> & {
  readonly id: string
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly names: Readonly<Record<string, string | null>>
  /** The actor may look at it, but not change it. */
  readonly isReadOnly?: true
}

export interface Question {
  readonly filter?: Filter | undefined
  readonly sort?: readonly SortKey[] | undefined
  /** Field keys to read; all of them unless told. */
  readonly fields?: readonly string[] | undefined
  /** 1–200, 50 unless told. */
  readonly limit?: number | undefined
  readonly cursor?: string | null | undefined
  /** Only records in the recycle bin. */
  readonly deleted?: boolean | undefined
  /** Of these those that this person deleted. */
  readonly deletedBy?: string | undefined
}

export interface PageOfRecords {
  readonly rows: readonly RecordRow[]
  /** Continues after the last row; null at the end. */
  readonly cursor: string | null
}

/** The records of an object that the actor may see and the filter meets, a page at a time, in a stable order. */
export async function queryRecords(ctx: Ctx, key: string, question: Question): Promise<PageOfRecords> {
  const object = objectFor(ctx, key, 'read')
  const filter = checkedFilter(ctx, object, question.filter)
  const sort = question.sort && question.sort.length > 0 ? question.sort : object.defaultSort
  refuse([...checkSort(sort, object), ...unknownFields(object, question.fields)])
  const source = sourceOf(object, await askerOf(ctx, filter))
  const order = orderOf(sort, source)
  const place = question.cursor ? readCursor(question.cursor, sort, object) : undefined
  const limit = Math.min(Math.max(question.limit ?? 50, 1), 200)

  const where = [await scopeOf(ctx, object), toSql(filter, source)]
  // That it is not null is said besides, so that the index of the bin answers.
  if (question.deleted) where.push(sql`t.deleted_at is not null and t.deleted_at > ${binnedSince(ctx)}`)
  else where.push(sql`t.deleted_at is null`)
  if (question.deletedBy) where.push(sql`t.updated_by = ${question.deletedBy}`)
  if (place) where.push(order.after(place))
  const locked = await lockedSql(ctx, object)
  const statement = sql<Raw>`
    select ${rowSql(ctx, source, question.fields)} ${locked}, jsonb_build_array(${sql.join(order.values)}) as place
    from ${source.from()}
    where t.company_id = ${ctx.company.id} and ${sql.join(where, sql` and `)}
    order by ${order.by} limit ${limit + 1}`
  const { rows } = await inView(ctx, (tx) => statement.execute(tx))
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return { rows: shown.map(toRow), cursor: last ? writeCursor({ values: last.place, id: last.id }, sort) : null }
}

/**
 * One record in reach, or RECORD_NOT_FOUND: out of reach and not there are the same answer. RECORD_MERGED tells where
 * one is that became part of another, if that is in reach.
 */
export async function getRecord(ctx: Ctx, key: string, id: string): Promise<RecordRow> {
  const object = objectFor(ctx, key, 'read')
  return inView(ctx, async (tx) => {
    const row = await findRecord(tx, ctx, object, id)
    if (row) return row
    const into = isId(id) ? await placeAfterMerges(tx, ctx.company.id, key, id) : undefined
    if (into !== undefined && (await findRecord(tx, ctx, object, into))) {
      throw recordErrors.RECORD_MERGED({}, [], { into })
    }
    throw recordErrors.RECORD_NOT_FOUND()
  })
}

/** The same inside a transaction that is under way; undefined if it is not there or out of reach. */
export async function findRecord(tx: Tx, ctx: Ctx, object: ObjectType, id: string): Promise<RecordRow | undefined> {
  return (await findRecords(tx, ctx, object, [id]))[0]
}

/** The records of these that are there and in reach, in any order. */
export async function findRecords(
  tx: Tx,
  ctx: Ctx,
  object: ObjectType,
  ids: readonly string[],
): Promise<readonly RecordRow[]> {
  const asked = ids.filter(isId)
  if (asked.length === 0) return []
  const scope = await scopeOf(ctx, object)
  const source = sourceOf(object, await askerOf(ctx))
  const { rows } = await sql<Raw>`
    select ${rowSql(ctx, source)} ${await lockedSql(ctx, object)}, '[]'::jsonb as place from ${source.from()}
    where t.company_id = ${ctx.company.id} and t.id = any(${asked}::uuid[]) and t.deleted_at is null and ${scope}`.execute(
    tx,
  )
  return rows.map(toRow)
}

interface Raw {
  readonly id: string
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly place: readonly (string | null)[]
  readonly names: Readonly<Record<string, string | null>>
  readonly isReadOnly?: boolean
  readonly [field: string]: unknown
}

function toRow({ place: _place, isReadOnly = false, ...row }: Raw): RecordRow {
  return isReadOnly ? { ...row, isReadOnly } : row
}

/** Whether the row may only be looked at; not asked where the actor may change whatever they see. */
async function lockedSql(ctx: Ctx, object: ObjectType): Promise<Sql> {
  const toChange = (await sightOf(ctx, 'change'))(object, 't')
  return toChange === undefined ? sql`` : sql`, ((${toChange}) is not true) as "isReadOnly"`
}

/** The select list of a record; `names` is one json object, so that field keys can never collide with it. */
function rowSql(ctx: Ctx, source: Source, wanted?: readonly string[]): Sql {
  const { object } = source
  const fields = wanted ? object.fields.filter((field) => wanted.includes(field.key)) : object.fields
  const named = fields.flatMap((field) => {
    const name = nameSql(field, ctx)
    return name ? [sql`${field.key}::text, ${name}`] : []
  })
  const lists = fields.flatMap((field) => namesOfListSql(field, ctx) ?? [])
  return sql.join([
    sql`t.id, t.version, t.created_at as "createdAt", t.updated_at as "updatedAt"`,
    ...fields.map((field) => sql`${shownSql(field, source)} as ${sql.id(field.key)}`),
    sql`${sql.join([sql`jsonb_build_object(${sql.join(named)})`, ...lists], sql` || `)} as names`,
  ])
}

/** The filter as it was given, everything if none; throws FILTER_INVALID where it does not fit the object. */
export function checkedFilter(ctx: Ctx, object: ObjectType, filter: Filter | undefined): Filter {
  const given = filter ?? everything
  refuse(checkFilter(given, object, ctx.company.catalogue))
  return given
}

function refuse(faults: ReturnType<typeof checkFilter>): void {
  if (faults.length > 0) throw recordErrors.FILTER_INVALID({}, faults)
}

function unknownFields(object: ObjectType, wanted: readonly string[] = []): readonly FieldFault[] {
  const label = { zh: '没有这个字段', en: 'There is no such field' }
  return wanted
    .filter((key) => fieldOf(object, key) === undefined)
    .map((key) => ({ field: `fields.${key}`, code: 'field', label }))
}

const cursorShape = z.object({ by: z.string(), values: z.array(z.string().nullable()), id: z.uuid() })

function writeCursor(place: Place, sort: readonly SortKey[]): string {
  return Buffer.from(JSON.stringify({ by: signature(sort), ...place })).toString('base64url')
}

/** A cursor is good only for the order it was made in. */
function readCursor(text: string, sort: readonly SortKey[], object: ObjectType): Place {
  const parsed = cursorShape.safeParse(parseJson(Buffer.from(text, 'base64url').toString()))
  if (!parsed.success || parsed.data.by !== signature(sort) || !isPlaceOf(sort, object, parsed.data)) {
    throw recordErrors.CURSOR_INVALID({}, [
      { field: 'cursor', code: 'cursor', label: { zh: '翻页位置无效', en: 'Not a cursor of this list' } },
    ])
  }
  return parsed.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function signature(sort: readonly SortKey[]): string {
  return sort.map(({ field, descending }) => `${descending ? '-' : ''}${field}`).join(',')
}
