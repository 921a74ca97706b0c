import { sql } from 'kysely'
import { oversee } from '#engine/contract/oversight.ts'
import { mayAct } from '#platform/records/scope.ts'
import type { FieldFault } from '#base/errors.ts'
import type { Language } from '#base/label.ts'
import type { ImportNote } from '#engine/transfer/opened-file.ts'
import { mappingSchema, type Mapping } from '#engine/transfer/mapping.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Tx } from '#platform/db/step.ts'
import { undosOf, type Undo } from '#platform/records/undo-store.ts'
import type { FollowUp } from './target.ts'

export type ImportState = 'queued' | 'running' | 'done' | 'cancelled' | 'failed'

/** Why an import ended as a whole: a code, its words in both languages and their parameters. */
export interface ImportProblem {
  readonly code: string
  readonly label: { readonly zh: string; readonly en: string }
  readonly params: Readonly<Record<string, string | number>>
  readonly faults?: readonly FieldFault[]
}

/** One run of an import and how far it is. */
export interface ImportRun {
  readonly id: string
  readonly setId: string
  readonly setName: string | null
  readonly position: number
  /** Null once the file is no longer kept. */
  readonly fileId: string | null
  readonly fileName: string
  readonly object: string
  readonly mapping: Mapping
  readonly isDry: boolean
  readonly state: ImportState
  readonly rowsTotal: number | null
  readonly rowsRead: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly rejected: number
  readonly skipped: number
  readonly notes: readonly ImportNote[]
  readonly operationId: string
  readonly problem: ImportProblem | null
  readonly createdBy: string | null
  readonly createdByName: string | null
  readonly language: Language
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
  readonly undo: Undo | null
}

interface NewRun {
  readonly setId: string
  readonly setName?: string | undefined
  readonly position: number
  readonly fileId: string
  readonly mapping: Mapping
  readonly isDry: boolean
}

