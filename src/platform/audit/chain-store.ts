import { sql } from 'kysely'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import type { AuditedEntry, AuditedOperation, Side } from './digest.ts'

/** A step with what it is sealed by; null as long as it is not. */
export interface StepRow {
  readonly id: string
  readonly operationId: string
  readonly at: string
  readonly entries: number
  readonly number: string | null
  readonly digests: string | null
  readonly hash: string | null
}

const micros = (column: Sql): Sql => sql`(extract(epoch from ${column}) * 1000000)::bigint::text`

/** Key → value as JSON text; what is no object stands under an empty key. */
const texts = (column: Sql): Sql => sql`
  case when ${column} is null then null
    when jsonb_typeof(${column}) = 'object'
      then coalesce((select jsonb_object_agg(v.key, v.value::text) from jsonb_each(${column}) v), '{}'::jsonb)
    else jsonb_build_object('', ${column}::text) end`

const stepColumns = sql`
  s.id, s.operation_id as "operationId", ${micros(sql`s.at`)} as at, s.entries, s.number::text as number,
  encode(s.digests, 'hex') as digests, encode(s.hash, 'hex') as hash`

/** Entries of one look into the chain: their digests hold up whatever else the process does for some 25 ms. */
const mostEntries = 1000

/** The oldest steps that are not sealed. */
export async function openSteps(tx: Tx, ctx: Ctx): Promise<readonly StepRow[]> {
  const { rows } = await sql<StepRow>`
    select * from (
      select ${stepColumns}, sum(s.entries) over (order by s.id) as upto, row_number() over (order by s.id) as place
      from (
        select * from audit_step where company_id = ${ctx.company.id} and number is null order by id limit 1000) s) t
    where upto <= ${mostEntries} or place = 1 order by id`.execute(tx)
  return rows
}

/** Sealed steps behind a number, in the order of the chain. */
export async function sealedSteps(tx: Tx, ctx: Ctx, after: string): Promise<readonly StepRow[]> {
  const { rows } = await sql<StepRow>`
    select * from (
      select ${stepColumns}, sum(s.entries) over (order by s.number) as upto,
        row_number() over (order by s.number) as place
      from (
        select * from audit_step where company_id = ${ctx.company.id} and number > ${after}::bigint
        order by number limit 1000) s) t
    where upto <= ${mostEntries} or place = 1 order by number::bigint`.execute(tx)
  return rows
}

/** The end of the chain. */
export async function headOf(
  tx: Tx,
  ctx: Ctx,
): Promise<{ readonly number: string; readonly hash: string } | undefined> {
  const { rows } = await sql<{ number: string; hash: string }>`
    select number::text as number, encode(hash, 'hex') as hash from audit_step
    where company_id = ${ctx.company.id} and number is not null order by audit_step.number desc limit 1`.execute(tx)
  return rows[0]
}

export async function hashAt(tx: Tx, ctx: Ctx, number: string): Promise<string | undefined> {
  const { rows } = await sql<{ hash: string }>`
    select encode(hash, 'hex') as hash from audit_step
    where company_id = ${ctx.company.id} and number = ${number}::bigint`.execute(tx)
  return rows[0]?.hash
}

const entryColumns = sql`
  e.id, e.operation_id as "operationId", e.step_id as "stepId", ${micros(sql`e.at`)} as at, e.person_id as "personId",
  e.object, e.record_id as "recordId", e.action, ${texts(sql`e.before`)} as before, ${texts(sql`e.after`)} as after,
  e.salt, e.redaction`

/** What stands in the entries of these steps, in the order of their keys. */
export async function entriesOfSteps(tx: Tx, ctx: Ctx, steps: readonly string[]): Promise<readonly AuditedEntry[]> {
  const { rows } = await sql<AuditedEntry>`
    select ${entryColumns} from audit_step s
    join audit_entry e on e.company_id = s.company_id and e.id between s.first_id and s.last_id and e.step_id = s.id
    where s.company_id = ${ctx.company.id} and s.id = any(${steps}::uuid[]) order by e.id`.execute(tx)
  return rows
}

