import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'

/** People whose results are to be credited anew, from a day on. */
export interface Moved {
  readonly personIds: readonly string[]
  /** First day, or `-infinity`. */
  readonly from: string
}

type RunState = 'queued' | 'running' | 'failed'

interface RecreditRun extends Moved {
  readonly state: RunState
  /** Records to rewrite; null until they are counted. */
  readonly total: number | null
  /** Key of the last record that is done. */
  readonly after: string
}

/** Lets a run that has not begun take these people along; answers its key, or undefined where none waits. */
export async function joinWaiting({ tx, ctx }: Step, { personIds, from }: Moved): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    update recredit_run set from_day = least(from_day, ${from}::date),
      person_ids = array(select distinct unnest(person_ids || ${personIds}::uuid[]))
    where company_id = ${ctx.company.id} and id = (
      select id from recredit_run where company_id = ${ctx.company.id} and state = 'queued' order by id limit 1 for update)
    returning id`.execute(tx)
  return rows[0]?.id
}

export async function insertRun({ tx, ctx }: Step, { personIds, from }: Moved): Promise<string> {
  const id = newId()
  await sql`
    insert into recredit_run (company_id, id, person_ids, from_day)
    values (${ctx.company.id}, ${id}, ${personIds}::uuid[], ${from}::date)`.execute(tx)
  return id
}

/** Locks the run for this transaction; undefined once it is done. */
export async function lockRun({ tx, ctx }: Step, id: string): Promise<RecreditRun | undefined> {
  const { rows } = await sql<RecreditRun>`
    select person_ids as "personIds", from_day as "from", state, records_total as total, after_record as after
    from recredit_run where company_id = ${ctx.company.id} and id = ${id} for update`.execute(tx)
  return rows[0]
}

/** From here on nobody joins the run. */
export async function markRunning({ tx, ctx }: Step, id: string): Promise<void> {
  await sql`
    update recredit_run set state = 'running', failed_at = null
    where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
}

export async function markFailed({ tx, ctx }: Step, id: string): Promise<void> {
  await sql`
    update recredit_run set state = 'failed', failed_at = now()
    where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
}

export async function saveTotal({ tx, ctx }: Step, id: string, total: number): Promise<void> {
  await sql`
    update recredit_run set records_total = ${total} where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
}

export async function advance({ tx, ctx }: Step, id: string, done: { count: number; last: string }): Promise<void> {
  await sql`
    update recredit_run set records_done = records_done + ${done.count}, after_record = ${done.last}
    where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
}

export async function removeRun({ tx, ctx }: Step, id: string): Promise<void> {
  await sql`delete from recredit_run where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
}

/** Keys of the runs in one of these states, oldest first. */
export async function runsIn({ tx, ctx }: Step, states: readonly RunState[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from recredit_run where company_id = ${ctx.company.id} and state = any(${states}::text[])
    order by id`.execute(tx)
  return rows.map((row) => row.id)
}

/** Results that are credited anew, or were not because it failed: until then figures are partly as they were before. */
export interface CreditingAnew {
  /** No later try mends it by itself: somebody has to ask for one. Null while it is under way, or waits for its turn. */
  readonly failedAt: Date | null
}

/** Null where all results are credited as people stood. */
export async function creditingAnew(tx: Tx, ctx: Ctx): Promise<CreditingAnew | null> {
  const sums = await recreditSums(tx, ctx)
  if (sums.length === 0) return null
  return { failedAt: sums.every(({ state }) => state === 'failed') ? (sums[0]?.failedAt ?? null) : null }
}

export interface RecreditSums {
  readonly state: RunState
  readonly done: number
  /** Of the runs that are counted; null where none is. */
  readonly total: number | null
  readonly failedAt: Date | null
}

/** How far the runs are, by their state. */
export async function recreditSums(tx: Tx, ctx: Ctx): Promise<readonly RecreditSums[]> {
  const { rows } = await sql<RecreditSums>`
    select state, sum(records_done)::int as done, sum(records_total)::int as total, max(failed_at) as "failedAt"
    from recredit_run where company_id = ${ctx.company.id} group by state`.execute(tx)
  return rows
}

export interface Touched {
  readonly object: string
  readonly id: string
}

/** The next records with rows of these people, in the order of their keys. */
export async function recordsAfter(
  { tx, ctx }: Step,
  { after, ...moved }: Moved & { readonly after: string },
  most: number,
): Promise<readonly Touched[]> {
  const { rows } = await sql<Touched>`
    select distinct on (record_id) record_id as id, object from ledger_row
    where company_id = ${ctx.company.id} and record_id > ${after} and ${ofPeople(ctx, moved)}
    order by record_id limit ${most}`.execute(tx)
  return rows
}

export async function countRecords(tx: Tx, ctx: Ctx, moved: Moved): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct record_id)::int as count from ledger_row
    where company_id = ${ctx.company.id} and ${ofPeople(ctx, moved)}`.execute(tx)
  return rows[0]?.count ?? 0
}

/** Rows from that day on; of stock metrics all, for what was opened before may have been open then. */
function ofPeople({ company }: Ctx, { personIds, from }: Moved) {
  const stock = company.metrics
    .all()
    .filter((metric) => metric.kind === 'stock')
    .map((metric) => metric.key)
  return sql`person_id = any(${personIds}::uuid[]) and (day >= ${from}::date or metric = any(${stock}::text[]))`
}