/** Answers the key of the new run; undefined if the file is gone meanwhile. */
export async function insertRun(tx: Tx, ctx: Ctx, run: NewRun): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into import_run (company_id, id, set_id, set_name, position, file_id, file_name, object, mapping, is_dry,
      operation_id, created_by, language)
    select ${ctx.company.id}, ${newId()}, ${run.setId}, ${run.setName ?? null}, ${run.position}, f.id, f.name,
      ${run.mapping.object}, ${JSON.stringify(run.mapping)}::jsonb, ${run.isDry}, ${newId()}, ${ctx.actor.personId},
      ${ctx.language}
    from stored_file f where f.company_id = ${ctx.company.id} and f.id = ${run.fileId} for key share
    returning id`.execute(tx)
  return rows[0]?.id
}

const columns = sql`
  r.id, r.set_id as "setId", r.set_name as "setName", r.position, r.file_id as "fileId", r.file_name as "fileName", r.object,
  r.mapping, r.is_dry as "isDry", r.state, r.rows_total as "rowsTotal", r.rows_read as "rowsRead",
  r.created_count as created, r.updated_count as updated, r.unchanged_count as unchanged, r.rejected_count as rejected,
  r.skipped_count as skipped, r.notes, r.operation_id as "operationId", r.problem, r.created_by as "createdBy",
  p.name as "createdByName", r.language, r.created_at as "createdAt", r.started_at as "startedAt", r.finished_at as "finishedAt"`

/** People see their own imports; those who run the office see all of the company. */
function mine(ctx: Ctx) {
  const seesAll = mayAct(ctx, oversee)
  return sql`(${seesAll} or r.created_by is not distinct from ${ctx.actor.personId})`
}

async function runsWhere(tx: Tx, ctx: Ctx, condition: ReturnType<typeof sql>): Promise<readonly ImportRun[]> {
  const { rows } = await sql<ImportRun & { mapping: unknown }>`
    select ${columns} from import_run r
    left join person p on p.company_id = r.company_id and p.id = r.created_by
    where r.company_id = ${ctx.company.id} and ${mine(ctx)} and ${condition}`.execute(tx)
  const undos = new Map(
    (
      await undosOf(
        tx,
        ctx,
        rows.map(({ operationId }) => operationId),
      )
    ).map((undo) => [undo.operationId, undo]),
  )
  return rows.map((row) => ({
    ...row,
    mapping: mappingSchema.parse(row.mapping),
    undo: undos.get(row.operationId) ?? null,
  }))
}

export async function runById(tx: Tx, ctx: Ctx, id: string): Promise<ImportRun | undefined> {
  return (await runsWhere(tx, ctx, sql`r.id = ${id}`))[0]
}

export function runsOfSet(tx: Tx, ctx: Ctx, setId: string): Promise<readonly ImportRun[]> {
  return runsWhere(tx, ctx, sql`r.set_id = ${setId} order by r.position`)
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

export function newestRuns(tx: Tx, ctx: Ctx): Promise<readonly ImportRun[]> {
  return runsWhere(tx, ctx, sql`true order by r.created_at desc, r.id desc limit 50`)
}

/** Locks the run for this transaction and answers where it stands now. */
export async function lockRun(
  tx: Tx,
  ctx: Ctx,
  id: string,
): Promise<{ state: ImportState; rowsRead: number } | undefined> {
  const { rows } = await sql<{ state: ImportState; rowsRead: number }>`
    select state, rows_read as "rowsRead" from import_run
    where company_id = ${ctx.company.id} and id = ${id} for update`.execute(tx)
  return rows[0]
}

export async function markStarted(
  tx: Tx,
  ctx: Ctx,
  id: string,
  { rowsTotal, notes }: { readonly rowsTotal: number; readonly notes: readonly ImportNote[] },
): Promise<void> {
  await sql`
    update import_run set state = 'running', rows_total = ${rowsTotal}, notes = ${withoutNul(notes)}::jsonb, started_at = coalesce(started_at, now())
    where company_id = ${ctx.company.id} and id = ${id} and state in ('queued', 'running')`.execute(tx)
}

export async function markEnded(
  tx: Tx,
  ctx: Ctx,
  id: string,
  state: 'done' | 'cancelled' | 'failed',
  problem: ImportProblem | null = null,
): Promise<void> {
  await sql`
    update import_run set state = ${state}, finished_at = now(), problem = ${problem === null ? null : JSON.stringify(problem)}::jsonb
    where company_id = ${ctx.company.id} and id = ${id} and state in ('queued', 'running')`.execute(tx)
}

/** What one portion of rows came to. */
export interface Tally {
  readonly read: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly rejected: number
  readonly skipped: number
}

export async function addTally(tx: Tx, ctx: Ctx, id: string, tally: Tally): Promise<void> {
  await sql`
    update import_run set rows_read = rows_read + ${tally.read}, created_count = created_count + ${tally.created},
      updated_count = updated_count + ${tally.updated}, unchanged_count = unchanged_count + ${tally.unchanged},
      rejected_count = rejected_count + ${tally.rejected}, skipped_count = skipped_count + ${tally.skipped}
    where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
}

/** A row that was refused, or kept without one of its fields. */
export interface Reject {
  readonly line: number
  readonly cells: readonly string[]
  readonly faults: readonly FieldFault[]
  readonly isKept?: boolean
}

export async function addRejects(
  tx: Tx,
  ctx: Ctx,
  importId: string,
  rejects: readonly Reject[],
  part = 0,
): Promise<void> {
  if (rejects.length === 0) return
  const rows = rejects.map(({ line, cells, faults, isKept = false }) => ({ line, cells, faults, is_kept: isKept }))
  await sql`
    insert into import_reject (company_id, import_id, line, part, cells, faults, is_kept)
    select ${ctx.company.id}, ${importId}, r.line, ${part}, r.cells, r.faults, r.is_kept
    from jsonb_to_recordset(${withoutNul(rows)}::jsonb) as r(line int, cells jsonb, faults jsonb, is_kept boolean)
    on conflict do nothing`.execute(tx)
}

