import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId } from '#platform/db/new-id.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { recordErrors } from './errors.ts'
import { skippedByUndo, type SkippedRecord } from './skipped.ts'
import { undosOf, type Undo } from './undo-store.ts'

/** Operations over many records that somebody started, keeps an eye on and may undo whole. */
export interface Runs {
  /** `bulk`, `import` or `merge`, as the history tells it. */
  readonly kind: string
  /** The runs that the actor may see, of these operations, by operation. */
  find(tx: Tx, ctx: Ctx, operationIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Begins to undo a run that the actor may see; throws where that cannot be. */
  undo(ctx: Ctx, runId: string): Promise<unknown>
}

const kinds = new Map<string, Runs>()

/** Called when the app is put together: whose operations the history of a record may lead to. */
export function registerRuns(runs: Runs): void {
  kinds.set(runs.kind, runs)
}

/** A run that an operation belongs to. */
export interface RunOf {
  readonly kind: string
  readonly id: string
}

/** The runs behind operations, as far as the actor may see them. */
export async function runsOf(tx: Tx, ctx: Ctx, operationIds: readonly string[]): Promise<ReadonlyMap<string, RunOf>> {
  const found = new Map<string, RunOf>()
  if (operationIds.length === 0) return found
  for (const runs of kinds.values()) {
    for (const [operation, id] of await runs.find(tx, ctx, operationIds)) found.set(operation, { kind: runs.kind, id })
  }
  return found
}

export interface Operation {
  readonly id: string
  readonly run: RunOf
  readonly at: Date
  readonly personName: string | null
  /** Records that it changed. */
  readonly records: number
  readonly undo: Undo | null
}

/** An operation over many records, as its own runs show it to the actor. */
export async function showOperation(ctx: Ctx, id: string): Promise<Operation> {
  const operation = isId(id) ? await inView(ctx, (tx) => operationById(tx, ctx, id)) : undefined
  if (!operation) throw recordErrors.OPERATION_NOT_FOUND()
  return operation
}

async function operationById(tx: Tx, ctx: Ctx, id: string): Promise<Operation | undefined> {
  const run = (await runsOf(tx, ctx, [id])).get(id)
  if (!run) return undefined
  const { rows } = await sql<Pick<Operation, 'at' | 'personName'> & { records: string }>`
    select o.at, p.name as "personName", (
      select count(distinct (a.object, a.record_id)) from audit_entry a
      where a.company_id = o.company_id and a.operation_id = o.id) as records
    from operation o left join person p on p.company_id = o.company_id and p.id = o.person_id
    where o.company_id = ${ctx.company.id} and o.id = ${id}`.execute(tx)
  const [row] = rows
  const [undo] = await undosOf(tx, ctx, [id])
  return row && { ...row, id, run, records: Number(row.records), undo: undo ?? null }
}

/**
 * How far its undo has come, for whoever watches it closely: the records of the operation are not counted again. Once it
 * is over, with what it left as it is.
 */
export async function undoOfOperation(
  ctx: Ctx,
  id: string,
): Promise<{ readonly undo: Undo | undefined; readonly skipped: readonly SkippedRecord[] }> {
  await runOf(ctx, id)
  return inView(ctx, async (tx) => {
    const [undo] = await undosOf(tx, ctx, [id])
    const isOver = undo?.state === 'done' || undo?.state === 'failed'
    return { undo, skipped: isOver && undo.skipped > 0 ? await skippedByUndo(tx, ctx, id) : [] }
  })
}

async function runOf(ctx: Ctx, id: string): Promise<RunOf> {
  const run = isId(id) ? (await inView(ctx, (tx) => runsOf(tx, ctx, [id]))).get(id) : undefined
  if (!run) throw recordErrors.OPERATION_NOT_FOUND()
  return run
}

/** Begins to undo all that an operation changed, by the rules of its kind. */
export async function undoWholeOperation(ctx: Ctx, id: string): Promise<Operation> {
  const run = await runOf(ctx, id)
  await kinds.get(run.kind)?.undo(ctx, run.id)
  return showOperation(ctx, id)
}
