import { sql } from 'kysely'
import { readValues } from '#engine/model/validate.ts'
import type { ObjectType, RecordValues } from '#engine/model/object-type.ts'
import type { Filter } from '#engine/query/filter.ts'
import { sourceOf, toSql, type Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId, newId } from '#platform/db/new-id.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { contextOfPerson } from '#platform/db/system.ts'
import { enqueueJobOnce, registerJob, type JobPayload } from '#platform/jobs/jobs.ts'
import { registerProgress } from '#platform/live/index.ts'
import { lookBelow, type BeforeDeleting } from '#platform/records/children.ts'
import { recordErrors } from '#platform/records/errors.ts'
import { registerRuns } from '#platform/records/operations.ts'
import { checkedFilter } from '#platform/records/read.ts'
import { askerOf, objectFor } from '#platform/records/scope.ts'
import { scopeOf } from '#platform/records/sight.ts'
import { askToUndo } from '#platform/records/undo-operation.ts'
import { endRun, insertRun, newestRuns, runById, runsOfOperations, unfinishedRuns, type BulkRun } from './bulk-store.ts'
import { bulkErrors, mostRows } from './errors.ts'
import { runBulk } from './run-bulk.ts'
import { registerBulkNotices, tellBulkEnded } from './tell-ended.ts'

const task = 'records.bulk'

/** Puts bulk edits into the queue's hands. Called once when the app is put together. */
export function registerBulk(): void {
  registerJob(task, bulkInBackground)
  registerRuns({ kind: 'bulk', find: runsOfOperations, undo: undoBulk })
  registerBulkNotices()
  registerProgress('bulk', async (ctx, id) => {
    const run = await inView(ctx, (tx) => runById(tx, ctx, id))
    return run && { state: run.state, done: run.changed + run.unchanged + run.refused, total: run.rowsTotal }
  })
}

/** Which records, and what is done with all of them: set to values, or put into the recycle bin. */
export interface BulkRequest {
  readonly object: string
  readonly which: { readonly filter: Filter } | { readonly ids: readonly string[] }
  readonly act: BulkAct
}

/**
 * `keepsCredit`: of records that change hands, results that were made stay credited to who made them. `along`: how many of
 * each object, as the actor was shown, go with those deleted, because they are a part of them.
 */
type BulkAct =
  | { readonly values: RecordValues; readonly keepsCredit?: boolean }
  | { readonly delete: true; readonly along?: Readonly<Record<string, number>> | undefined }

/**
 * Fixes which records are meant, as the actor sees them now, and changes them in the background as one operation with
 * the rights that the actor has then. Values that no record could take are refused at once.
 */
export async function startBulk(ctx: Ctx, request: BulkRequest): Promise<BulkRun> {
  const { id } = await prepareBulk(ctx, request, (step, runId) => enqueueBulk(step, runId))
  return showBulk(ctx, id)
}

/** The same without a job: the caller runs it. */
export async function prepareBulk(
  ctx: Ctx,
  { object: key, which, act }: BulkRequest,
  then: (step: Step, id: string) => Promise<void> = async () => undefined,
): Promise<{ readonly id: string }> {
  const isDeletion = 'delete' in act
  const object = objectFor(ctx, key, isDeletion ? 'delete' : 'update')
  const changes = isDeletion ? {} : act.values
  if (!isDeletion) refuseValues(object, changes)
  const ids = await idsOf(ctx, object, which)
  const run = {
    id: newId(),
    object: key,
    ...(isDeletion
      ? { act: 'delete' as const, keepsCredit: false, along: act.along ?? null }
      : { act: 'update' as const, keepsCredit: act.keepsCredit ?? false, along: null }),
    changes,
  }
  return inStep(ctx, async (step) => {
    const total = await insertRun(step.tx, ctx, { ...run, operationId: newId() }, ids)
    if (total === 0) throw bulkErrors.BULK_NOTHING({}, [{ field: 'ids', code: 'none', label: nothing }])
    if (total > mostRows) {
      throw bulkErrors.BULK_TOO_MANY({ most: mostRows }, [{ field: 'filter', code: 'many', label: tooMany }])
    }
    await then(step, run.id)
    return { id: run.id }
  })
}

const nothing = { zh: '没有符合的记录', en: 'No record matches' }
const tooMany = { zh: '符合的记录太多', en: 'Too many records match' }