/** Refused rows in the order of the file, a page at a time. */
export async function rejectsAfter(tx: Tx, ctx: Ctx, importId: string, line: number, part: number) {
  const { rows } = await sql<Reject & { part: number; isKept: boolean }>`
    select line, part, cells, faults, is_kept as "isKept" from import_reject
    where company_id = ${ctx.company.id} and import_id = ${importId} and (line, part) > (${line}, ${part})
    order by line, part limit 1000`.execute(tx)
  return rows
}

/** A reference that waits for a later row, with the row it stands in. */
export interface Waiting extends FollowUp {
  readonly line: number
  readonly cells: readonly string[]
}

export async function addWaiting(tx: Tx, ctx: Ctx, importId: string, items: readonly Waiting[]): Promise<void> {
  if (items.length === 0) return
  const rows = items.map((item) => ({ ...item, record_id: item.recordId }))
  await sql`
    insert into import_postponed (company_id, import_id, line, field, record_id, written, cells)
    select ${ctx.company.id}, ${importId}, w.line, w.field, w.record_id, w.written, w.cells
    from jsonb_to_recordset(${withoutNul(rows)}::jsonb)
      as w(line int, field text, record_id uuid, written text, cells jsonb)
    on conflict do nothing`.execute(tx)
}

/** Takes a portion of what waits; gone once the transaction is committed. */
export async function takeWaiting(tx: Tx, ctx: Ctx, importId: string): Promise<readonly Waiting[]> {
  const { rows } = await sql<Waiting>`
    delete from import_postponed where company_id = ${ctx.company.id} and import_id = ${importId}
      and (line, field) in (
        select line, field from import_postponed
        where company_id = ${ctx.company.id} and import_id = ${importId} order by line, field limit 1000)
    returning line, field, record_id as "recordId", written, cells`.execute(tx)
  return rows.toSorted((left, right) => left.line - right.line)
}

/** Asks every run of the set to stop that has not ended. */
export async function cancelSet(tx: Tx, ctx: Ctx, setId: string): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update import_run set state = 'cancelled', finished_at = now()
    where company_id = ${ctx.company.id} and set_id = ${setId} and state in ('queued', 'running') returning id`.execute(
    tx,
  )
  return rows.length
}

/** Sets with files that have not ended. */
export async function unfinishedSets(tx: Tx, ctx: Ctx): Promise<readonly string[]> {
  const { rows } = await sql<{ setId: string }>`
    select distinct set_id as "setId" from import_run
    where company_id = ${ctx.company.id} and state in ('queued', 'running')`.execute(tx)
  return rows.map((row) => row.setId)
}

/** The columns that the newest imports of an object used: what the next file of that kind is proposed. */
export async function rememberedColumns(tx: Tx, ctx: Ctx, object: string): Promise<Mapping['columns']> {
  const { rows } = await sql<{ columns: Mapping['columns'] }>`
    select mapping -> 'columns' as columns from import_run
    where company_id = ${ctx.company.id} and object = ${object} and state = 'done'
    order by created_at desc limit 20`.execute(tx)
  return Object.assign({}, ...rows.toReversed().map((row) => row.columns)) as Mapping['columns']
}

/** PostgreSQL keeps no NUL character in text. */
function withoutNul(rows: unknown): string {
  return JSON.stringify(rows).replaceAll('\\u0000', '')
}

/** Lets runs that ended before go on without their files and refused rows. */
export async function forgetEndedRuns(tx: Tx, ctx: Ctx, before: Date): Promise<void> {
  const company = ctx.company.id
  await sql`
    with ended as (
      update import_run set file_id = null
      where company_id = ${company} and file_id is not null and finished_at < ${before}
      returning id
    ), refused as (
      delete from import_reject where company_id = ${company} and import_id in (select id from ended)
    )
    delete from import_postponed where company_id = ${company} and import_id in (select id from ended)`.execute(tx)
}

/** Drops files from before that no run needs: those never started with, and those whose runs have let go of them. */
export async function forgetUnusedFiles(tx: Tx, ctx: Ctx, before: Date): Promise<void> {
  await sql`
    delete from stored_file f where f.company_id = ${ctx.company.id} and f.created_at < ${before}
      and not exists (select from import_run r where r.company_id = f.company_id and r.file_id = f.id)`.execute(tx)
}
