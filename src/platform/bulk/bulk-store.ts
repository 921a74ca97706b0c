import { sql } from 'kysely'
import { oversee } from '#engine/contract/oversight.ts'
import { mayAct } from '#platform/records/scope.ts'
import type { FieldFault } from '#base/errors.ts'
import type { Language } from '#base/label.ts'
import type { RecordValues } from '#engine/model/object-type.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId } from '#platform/db/new-id.ts'
import type { Tx } from '#platform/db/step.ts'

export type BulkState = 'queued' | 'running' | 'done' | 'cancelled' | 'failed'

/** One change of many records, and how far it is. */
export interface BulkRun {
  readonly id: string
  readonly object: string
  readonly act: 'update' | 'delete' | 'create' | 'upsert'
  readonly changes: RecordValues
  /** Of records that change hands: results that were made stay credited to who made them. */
  readonly keepsCredit: boolean
  /** Of a deletion: how many of each object may still go along as a part of those deleted; null: none. */
  readonly along: Readonly<Record<string, number>> | null
  readonly state: BulkState
  readonly rowsTotal: number
  readonly changed: number
  readonly unchanged: number
  readonly refused: number
  readonly operationId: string
  readonly createdBy: string | null
  readonly createdByName: string | null
  readonly language: Language
  readonly createdAt: Date
  readonly finishedAt: Date | null
}

type NewRun = Pick<BulkRun, 'id' | 'object' | 'act' | 'changes' | 'keepsCredit' | 'along' | 'operationId'>

/** Writes the run with the records that `ids` selects, as `id`; answers how many. */
export async function insertRun(tx: Tx, ctx: Ctx, run: NewRun, ids: Sql): Promise<number> {
  const { company, actor, language } = ctx
  await sql`
    insert into bulk_run (company_id, id, object, act, changes, keeps_credit, along, rows_total, operation_id, created_by, language)
    values (${company.id}, ${run.id}, ${run.object}, ${run.act}, ${JSON.stringify(run.changes)}::jsonb, ${run.keepsCredit},
      ${run.along === null ? null : JSON.stringify(run.along)}::jsonb, 0,
      ${run.operationId}, ${actor.personId}, ${language})`.execute(tx)
  const { numAffectedRows } = await sql`
    insert into bulk_row (company_id, bulk_id, record_id)
    select ${company.id}, ${run.id}, m.id from (${ids}) m`.execute(tx)
  const total = Number(numAffectedRows ?? 0)
  await sql`update bulk_run set rows_total = ${total} where company_id = ${company.id} and id = ${run.id}`.execute(tx)
  return total
}

/** What became of rows that came with their own values. */
interface Tallies {
  readonly total: number
  readonly unchanged: number
  readonly refused: readonly { readonly id: string | null; readonly faults: readonly FieldFault[] }[]
}

/** Writes a run that is over already, with the refused records that are there. */
export async function insertEndedRun(
  tx: Tx,
  { company, actor, language }: Ctx,
  run: Pick<BulkRun, 'id' | 'object' | 'act' | 'operationId'>,
  { total, unchanged, refused }: Tallies,
): Promise<void> {
  await sql`
    insert into bulk_run (company_id, id, object, act, changes, keeps_credit, rows_total, changed_count, unchanged_count,
      refused_count, operation_id, created_by, language, state, started_at, finished_at)
    values (${company.id}, ${run.id}, ${run.object}, ${run.act}, '{}'::jsonb, false, ${total},
      ${total - unchanged - refused.length}, ${unchanged}, ${refused.length}, ${run.operationId}, ${actor.personId},
      ${language}, 'done', now(), now())`.execute(tx)
  const known = refused.filter(({ id }) => isId(id ?? '')).map(({ id, faults }) => ({ record_id: id, faults }))
  await sql`
    insert into bulk_row (company_id, bulk_id, record_id, faults)
    select ${company.id}, ${run.id}, r.record_id, r.faults
    from jsonb_to_recordset(${JSON.stringify(known)}::jsonb) as r(record_id uuid, faults jsonb)
    on conflict do nothing`.execute(tx)
}

const columns = sql`
  r.id, r.object, r.act, r.changes, r.keeps_credit as "keepsCredit", r.along, r.state, r.rows_total as "rowsTotal", r.changed_count as changed,
  r.unchanged_count as unchanged, r.refused_count as refused, r.operation_id as "operationId",
  r.created_by as "createdBy", p.name as "createdByName", r.language, r.created_at as "createdAt",
  r.finished_at as "finishedAt"`

/** People see their own; those who run the office see all of the company. */
function mine(ctx: Ctx): Sql {
  const seesAll = mayAct(ctx, oversee)
  return sql`(${seesAll} or r.created_by is not distinct from ${ctx.actor.personId})`
}

async function runsWhere(tx: Tx, ctx: Ctx, condition: Sql): Promise<readonly BulkRun[]> {
  const { rows } = await sql<BulkRun>`
    select ${columns} from bulk_run r left join person p on p.company_id = r.company_id and p.id = r.created_by
    where r.company_id = ${ctx.company.id} and ${mine(ctx)} and ${condition}`.execute(tx)
  return rows
}