export async function entriesByIds(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<readonly AuditedEntry[]> {
  const { rows } = await sql<AuditedEntry>`
    select ${entryColumns} from audit_entry e
    where e.company_id = ${ctx.company.id} and e.id = any(${ids}::uuid[])`.execute(tx)
  return rows
}

export async function operationsByIds(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<readonly AuditedOperation[]> {
  const { rows } = await sql<AuditedOperation>`
    select o.id, o.kind, ${micros(sql`o.at`)} as at, o.person_id as "personId", o.request_id as "requestId", o.via,
      jsonb_strip_nulls(jsonb_build_object('address', to_jsonb(o.address)::text, 'agent', to_jsonb(o.agent)::text,
        'reason', to_jsonb(o.reason)::text))
        || coalesce((select jsonb_object_agg(k, 'null') from jsonb_object_keys(o.redaction -> 'origin' -> 'digests') k),
          '{}'::jsonb) as origin,
      o.salt, o.redaction
    from operation o where o.company_id = ${ctx.company.id} and o.id = any(${ids}::uuid[])`.execute(tx)
  return rows
}

export interface Seal {
  readonly id: string
  readonly number: string
  /** Hexadecimal digits. */
  readonly digests: string
  readonly hash: string
}

export async function writeSeals({ tx }: Pick<Step, 'tx'>, seals: readonly Seal[]): Promise<void> {
  await sql`select seal_audit(${JSON.stringify(seals)}::jsonb)`.execute(tx)
}

/** Whether this transaction is the one that seals the company's steps. */
export async function takeTurnToSeal({ tx, ctx }: Step): Promise<boolean> {
  const { rows } = await sql<{ isMine: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`audit ${ctx.company.id}`}, 0)) as "isMine"`.execute(tx)
  return rows[0]?.isMine === true
}

/** Entries that belong to no step, or lie outside of theirs. */
export async function strayEntries(tx: Tx, ctx: Ctx, limit: number): Promise<readonly { id: string; at: Date }[]> {
  const { rows } = await sql<{ id: string; at: Date }>`
    select e.id, e.at from audit_entry e
    left join audit_step s on s.company_id = e.company_id and s.id = e.step_id
    where e.company_id = ${ctx.company.id} and (s.id is null or e.id not between s.first_id and s.last_id)
    order by e.id limit ${limit}`.execute(tx)
  return rows
}

/** How much waits for its seal, and steps among it that do not have the entries they had. */
export async function openTally(
  tx: Tx,
  ctx: Ctx,
): Promise<{ readonly entries: number; readonly wrong: readonly { readonly id: string; readonly at: Date }[] }> {
  const { rows } = await sql<{ id: string; at: Date; entries: number; found: number }>`
    select s.id, s.at, s.entries, (
      select count(*)::int from audit_entry e where e.company_id = s.company_id
        and e.id between s.first_id and s.last_id and e.step_id = s.id) as found
    from audit_step s where s.company_id = ${ctx.company.id} and s.number is null order by s.id`.execute(tx)
  return {
    entries: rows.reduce((sum, { entries }) => sum + entries, 0),
    wrong: rows.filter(({ entries, found }) => entries !== found),
  }
}

/** By this act values are taken out of the audit; nothing is ever taken out of its own entries. */
export const redactedAction = 'redacted'

/** Keys whose values were taken out, by the key of the entry or operation. */
type Named = Readonly<Record<string, Partial<Readonly<Record<Side, readonly string[]>>>>>

export interface NamedRedactions {
  readonly entries?: Named
  readonly operations?: Named
}

/** What the audit itself says was taken out of it, as `id side key`. */
export async function namedRedactions(tx: Tx, ctx: Ctx): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ after: NamedRedactions | null }>`
    select after from audit_entry where company_id = ${ctx.company.id} and action = ${redactedAction}`.execute(tx)
  const named = rows.flatMap(({ after }) => [
    ...Object.entries(after?.entries ?? {}),
    ...Object.entries(after?.operations ?? {}),
  ])
  return new Set(
    named.flatMap(([id, sides]) =>
      Object.entries(sides).flatMap(([side, keys]) => keys.map((key) => `${id} ${side} ${key}`)),
    ),
  )
}
