import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step } from '#platform/db/step.ts'

export type JobPayload = Readonly<Record<string, unknown>>
/** Does the work in the company that asked for it. Runs at least once: doing it twice must be as good as once. */
export type JobHandler = (ctx: Ctx, payload: JobPayload) => Promise<void>

const handlers = new Map<string, JobHandler>()
const daily = new Set<string>()
const everyMinute = new Map<string, (db: Db) => Promise<readonly string[]>>()

/** Called by rooms when the app is put together. */
export function registerJob(task: string, handler: JobHandler): void {
  handlers.set(task, handler)
}

/** The same for work that every company has once a day, without anybody asking: tidying up. */
export function registerDailyJob(task: string, handler: (ctx: Ctx) => Promise<void>): void {
  registerJob(task, handler)
  daily.add(task)
}

/** The same for work that is due every minute, in the companies that `dueIn` names by their keys. */
export function registerMinuteJob(
  task: string,
  handler: (ctx: Ctx) => Promise<void>,
  dueIn: (db: Db) => Promise<readonly string[]>,
): void {
  registerJob(task, handler)
  everyMinute.set(task, dueIn)
}

/** What is due every minute, and where. */
export function minuteJobs(): ReadonlyMap<string, (db: Db) => Promise<readonly string[]>> {
  return everyMinute
}

/** Asks for the daily work of the company of the step; asking twice before it begins is as good as once. */
export async function enqueueDailyJobs(step: Step): Promise<void> {
  for (const task of daily) await enqueueJob(step, task, {}, task)
}

export function allJobs(): ReadonlyMap<string, JobHandler> {
  return handlers
}

/**
 * Asks for work in the transaction of the change: it begins once that is committed, and never if it is not. Jobs of
 * one key that have not begun yet are one job.
 */
export async function enqueueJob(step: Step, task: string, payload: JobPayload, key?: string): Promise<void> {
  if (!handlers.has(task)) throw new Error(`no job is registered as ${task}`)
  await sql`select enqueue_job(${task}, ${JSON.stringify(payload)}::json, ${key ?? null})`.execute(step.tx)
}

/**
 * The same for work that is done once, however often it is asked for: while somebody has the job of the key in hand,
 * nothing is added. Either their process lives, or the job is given back to the queue (dead-workers.ts).
 */
export async function enqueueJobOnce(step: Step, task: string, payload: JobPayload, key: string): Promise<void> {
  if (!handlers.has(task)) throw new Error(`no job is registered as ${task}`)
  await sql`select enqueue_job_once(${task}, ${JSON.stringify(payload)}::json, ${key})`.execute(step.tx)
}
