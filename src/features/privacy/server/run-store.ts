import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import type { PersonalRun } from '../contract.ts'

export type Run = PersonalRun & {
  readonly reason: string | null
  readonly operationId: string
  readonly createdById: string | null
  readonly fileId: string | null
}

/** Days until the archive of an export is forgotten, like any file that nothing needs. */
const daysKept = 1

const columns = sql`
  r.id, r.act, r.object, r.record_id as "recordId", r.state, r.parts_done as "partsDone",
  r.parts_total as "partsTotal", r.counts, r.created_at as "createdAt", p.name as "createdBy",
  r.created_by as "createdById", r.finished_at as "finishedAt", r.reason, r.operation_id as "operationId",
  case when f.id is not null then r.file_id end as "fileId",
  case when f.id is not null then f.created_at + make_interval(days => ${sql.lit(daysKept)}) end as "expiresAt"`
const from = sql`personal_run r
  left join person p on p.company_id = r.company_id and p.id = r.created_by
  left join stored_file f on f.company_id = r.company_id and f.id = r.file_id
    and f.created_at > now() - make_interval(days => ${sql.lit(daysKept)})`

export async function runById(tx: Tx, ctx: Ctx, id: string): Promise<Run | undefined> {
  const { rows } = await sql<Run>`
    select ${columns} from ${from} where r.company_id = ${ctx.company.id} and r.id = ${id}`.execute(tx)
  return rows[0]
}

export async function runsOf(tx: Tx, ctx: Ctx, object: string, recordId: string): Promise<Run[]> {
  const { rows } = await sql<Run>`
    select ${columns} from ${from}
    where r.company_id = ${ctx.company.id} and r.object = ${object} and r.record_id = ${recordId}
    order by r.id desc limit 20`.execute(tx)
  return rows
}

export async function insertRun(
  tx: Tx,
  ctx: Ctx,
  run: Pick<Run, 'id' | 'act' | 'object' | 'recordId' | 'reason' | 'operationId' | 'partsTotal'>,
): Promise<void> {
  await sql`
    insert into personal_run (company_id, id, act, object, record_id, reason, parts_total, operation_id, created_by)
    values (${ctx.company.id}, ${run.id}, ${run.act}, ${run.object}, ${run.recordId}, ${run.reason}, ${run.partsTotal},
      ${run.operationId}, ${ctx.actor.personId})`.execute(tx)
}

export async function markParts(tx: Tx, ctx: Ctx, id: string, done: number): Promise<void> {
  await sql`
    update personal_run set state = 'running', parts_done = ${done}
    where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
}

/** The reason stays with the operation alone, where an erasure finds it. */
export async function endRun(
  tx: Tx,
  ctx: Ctx,
  id: string,
  end: { readonly state: 'done' | 'failed'; readonly counts?: object; readonly fileId?: string },
): Promise<void> {
  await sql`
    update personal_run set state = ${end.state}, counts = ${JSON.stringify(end.counts ?? {})}::jsonb,
      file_id = ${end.fileId ?? null}, reason = null, finished_at = now()
    where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
}