export async function runById(tx: Tx, ctx: Ctx, id: string): Promise<BulkRun | undefined> {
  return (await runsWhere(tx, ctx, sql`r.id = ${id}`))[0]
}

/** The runs that these operations are, by operation. */
export async function runsOfOperations(
  tx: Tx,
  ctx: Ctx,
  operationIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const runs = await runsWhere(tx, ctx, sql`r.operation_id = any(${operationIds}::uuid[])`)
  return new Map(runs.map(({ operationId, id }) => [operationId, id]))
}

export function newestRuns(tx: Tx, ctx: Ctx): Promise<readonly BulkRun[]> {
  return runsWhere(tx, ctx, sql`true order by r.created_at desc, r.id desc limit 20`)
}

/** Locks the run for this transaction and answers where it stands now. */
export async function lockRun(tx: Tx, ctx: Ctx, id: string): Promise<Pick<BulkRun, 'state' | 'along'> | undefined> {
  const { rows } = await sql<Pick<BulkRun, 'state' | 'along'>>`
    select state, along from bulk_run where company_id = ${ctx.company.id} and id = ${id} for update`.execute(tx)
  return rows[0]
}

/** Writes how many may still go along with what is deleted. */
export async function noteAlong(tx: Tx, ctx: Ctx, id: string, along: ReadonlyMap<string, number>): Promise<void> {
  await sql`
    update bulk_run set along = ${JSON.stringify(Object.fromEntries(along))}::jsonb
    where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
}

/** Of these records those that the operation has deleted before, with another one that they are a part of. */
export async function goneWith(
  tx: Tx,
  ctx: Ctx,
  { object, operationId }: Pick<BulkRun, 'object' | 'operationId'>,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select record_id as id from audit_entry
    where company_id = ${ctx.company.id} and object = ${object} and record_id = any(${ids}::uuid[])
      and operation_id = ${operationId} and action = 'deleted'`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

/** The next records that are not dealt with. */
export async function nextRows(tx: Tx, ctx: Ctx, id: string, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select record_id as id from bulk_row
    where company_id = ${ctx.company.id} and bulk_id = ${id} and faults is null order by record_id limit ${limit}`.execute(
    tx,
  )
  return rows.map((row) => row.id)
}

/** What became of a portion. */
export interface Outcome {
  readonly changed: readonly string[]
  readonly unchanged: readonly string[]
  readonly refused: ReadonlyMap<string, readonly FieldFault[]>
}

/** Writes down what became of a portion, with the changes themselves: nothing is done twice or forgotten. */
export async function noteOutcome(tx: Tx, ctx: Ctx, id: string, outcome: Outcome): Promise<void> {
  const { changed, unchanged, refused } = outcome
  await sql`
    delete from bulk_row
    where company_id = ${ctx.company.id} and bulk_id = ${id} and record_id = any(${[...changed, ...unchanged]}::uuid[])`.execute(
    tx,
  )
  const faults = [...refused].map(([record_id, found]) => ({ record_id, faults: found }))
  await sql`
    update bulk_row b set faults = r.faults
    from jsonb_to_recordset(${JSON.stringify(faults)}::jsonb) as r(record_id uuid, faults jsonb)
    where b.company_id = ${ctx.company.id} and b.bulk_id = ${id} and b.record_id = r.record_id`.execute(tx)
  await sql`
    update bulk_run set state = 'running', started_at = coalesce(started_at, now()),
      changed_count = changed_count + ${changed.length}, unchanged_count = unchanged_count + ${unchanged.length},
      refused_count = refused_count + ${refused.size}
    where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
}

/** Ends a run that has not ended, and forgets the records that it did not come to; false when it had ended. */
export async function endRun(tx: Tx, ctx: Ctx, id: string, state: 'done' | 'cancelled' | 'failed'): Promise<boolean> {
  const { rows } = await sql`
    update bulk_run set state = ${state}, finished_at = now()
    where company_id = ${ctx.company.id} and id = ${id} and state in ('queued', 'running') returning id`.execute(tx)
  if (rows.length === 0) return false
  await sql`
    delete from bulk_row where company_id = ${ctx.company.id} and bulk_id = ${id} and faults is null`.execute(tx)
  return true
}

export interface RefusedRow {
  readonly recordId: string
  readonly faults: readonly FieldFault[]
}

/** Records that were refused, by their ids; from the first, or those after one. */
export async function refusedRows(
  tx: Tx,
  ctx: Ctx,
  id: string,
  { after = null, limit }: { readonly after?: string | null | undefined; readonly limit: number },
): Promise<readonly RefusedRow[]> {
  const { rows } = await sql<RefusedRow>`
    select record_id as "recordId", faults from bulk_row
    where company_id = ${ctx.company.id} and bulk_id = ${id} and faults is not null
      and (${after}::uuid is null or record_id > ${after}) order by record_id limit ${limit}`.execute(tx)
  return rows
}

/** Runs that have not ended. */
export async function unfinishedRuns(tx: Tx, ctx: Ctx): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from bulk_run where company_id = ${ctx.company.id} and state in ('queued', 'running')`.execute(tx)
  return rows.map((row) => row.id)
}