function refuseValues(object: ObjectType, values: RecordValues): void {
  const { faults } = readValues(object, values, { partial: true })
  const none = { field: 'values', code: 'none', label: { zh: '请选择要修改的字段', en: 'Choose a field to change' } }
  const found = Object.keys(values).length === 0 ? [none] : faults
  if (found.length > 0) throw recordErrors.RECORD_INVALID({}, found)
}

async function idsOf(ctx: Ctx, object: ObjectType, which: BulkRequest['which']): Promise<Sql> {
  const filter = checkedFilter(ctx, object, 'filter' in which ? which.filter : undefined)
  const source = sourceOf(object, await askerOf(ctx, filter))
  const condition = 'ids' in which ? sql`t.id = any(${which.ids}::uuid[])` : toSql(filter, source)
  return sql`
    select t.id from ${source.from()}
    where t.company_id = ${ctx.company.id} and t.deleted_at is null and ${await scopeOf(ctx, object)} and ${condition}
    limit ${mostRows + 1}`
}

/** Whoever asks waits for the answer: so many are counted before it says "more than these". */
const mostCounted = 20_000

interface BeforeDeletingMany extends BeforeDeleting {
  /** More than so many are a part of them, and were not counted; null: these are all. */
  readonly moreThan: number | null
}

/** What would go into the recycle bin with the records that are meant, and what stands against some of them. */
export async function beforeDeletingMany(
  ctx: Ctx,
  { object: key, which }: Pick<BulkRequest, 'object' | 'which'>,
  most = mostCounted,
): Promise<BeforeDeletingMany> {
  const object = objectFor(ctx, key, 'delete')
  const meant = await idsOf(ctx, object, which)
  return inView(ctx, async (tx) => {
    const { rows } = await sql<{ id: string }>`${meant}`.execute(tx)
    const below = await lookBelow(tx, ctx, { object, ids: rows.map(({ id }) => id) }, most)
    return below ? { ...below, moreThan: null } : { children: [], keptBy: [], moreThan: most }
  })
}

/** A bulk edit as it stands now; people see their own, the office everybody's. */
export async function showBulk(ctx: Ctx, id: string): Promise<BulkRun> {
  const run = isId(id) ? await inView(ctx, (tx) => runById(tx, ctx, id)) : undefined
  if (!run) throw bulkErrors.BULK_NOT_FOUND()
  return run
}

/** The newest bulk edits that the actor may see. */
export function listBulk(ctx: Ctx): Promise<readonly BulkRun[]> {
  return inView(ctx, (tx) => newestRuns(tx, ctx))
}

/** Stops a bulk edit; records already changed stay so, and can be undone. */
export async function cancelBulk(ctx: Ctx, id: string): Promise<BulkRun> {
  const run = await showBulk(ctx, id)
  const isStopped = await inStep(ctx, ({ tx }) => endRun(tx, ctx, run.id, 'cancelled'))
  if (!isStopped) throw bulkErrors.BULK_NOT_RUNNING()
  return showBulk(ctx, id)
}

/** Begins to undo a whole bulk edit that has ended. */
export async function undoBulk(ctx: Ctx, id: string): Promise<BulkRun> {
  const run = await showBulk(ctx, id)
  if (run.finishedAt === null) throw bulkErrors.BULK_RUNNING()
  await askToUndo(ctx, run.operationId)
  return run
}

/** Puts bulk edits that a stopped process left unfinished back into the queue. Called when the server starts. */
export async function resumeBulk(ctx: Ctx): Promise<void> {
  await inStep(ctx, async (step) => {
    for (const id of await unfinishedRuns(step.tx, ctx)) await enqueueBulk(step, id)
  })
}

function enqueueBulk(step: Step, id: string): Promise<void> {
  return enqueueJobOnce(step, task, { id }, `${task}:${id}`)
}

async function bulkInBackground(system: Ctx, payload: JobPayload): Promise<void> {
  const run = await inView(system, (tx) => runById(tx, system, String(payload['id'])))
  if (!run) return
  const ctx = run.createdBy === null ? system : await contextOfPerson(system, run.createdBy)
  if (ctx) await tellBulkEnded(system, await runBulk({ ...ctx, language: run.language }, run.id))
  // Who asked has left: nothing is changed in their name any more.
  else await inStep(system, ({ tx }) => endRun(tx, system, run.id, 'cancelled'))
}
