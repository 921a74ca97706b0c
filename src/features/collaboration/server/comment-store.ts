import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step, Tx } from '#platform/db/step.ts'

export interface Mentioned {
  readonly id: string
  readonly name: string
}

export interface Comment {
  readonly id: string
  readonly object: string
  readonly recordId: string
  readonly text: string
  readonly mentions: readonly Mentioned[]
  readonly personId: string | null
  readonly personName: string | null
  readonly createdAt: Date
  readonly editedAt: Date | null
  readonly deletedAt: Date | null
}

const columns = sql`
  c.id, c.object, c.record_id as "recordId", c.text, c.person_id as "personId", p.name as "personName",
  c.created_at as "createdAt", c.edited_at as "editedAt", c.deleted_at as "deletedAt",
  coalesce((
    select jsonb_agg(jsonb_build_object('id', m.person_id, 'name', m.name) order by m.name)
    from mention m where m.company_id = c.company_id and m.comment_id = c.id), '[]'::jsonb) as mentions`
const from = sql`comment c left join person p on p.company_id = c.company_id and p.id = c.person_id`

export async function commentById(tx: Tx, ctx: Ctx, id: string): Promise<Comment | undefined> {
  const { rows } = await sql<Comment>`
    select ${columns} from ${from} where c.company_id = ${ctx.company.id} and c.id = ${id}`.execute(tx)
  return rows[0]
}

/** Newest first, those before one of them if it is named. */
export async function commentsOf(
  tx: Tx,
  ctx: Ctx,
  place: { readonly object: string; readonly recordId: string },
  { before, limit }: { readonly before: string | undefined; readonly limit: number },
): Promise<readonly Comment[]> {
  const { rows } = await sql<Comment>`
    select ${columns} from ${from}
    where c.company_id = ${ctx.company.id} and c.object = ${place.object} and c.record_id = ${place.recordId}
      and c.deleted_at is null ${before === undefined ? sql`` : sql`and c.id < ${before}`}
    order by c.id desc limit ${limit}`.execute(tx)
  return rows
}

export async function insertComment(
  { tx, ctx }: Step,
  comment: Pick<Comment, 'id' | 'object' | 'recordId' | 'text'>,
): Promise<void> {
  await sql`
    insert into comment (company_id, id, object, record_id, person_id, text)
    values (${ctx.company.id}, ${comment.id}, ${comment.object}, ${comment.recordId}, ${ctx.actor.personId},
      ${comment.text})`.execute(tx)
}

export async function writeText({ tx, ctx }: Step, id: string, text: string): Promise<void> {
  await sql`
    update comment set text = ${text}, edited_at = now() where company_id = ${ctx.company.id} and id = ${id}`.execute(
    tx,
  )
}

/** Answers whether it was on the other side before. */
export async function setRemoved({ tx, ctx }: Step, id: string, isRemoved: boolean): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update comment set deleted_at = ${isRemoved ? sql`now()` : sql`null`}
    where company_id = ${ctx.company.id} and id = ${id}
      and deleted_at is ${isRemoved ? sql`null` : sql`not null`}`.execute(tx)
  return numAffectedRows === 1n
}

/** Those who are mentioned from now on; who was mentioned before keeps what was read. */
export async function writeMentions({ tx, ctx }: Step, id: string, people: readonly Mentioned[]): Promise<void> {
  const company = ctx.company.id
  await sql`
    delete from mention where company_id = ${company} and comment_id = ${id}
      and person_id <> all(${people.map((person) => person.id)}::uuid[])`.execute(tx)
  await sql`
    insert into mention (company_id, comment_id, person_id, name)
    select ${company}, ${id}, m.id, m.name from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as m(id uuid, name text)
    on conflict do nothing`.execute(tx)
}

/** People of the company who work there now. */
export async function activePeople(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<readonly Mentioned[]> {
  const { rows } = await sql<Mentioned>`
    select id, name from person
    where company_id = ${ctx.company.id} and id = any(${ids}::uuid[]) and is_active order by name`.execute(tx)
  return rows
}

export interface MentionOfMe {
  readonly commentId: string
  readonly object: string
  readonly recordId: string
  readonly text: string
  readonly personName: string | null
  readonly createdAt: Date
  readonly isRead: boolean
}

/** Newest first. */
export async function mentionsOf(tx: Tx, ctx: Ctx, personId: string, limit: number): Promise<readonly MentionOfMe[]> {
  const { rows } = await sql<MentionOfMe>`
    select c.id as "commentId", c.object, c.record_id as "recordId", c.text, p.name as "personName",
      c.created_at as "createdAt", m.read_at is not null as "isRead"
    from mention m
    join comment c on c.company_id = m.company_id and c.id = m.comment_id and c.deleted_at is null
    left join person p on p.company_id = c.company_id and p.id = c.person_id
    where m.company_id = ${ctx.company.id} and m.person_id = ${personId}
    order by m.comment_id desc limit ${limit}`.execute(tx)
  return rows
}

/** Those of these comments, or all. */
export async function markRead(
  { tx, ctx }: Step,
  personId: string,
  comments: readonly string[] | undefined,
): Promise<void> {
  await sql`
    update mention set read_at = now()
    where company_id = ${ctx.company.id} and person_id = ${personId} and read_at is null
      ${comments === undefined ? sql`` : sql`and comment_id = any(${comments}::uuid[])`}`.execute(tx)
}

/** Those that were deleted before then, and those on records that are gone for good. */
export async function dropForgotten({ tx, ctx }: Step, before: Date): Promise<void> {
  const company = ctx.company.id
  const { rows } = await sql<{ object: string }>`
    select distinct object from comment where company_id = ${company}`.execute(tx)
  const orphaned = rows.map(({ object }) => {
    const known = ctx.company.catalogue.find(object)
    // An object that was deleted and may come back is still defined: what was said waits for it.
    const gone = known
      ? sql`not exists (select from ${sql.table(known.table)} t where t.company_id = c.company_id and t.id = c.record_id)`
      : sql`not exists (select from custom_object o where o.company_id = c.company_id and o.key = c.object)`
    return sql`or (c.object = ${object} and ${gone})`
  })
  await sql`
    delete from comment c where c.company_id = ${company} and (c.deleted_at < ${before} ${sql.join(orphaned, sql``)})`.execute(
    tx,
  )
}
