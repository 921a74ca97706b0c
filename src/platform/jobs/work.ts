import { EventEmitter } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import {
  Logger as WorkerLogger,
  parseCronItems,
  run,
  type Runner,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker'
import { sql } from 'kysely'
import pg from 'pg'
import type { Logger } from 'pino'
import type { Db } from '#platform/db/connect.ts'
import { inStep } from '#platform/db/step.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { watchWorkers } from './dead-workers.ts'
import { allJobs, enqueueDailyJobs, enqueueJob, minuteJobs, type JobHandler } from './jobs.ts'

interface WorkHouse {
  readonly db: Db
  readonly log: Logger
  /** The queue belongs to the owner of the database; what jobs do runs as the app's role, sealed like everything. */
  readonly ownerUrl: string
  readonly now?: () => Date
  /** Work of the installation that comes by the clock. */
  readonly routines?: readonly Routine[]
  /** Told of every try of a job. */
  readonly onJob?: (task: string, outcome: 'done' | 'failed' | 'given-up') => void
}

/** Done by one of the processes whenever its time comes. */
export interface Routine {
  readonly task: string
  /** Five fields as crontab has them, in UTC. */
  readonly match: string
  /** A time that fell into hours without a server is made up for at the next start. */
  readonly isMadeUpFor: boolean
  run(): Promise<void>
}

export interface Work {
  /** Hands back what has not begun and waits for what has. */
  stop(): Promise<void>
}

/** Works off the queue in this process until it is stopped. */
export async function startWork(house: WorkHouse): Promise<Work> {
  const pool = new pg.Pool({ connectionString: house.ownerUrl, max: 4 })
  const lost = (error: Error) => house.log.warn({ why: error.message }, 'a connection of the job queue was lost')
  pool.on('error', lost)
  pool.on('connect', (client) => void client.on('error', lost))
  const over = new AbortController()
  let crew = await hire(house, pool)
  const keepWorking = async () => {
    await crew.ended
    while (!over.signal.aborted) {
      house.log.warn('the job queue stopped by itself; it starts again')
      await pause(hireAgainMs, undefined, { signal: over.signal }).catch(() => undefined)
      if (over.signal.aborted) return
      try {
        crew = await hire(house, pool)
      } catch (error) {
        house.log.warn({ err: error }, 'the job queue could not start again yet')
        continue
      }
      if (over.signal.aborted) await crew.stop()
      await crew.ended
    }
  }
  const working = keepWorking()
  return {
    stop: async () => {
      over.abort()
      await crew.stop()
      await working
      await pool.end()
    },
  }
}

const hireAgainMs = 1000

interface Crew {
  /** Kept once it works no more, for whatever reason, and holds nothing. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

/**
 * One life of the queue's workers. They leave when the end of a job cannot be written down, as while the database is away
 * (https://github.com/graphile/worker/issues/636): a new crew takes over, and what the old one had in hand is freed.
 */
async function hire(house: WorkHouse, pool: pg.Pool): Promise<Crew> {
  const routines: readonly Routine[] = [
    { task: everyDay, match: quietHour, isMadeUpFor: true, run: () => askForDailyJobs(house) },
    { task: everyMinute, match: '* * * * *', isMadeUpFor: false, run: () => askForMinuteJobs(house) },
    ...(house.routines ?? []),
  ]
  let worker = ''
  const events: WorkerEvents = new EventEmitter()
  events.on('pool:create', ({ workerPool }) => (worker = workerPool.id))
  const runner: Runner = await run({
    events,
    pgPool: pool,
    concurrency: 2,
    pollInterval: 1000,
    noHandleSignals: true,
    // Without a batch it is not waited for what became of a job when the process stops: the job would stay locked for hours.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    logger: new WorkerLogger(() => (level, message) => {
      if (level === 'error') house.log.error({ from: 'jobs' }, message)
    }),
    taskList: { ...tasksOf(house), ...Object.fromEntries(routines.map(({ task, run: act }) => [task, () => act()])) },
    parsedCronItems: parseCronItems(
      routines.map(({ task, match, isMadeUpFor }) => ({
        task,
        match,
        options: { backfillPeriod: isMadeUpFor ? dayMs : 0 },
      })),
    ),
  })
  const { onJob } = house
  if (onJob) {
    runner.events.on('job:success', ({ job }) => onJob(job.task_identifier, 'done'))
    runner.events.on('job:error', ({ job }) => onJob(job.task_identifier, 'failed'))
    runner.events.on('job:failed', ({ job }) => onJob(job.task_identifier, 'given-up'))
  }
  const watch = watchWorkers(house, worker)
  let isStopped = false
  const ended = runner.promise
    .catch((error: unknown) => house.log.warn({ err: error }, 'the workers of the job queue left'))
    .then(() => (isStopped = true))
    .then(() => watch.stop())
  return {
    ended,
    stop: async () => {
      // A runner that has stopped refuses to be stopped.
      if (!isStopped) await runner.stop().catch(() => undefined)
      await ended
    },
  }
}

const everyDay = 'every-day'
const everyMinute = 'every-minute'
/** Night in China and Europe alike, in UTC. */
const quietHour = '20 21 * * *'
const dayMs = 86_400_000

/** Puts the daily work of every company into the queue; each company's is tried again by itself. */
export async function askForDailyJobs(house: Omit<WorkHouse, 'ownerUrl'>): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from company order by id`.execute(house.db)
  for (const { id } of rows) {
    const company = await findCompany(house.db, { id })
    if (company) await inStep(systemContext(house, company), enqueueDailyJobs)
  }
}

/** Puts into the queue what is due, in the companies where it is. */
export async function askForMinuteJobs(house: Omit<WorkHouse, 'ownerUrl'>): Promise<void> {
  for (const [task, dueIn] of minuteJobs()) {
    for (const id of await dueIn(house.db)) {
      const company = await findCompany(house.db, { id })
      if (company) await inStep(systemContext(house, company), (step) => enqueueJob(step, task, {}, task))
    }
  }
}

function tasksOf(house: WorkHouse): TaskList {
  return Object.fromEntries(
    [...allJobs()].map(([task, handler]) => [task, (payload: unknown) => perform(house, task, handler, payload)]),
  )
}

async function perform(house: WorkHouse, task: string, handler: JobHandler, payload: unknown): Promise<void> {
  if (typeof payload !== 'object' || payload === null || !('companyId' in payload))
    throw new Error(`${task}: no company`)
  const company = await findCompany(house.db, { id: String(payload.companyId) })
  // The company is gone, and its work with it.
  if (!company) return
  await handler(systemContext(house, company), { ...payload })
}
