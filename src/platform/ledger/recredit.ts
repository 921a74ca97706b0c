import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import { isLostConnection } from '#platform/db/lost-connection.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { stopIfHalted } from '#platform/jobs/halt.ts'
import { enqueueJobOnce, registerJob } from '#platform/jobs/jobs.ts'
import { lockFirsts } from './firsts.ts'
import {
  advance,
  countRecords,
  insertRun,
  joinWaiting,
  lockRun,
  markFailed,
  markRunning,
  recordsAfter,
  recreditSums,
  removeRun,
  runsIn,
  saveTotal,
  type Moved,
} from './recredit-store.ts'
import { rewriteRows } from './refresh.ts'

const task = 'ledger.recredit'
const options = { kind: task }

/** Puts crediting anew into the queue's hands. Called once when the app is put together. */
export function registerRecrediting(): void {
  registerJob(task, (ctx, payload) => runRecredit(ctx, String(payload['runId'])))
}

/**
 * Asks that the results of people whose assignments changed be credited anew, from that day on (stock metrics: whatever
 * was still open then), once this step is committed. Moves that come at once become one run. Answers its key.
 */
export async function askToRecredit(step: Step, moved: Moved): Promise<string> {
  const waiting = await joinWaiting(step, moved)
  if (waiting !== undefined) return waiting
  const id = await insertRun(step, moved)
  await enqueue(step, id)
  return id
}

async function enqueue(step: Step, runId: string): Promise<void> {
  await enqueueJobOnce(step, task, { runId }, `${task}:${runId}`)
}

export interface RecreditWatch {
  /** Records per transaction: small enough that saves of the same records hardly wait. */
  readonly portion?: number
  /** Called at the end of each portion, before it is committed. */
  onPortion?(): Promise<void>
}

/**
 * Works a run off in portions, or on from where it was interrupted: how far it is stands in the transaction of the
 * records. Records saved meanwhile are right already, and stay so. What no later try mends leaves the run as failed.
 */
export async function runRecredit(ctx: Ctx, id: string, watch: RecreditWatch = {}): Promise<void> {
  try {
    await begin(ctx, id)
    while (await inStep(ctx, (step) => creditPortion(step, id, watch), options)) stopIfHalted()
  } catch (error) {
    if (isLostConnection(error)) throw error
    ctx.log.error({ err: error, runId: id }, 'crediting anew failed')
    await inStep(ctx, (step) => markFailed(step, id), options)
  }
}

async function begin(ctx: Ctx, id: string): Promise<void> {
  const run = await inStep(ctx, async (step) => {
    const found = await lockRun(step, id)
    if (found?.state === 'queued') await markRunning(step, id)
    return found
  })
  if (!run || run.state === 'failed' || run.total !== null) return
  const total = await inView(ctx, (tx) => countRecords(tx, ctx, run))
  await inStep(ctx, (step) => saveTotal(step, id, total))
}

/** Answers whether there may be more. */
async function creditPortion(step: Step, id: string, { portion = 500, onPortion }: RecreditWatch): Promise<boolean> {
  const run = await lockRun(step, id)
  if (run?.state !== 'running') return false
  const records = await recordsAfter(step, run, portion)
  for (const [object, group] of Map.groupBy(records, (record) => record.object)) {
    await rewriteLocked(
      step,
      object,
      group.map((record) => record.id),
    )
  }
  const last = records.length === portion ? records.at(-1)?.id : undefined
  if (last === undefined) await removeRun(step, id)
  else await advance(step, id, { count: records.length, last })
  await onPortion?.()
  return last !== undefined
}

/** Whoever changes one of these records meanwhile waits, or is waited for: rows written twice would collide. */
export async function rewriteLocked(step: Step, object: string, ids: readonly string[]): Promise<void> {
  await sql`
    select 1 from ${sql.table(step.ctx.company.wholeCatalogue.get(object).table)}
    where company_id = ${step.ctx.company.id} and id = any(${ids}::uuid[]) order by id for update`.execute(step.tx)
  await lockFirsts(step, object, ids)
  await rewriteRows(step, object, ids)
}

/** Lets the failed runs of the company go on from where they stopped. */
export async function retryRecrediting(ctx: Ctx): Promise<void> {
  await inStep(ctx, async (step) => {
    for (const id of await runsIn(step, ['failed'])) {
      await markRunning(step, id)
      await enqueue(step, id)
    }
  })
}

/** Puts runs that a stopped process left unfinished back into the queue. Called when the server starts. */
export async function resumeRecrediting(ctx: Ctx): Promise<void> {
  await inStep(ctx, async (step) => {
    for (const id of await runsIn(step, ['queued', 'running'])) await enqueue(step, id)
  })
}

/** How far crediting anew is; null where nothing is under way, or nothing failed. */
export interface RecreditProgress {
  readonly underWay: RecreditShare | null
  readonly failed: (RecreditShare & { readonly at: Date }) | null
}

interface RecreditShare {
  /** Part of the records that is done, 0–1; null while they are not counted. */
  readonly share: number | null
}

export async function recreditProgress(ctx: Ctx): Promise<RecreditProgress> {
  const sums = await inView(ctx, (tx) => recreditSums(tx, ctx))
  const open = sums.filter((one) => one.state !== 'failed')
  const failed = sums.find((one) => one.state === 'failed')
  return {
    underWay: open.length === 0 ? null : { share: shareOf(open) },
    failed: failed?.failedAt ? { share: shareOf([failed]), at: failed.failedAt } : null,
  }
}

function shareOf(sums: readonly { readonly done: number; readonly total: number | null }[]): number | null {
  const total = sums.reduce((sum, one) => sum + (one.total ?? 0), 0)
  const done = sums.reduce((sum, one) => sum + one.done, 0)
  // Records that were removed meanwhile were counted, those that came meanwhile were not.
  return total === 0 ? null : Math.min(done / total, 1)
}
