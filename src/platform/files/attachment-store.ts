import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'

/** What is known of a file; its content lies in the store. */
export interface Attachment {
  readonly id: string
  readonly object: string
  readonly recordId: string | null
  readonly field: string | null
  readonly name: string
  readonly type: string
  readonly size: number
  readonly sha256: string
  readonly width: number | null
  readonly height: number | null
  readonly hasPreview: boolean
  /** Of a large image: is there one as large as a screen shows it? */
  readonly hasMiddle: boolean
  readonly personId: string | null
  readonly personName: string | null
  readonly createdAt: Date
  readonly deletedAt: Date | null
}

const columns = sql`
  a.id, a.object, a.record_id as "recordId", a.field, a.name, a.type, a.size::double precision as size, a.sha256, a.width,
  a.height, a.has_preview as "hasPreview", a.has_middle as "hasMiddle", a.created_by as "personId", p.name as "personName",
  a.created_at as "createdAt", a.deleted_at as "deletedAt"`
const from = sql`attachment a left join person p on p.company_id = a.company_id and p.id = a.created_by`

export async function attachmentById(tx: Tx, ctx: Ctx, id: string): Promise<Attachment | undefined> {
  const { rows } = await sql<Attachment>`
    select ${columns} from ${from} where a.company_id = ${ctx.company.id} and a.id = ${id}`.execute(tx)
  return rows[0]
}

/** The files of a record, newest first; the values of its file fields among them. */
export async function attachmentsOf(
  tx: Tx,
  ctx: Ctx,
  place: { readonly object: string; readonly recordId: string },
  { withRemoved, limit }: { readonly withRemoved: boolean; readonly limit: number },
): Promise<readonly Attachment[]> {
  const { rows } = await sql<Attachment>`
    select ${columns} from ${from}
    where a.company_id = ${ctx.company.id} and a.object = ${place.object} and a.record_id = ${place.recordId}
      ${withRemoved ? sql`` : sql`and a.deleted_at is null`}
    order by a.id desc limit ${limit}`.execute(tx)
  return rows
}

export type NewAttachment = Omit<Attachment, 'personId' | 'personName' | 'createdAt' | 'deletedAt'>

export async function insertAttachment(tx: Tx, ctx: Ctx, file: NewAttachment): Promise<void> {
  await sql`
    insert into attachment (company_id, id, object, record_id, field, name, type, size, sha256, width, height,
      has_preview, has_middle, created_by)
    values (${ctx.company.id}, ${file.id}, ${file.object}, ${file.recordId}, ${file.field}, ${file.name}, ${file.type},
      ${file.size}, ${file.sha256}, ${file.width}, ${file.height}, ${file.hasPreview},
      ${file.hasMiddle}, ${ctx.actor.personId})`.execute(tx)
}

/** Into the recycle bin or out of it. Answers whether it was on the other side before. */
export async function setRemoved(tx: Tx, ctx: Ctx, id: string, isRemoved: boolean): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update attachment set deleted_at = ${isRemoved ? sql`now()` : sql`null`},
      deleted_by = ${isRemoved ? ctx.actor.personId : null}
    where company_id = ${ctx.company.id} and id = ${id}
      and deleted_at is ${isRemoved ? sql`null` : sql`not null`}`.execute(tx)
  return numAffectedRows === 1n
}

export async function roomTaken(tx: Tx, ctx: Ctx): Promise<{ readonly count: number; readonly bytes: number }> {
  const { rows } = await sql<{ count: number; bytes: number }>`
    select count(*)::int as count, coalesce(sum(size), 0)::double precision as bytes
    from attachment where company_id = ${ctx.company.id}`.execute(tx)
  return rows[0] ?? { count: 0, bytes: 0 }
}

/** What must lie in the store for a file. */
export type ContentFact = Pick<Attachment, 'id' | 'name' | 'size' | 'hasPreview' | 'hasMiddle'>

/** Those of these files that are known. */
export async function factsOf(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<readonly ContentFact[]> {
  const { rows } = await sql<ContentFact>`
    select id, name, size::double precision as size, has_preview as "hasPreview",
      has_middle as "hasMiddle"
    from attachment
    where company_id = ${ctx.company.id} and id = any(${ids}::uuid[])`.execute(tx)
  return rows
}

/** The next of all files in the order of their ids. */
export async function factsAfter(tx: Tx, ctx: Ctx, after: string, limit: number): Promise<readonly ContentFact[]> {
  const { rows } = await sql<ContentFact>`
    select id, name, size::double precision as size, has_preview as "hasPreview",
      has_middle as "hasMiddle"
    from attachment
    where company_id = ${ctx.company.id} and id > ${after} order by id limit ${limit}`.execute(tx)
  return rows
}
