import { sql } from 'kysely'
import { instantIn } from '#engine/calendar/wall-time.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import type { AuditNarrowing } from '../contract.ts'

type Values = Readonly<Record<string, unknown>>

/** An entry with its act and who did it, as they stand in the tables. */
export interface LoggedEntry {
  readonly id: string
  readonly at: Date
  readonly object: string
  readonly recordId: string
  readonly action: string
  readonly before: Values | null
  readonly after: Values | null
  /** Keys whose values are erased. */
  readonly erased: readonly string[]
  readonly personId: string | null
  readonly personName: string | null
  readonly via: 'page' | 'key' | null
  readonly address: string | null
  readonly agent: string | null
  readonly reason: string | null
  readonly seal: string | null
}

interface Page {
  readonly after?: string | undefined
  readonly limit: number
}

/** Entries in the order of their keys, the newest first. */
export async function findEntries(
  tx: Tx,
  ctx: Ctx,
  asked: AuditNarrowing,
  { after, limit }: Page,
): Promise<readonly LoggedEntry[]> {
  const where = [
    ...conditionsOf(ctx, asked),
    ...(await originSql(tx, ctx, asked.origin)),
    ...(after === undefined ? [] : [sql`e.id < ${after}`]),
  ]
  const { rows } = await sql<LoggedEntry>`
    select e.id, e.at, e.object, e.record_id as "recordId", e.action, e.before, e.after,
      array(select jsonb_object_keys(coalesce(e.redaction -> 'before' -> 'digests', '{}'::jsonb)
        || coalesce(e.redaction -> 'after' -> 'digests', '{}'::jsonb))) as erased,
      e.person_id as "personId", p.name as "personName", o.via, o.address, o.agent, o.reason, s.number::text as seal
    from audit_entry e
    left join operation o on o.company_id = e.company_id and o.id = e.operation_id
    left join person p on p.company_id = e.company_id and p.id = e.person_id
    left join audit_step s on s.company_id = e.company_id and s.id = e.step_id
    where ${sql.join([sql`e.company_id = ${ctx.company.id}`, ...where], sql` and `)}
    order by e.id desc limit ${limit}`.execute(tx)
  return rows
}

function conditionsOf(ctx: Ctx, { person, object, record, action, from, to }: AuditNarrowing): readonly Sql[] {
  return [
    ...(person ? [sql`e.person_id = ${person}`] : []),
    ...(object ? [sql`e.object = ${object}`] : []),
    ...(record ? [sql`e.record_id = ${record}`] : []),
    // Written out, not bound: the index of rare acts answers only where the planner sees which act is asked for.
    ...(action ? [sql`e.action = ${sql.lit(action)}`] : []),
    ...(from ? since(startOf(ctx, from)) : []),
    ...(to ? until(startOf(ctx, dayAfter(to))) : []),
  ]
}

/** More acts than these are frequent: then their entries are soon found in the order of the keys. */
const fewActs = 1000

/** What came by keys may be rare among millions: then the index of its acts leads there. */
async function originSql(tx: Tx, ctx: Ctx, origin: AuditNarrowing['origin']): Promise<readonly Sql[]> {
  if (origin === undefined) return []
  if (origin === 'system') return [sql`o.via is null`]
  if (origin === 'page') return [sql`o.via = 'page'`]
  const { rows } = await sql<{ id: string }>`
    select id from operation where company_id = ${ctx.company.id} and via = 'key' order by id desc limit ${fewActs}`.execute(
    tx,
  )
  if (rows.length === fewActs) return [sql`o.via = 'key'`]
  return [sql`e.operation_id = any(${rows.map(({ id }) => id)}::uuid[])`]
}

const minuteMs = 60_000

/** Keys grow with time, so the index of keys finds a period; clocks and long acts are allowed for, `at` decides. */
function since(instant: Date): readonly Sql[] {
  return [sql`e.at >= ${instant}`, sql`e.id >= ${keyAt(instant.getTime() - 10 * minuteMs)}`]
}

function until(instant: Date): readonly Sql[] {
  return [sql`e.at < ${instant}`, sql`e.id < ${keyAt(instant.getTime() + 24 * 60 * minuteMs)}`]
}

/** The smallest key of version 7 that was made at a time. */
function keyAt(time: number): string {
  const digits = Math.max(0, time).toString(16).padStart(12, '0')
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-0000-0000-000000000000`
}

function startOf(ctx: Ctx, day: string): Date {
  return instantIn(ctx.company.zone, Date.parse(`${day}T00:00:00Z`))
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 60 * minuteMs).toISOString().slice(0, 10)
}

/** Names of people and units by key, whichever of these are any. */
export async function namesOfIds(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const company = ctx.company.id
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from person where company_id = ${company} and id = any(${ids}::uuid[])
    union all select id, name from unit where company_id = ${company} and id = any(${ids}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
