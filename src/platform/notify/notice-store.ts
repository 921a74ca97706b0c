import { sql } from 'kysely'
import type { LabelParams } from '#base/label.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'

/** Something that somebody is told: a kind with parameters. */
export interface Notice {
  readonly id: string
  readonly number: number
  readonly kind: string
  readonly key: string
  readonly params: LabelParams
  readonly actorName: string | null
  readonly object: string | null
  readonly recordId: string | null
  readonly count: number
  readonly at: Date
  readonly isRead: boolean
}

export interface NewNotice {
  readonly kind: string
  readonly key: string
  readonly params: LabelParams
  readonly actorId: string | null
  readonly object: string | null
  readonly recordId: string | null
  readonly count: number
}

interface Numbered extends Omit<Notice, 'number'> {
  readonly number: string
}

export const noticeColumns = sql`
  n.id, n.number, n.kind, n.key, n.params, a.name as "actorName", n.object, n.record_id as "recordId", n.count, n.at,
  n.read_at is not null as "isRead"`
const from = sql`notice n left join person a on a.company_id = n.company_id and a.id = n.actor_id`

const plain = ({ number, ...notice }: Numbered): Notice => ({ ...notice, number: Number(number) })

/**
 * Tells each of these people, once: who was told the same before only has it count for more. Answers the new notices.
 */
export async function insertNotices(
  { tx, ctx }: Step,
  people: readonly { readonly id: string; readonly inApp: boolean }[],
  notice: NewNotice,
): Promise<readonly { readonly id: string; readonly personId: string }[]> {
  const company = ctx.company.id
  // In one order everywhere, so that two who tell the same people do not wait for each other in a circle.
  const rows = people
    .map(({ id, inApp }) => ({ id: newId(), person: id, in_app: inApp }))
    .toSorted((one, other) => (one.person < other.person ? -1 : 1))
  const { rows: known } = await sql<{ personId: string }>`
    update notice set count = count + ${notice.count}
    where company_id = ${company} and kind = ${notice.kind} and key = ${notice.key}
      and person_id = any(${rows.map(({ person }) => person)}::uuid[])
    returning person_id as "personId"`.execute(tx)
  const told = new Set(known.map(({ personId }) => personId))
  const fresh = rows.filter(({ person }) => !told.has(person))
  if (fresh.length === 0) return []
  const { rows: made } = await sql<{ id: string; personId: string }>`
    with wanted as (
      select w.id, w.person, w.in_app
      from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) as w(id uuid, person uuid, in_app boolean)
    ), numbered as (
      insert into notice_reader (company_id, person_id, last_number)
      select ${company}, person, 1 from wanted order by person
      on conflict (company_id, person_id) do update set last_number = notice_reader.last_number + 1
      returning person_id, last_number
    )
    insert into notice (company_id, id, person_id, number, kind, key, params, actor_id, object, record_id, count, in_app, at)
    select ${company}, w.id, w.person, r.last_number, ${notice.kind}, ${notice.key}, ${JSON.stringify(notice.params)}::jsonb,
      ${notice.actorId}, ${notice.object}, ${notice.recordId}, ${notice.count}, w.in_app, ${ctx.now}
    from wanted w join numbered r on r.person_id = w.person
    returning id, person_id as "personId"`.execute(tx)
  return made
}

/** Newest first: those before a number, if it is named. */
export async function noticesBefore(
  tx: Tx,
  ctx: Ctx,
  { before, unreadOnly, limit }: { before: number | undefined; unreadOnly: boolean; limit: number },
): Promise<readonly Notice[]> {
  const { rows } = await sql<Numbered>`
    select ${noticeColumns} from ${from}
    where n.company_id = ${ctx.company.id} and n.person_id = ${ctx.actor.personId} and n.in_app
      ${before === undefined ? sql`` : sql`and n.number < ${before}`} ${unreadOnly ? sql`and n.read_at is null` : sql``}
    order by n.number desc limit ${limit}`.execute(tx)
  return rows.map(plain)
}

/** Oldest first: those after a number. */
export async function noticesSince(tx: Tx, ctx: Ctx, number: number, limit: number): Promise<readonly Notice[]> {
  const { rows } = await sql<Numbered>`
    select ${noticeColumns} from ${from}
    where n.company_id = ${ctx.company.id} and n.person_id = ${ctx.actor.personId} and n.number > ${number}
      and n.in_app
    order by n.number limit ${limit}`.execute(tx)
  return rows.map(plain)
}

export async function noticesById(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<readonly Notice[]> {
  const { rows } = await sql<Numbered>`
    select ${noticeColumns} from ${from}
    where n.company_id = ${ctx.company.id} and n.person_id = ${ctx.actor.personId} and n.id = any(${ids}::uuid[])
    order by n.number`.execute(tx)
  return rows.map(plain)
}

export async function lastNumberOf(tx: Tx, ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ number: string }>`
    select last_number as number from notice_reader
    where company_id = ${ctx.company.id} and person_id = ${ctx.actor.personId}`.execute(tx)
  return Number(rows[0]?.number ?? 0)
}

export async function markNoticesRead({ tx, ctx }: Step, ids: readonly string[] | undefined): Promise<void> {
  await sql`
    update notice set read_at = ${ctx.now}
    where company_id = ${ctx.company.id} and person_id = ${ctx.actor.personId} and read_at is null
      ${ids === undefined ? sql`` : sql`and id = any(${ids}::uuid[])`}`.execute(tx)
}

export async function dropNotices({ tx, ctx }: Step, before: Date): Promise<void> {
  await sql`delete from notice where company_id = ${ctx.company.id} and at < ${before}`.execute(tx)
}
