import { sql } from 'kysely'
import type { Label } from '#base/label.ts'
import type { WorkplaceBrand } from '#engine/contract/workplace.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import type { SyncChange, SyncCounts, SyncRun } from '../contract.ts'

export const nothing: SyncCounts = {
  departmentsRead: 0,
  peopleRead: 0,
  unitsAdded: 0,
  unitsRenamed: 0,
  unitsMoved: 0,
  unitsClosed: 0,
  peopleAdded: 0,
  peopleLinked: 0,
  peopleChanged: 0,
  peopleMoved: 0,
  peopleDeactivated: 0,
  failed: 0,
}

export interface KeptRun {
  readonly id: string
  readonly brand: WorkplaceBrand
  readonly isPreview: boolean
  readonly isConfirmed: boolean
  readonly askedBy: string | null
  readonly state: SyncRun['state']
  readonly counts: Partial<SyncCounts>
  readonly problem: string | null
  readonly detail: string | null
  readonly startedAt: Date
  readonly finishedAt: Date | null
}

const columns = sql`id, brand, is_preview as "isPreview", is_confirmed as "isConfirmed", asked_by as "askedBy", state,
  counts, problem, detail, started_at as "startedAt", finished_at as "finishedAt"`

const mostShown = 50

export async function newestRuns(tx: Tx, ctx: Ctx, brand: WorkplaceBrand): Promise<readonly KeptRun[]> {
  const { rows } = await sql<KeptRun>`
    select ${columns} from workplace_run where company_id = ${ctx.company.id} and brand = ${brand}
    order by started_at desc, id desc limit ${mostShown}`.execute(tx)
  return rows
}

export async function runById(tx: Tx, ctx: Ctx, id: string): Promise<KeptRun | undefined> {
  const { rows } = await sql<KeptRun>`
    select ${columns} from workplace_run where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
  return rows[0]
}

export async function openRun(tx: Tx, ctx: Ctx, brand: WorkplaceBrand): Promise<KeptRun | undefined> {
  const { rows } = await sql<KeptRun>`
    select ${columns} from workplace_run
    where company_id = ${ctx.company.id} and brand = ${brand} and state in ('queued', 'running')`.execute(tx)
  return rows[0]
}

export async function openRuns(tx: Tx, ctx: Ctx): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from workplace_run where company_id = ${ctx.company.id} and state in ('queued', 'running')`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Runs that show no life any more end, so that another can begin. */
export async function giveUpSilent({ tx, ctx }: Step, brand: WorkplaceBrand, minutes: number): Promise<void> {
  await sql`
    update workplace_run set state = 'failed', problem = 'interrupted', finished_at = ${ctx.now}
    where company_id = ${ctx.company.id} and brand = ${brand} and state in ('queued', 'running')
      and seen_at < now() - make_interval(mins => ${minutes})`.execute(tx)
}

/** False if one is under way. */
export async function insertRun(
  { tx, ctx }: Step,
  run: Pick<KeptRun, 'id' | 'brand' | 'isPreview' | 'isConfirmed'>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into workplace_run (company_id, id, brand, is_preview, is_confirmed, asked_by, counts, started_at)
    values (${ctx.company.id}, ${run.id}, ${run.brand}, ${run.isPreview}, ${run.isConfirmed}, ${ctx.actor.personId},
      ${JSON.stringify(nothing)}::jsonb, ${ctx.now})
    on conflict do nothing returning id`.execute(tx)
  return rows.length > 0
}

/** Whoever holds the run goes on with it; false where it has ended, whoever ended it. */
export async function holdRun({ tx, ctx }: Step, id: string): Promise<boolean> {
  const { rows } = await sql`
    update workplace_run set state = 'running', seen_at = now()
    where company_id = ${ctx.company.id} and id = ${id} and state in ('queued', 'running') returning id`.execute(tx)
  return rows.length > 0
}

export async function saveCounts({ tx, ctx }: Step, id: string, counts: SyncCounts): Promise<void> {
  await sql`
    update workplace_run set counts = ${JSON.stringify(counts)}::jsonb, seen_at = now()
    where company_id = ${ctx.company.id} and id = ${id} and state in ('queued', 'running')`.execute(tx)
}

export async function endRun(
  { tx, ctx }: Step,
  id: string,
  { state, problem, detail }: Pick<KeptRun, 'state' | 'problem' | 'detail'>,
): Promise<void> {
  await sql`
    update workplace_run set state = ${state}, problem = ${problem}, detail = ${detail}, finished_at = ${ctx.now}
    where company_id = ${ctx.company.id} and id = ${id} and state in ('queued', 'running')`.execute(tx)
}

export async function endOpenRuns(step: Step, brand: WorkplaceBrand, problem: string): Promise<void> {
  const open = await openRun(step.tx, step.ctx, brand)
  if (open) await endRun(step, open.id, { state: 'failed', problem, detail: null })
}

export async function dropRuns({ tx, ctx }: Step, before: Date): Promise<void> {
  await sql`
    delete from workplace_run
    where company_id = ${ctx.company.id} and started_at < ${before} and state not in ('queued', 'running')`.execute(tx)
}

export type Line = Omit<SyncChange, 'problem'> & { readonly problem: Label | null }

export async function insertLines(
  { tx, ctx }: Step,
  runId: string,
  first: number,
  lines: readonly Line[],
): Promise<void> {
  if (lines.length === 0) return
  const rows = lines.map((line, at) => ({
    ...line,
    number: first + at,
    unit_id: line.unitId,
    person_id: line.personId,
  }))
  await sql`
    insert into workplace_change (company_id, run_id, number, kind, name, unit_id, person_id, before, after, problem)
    select ${ctx.company.id}, ${runId}, l.number, l.kind, l.name, l.unit_id, l.person_id, l.before, l.after,
      nullif(l.problem, 'null'::jsonb)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as l(number int, kind text, name text, unit_id uuid,
      person_id uuid, before text, after text, problem jsonb)`.execute(tx)
}

/** A run that goes on after it broke off meets its failures again. Answers the number of its last line. */
export async function forgetFailures({ tx, ctx }: Step, runId: string): Promise<number> {
  await sql`
    delete from workplace_change
    where company_id = ${ctx.company.id} and run_id = ${runId} and problem is not null`.execute(tx)
  const { rows } = await sql<{ last: number }>`
    select coalesce(max(number), 0) as last from workplace_change
    where company_id = ${ctx.company.id} and run_id = ${runId}`.execute(tx)
  return rows[0]?.last ?? 0
}

export async function linesAfter(
  tx: Tx,
  ctx: Ctx,
  runId: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly (Line & { readonly number: number })[]> {
  const { rows } = await sql<Line & { number: number }>`
    select number, kind, name, unit_id as "unitId", person_id as "personId", before, after, problem
    from workplace_change where company_id = ${ctx.company.id} and run_id = ${runId} and number > ${after}
    order by number limit ${limit}`.execute(tx)
  return rows
}
