import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { defineErrors } from '#base/errors.ts'
import { jobRoutes, type JobView } from '#engine/contract/jobs.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { isAwaitedJob } from './jobs.ts'
import { serve } from '#platform/http/serve.ts'

const jobErrors = defineErrors({
  JOB_NOT_FOUND: { status: 404, label: { zh: '没有这个任务，或已经完成', en: 'There is no such job, or it is done' } },
  JOB_AWAITED: {
    status: 409,
    label: {
      zh: '有人在等它的结果，不能取消，只能重试',
      en: 'Something waits for what it comes to: it can be tried again, but not cancelled',
    },
  },
  JOB_RUNNING: { status: 409, label: { zh: '任务正在执行', en: 'The job is running' } },
})

/** Lets administrators see the queue of their company, and move it. */
export function registerJobRoutes(app: FastifyInstance): void {
  serve(app, jobRoutes.list, listJobs)
  serve(app, jobRoutes.retry, (ctx, { params }) => moveJob(ctx, params.id, 'retry'))
  serve(app, jobRoutes.cancel, (ctx, { params }) => moveJob(ctx, params.id, 'cancel'))
}

async function listJobs(ctx: Ctx) {
  return inView(ctx, async (tx) => {
    const { rows: jobs } = await sql<JobView>`
      select id, task, state, run_at as "runAt", created_at as "createdAt", attempts as tries,
        max_attempts as "mostTries", left(last_error, 2000) as problem, locked_at as "startedAt"
      from company_jobs()`.execute(tx)
    const { rows: schedule } = await sql<{ task: string; lastAt: Date | null }>`
      select task, last_at as "lastAt" from job_schedule()`.execute(tx)
    return { jobs, schedule }
  })
}

const acts = { retry: sql`retry_company_job`, cancel: sql`cancel_company_job` }

/** Only what is not running is moved. */
async function moveJob(ctx: Ctx, id: string, act: keyof typeof acts): Promise<void> {
  if (!/^\d{1,18}$/.test(id)) throw jobErrors.JOB_NOT_FOUND()
  await inStep(
    ctx,
    async (step) => {
      const { rows } = await sql<{ task: string; state: string }>`
        select task, state from company_jobs() where id = ${id}`.execute(step.tx)
      const [job] = rows
      if (!job) throw jobErrors.JOB_NOT_FOUND()
      if (act === 'cancel' && isAwaitedJob(job.task)) throw jobErrors.JOB_AWAITED()
      const moved = await sql<{ isMoved: boolean }>`select ${acts[act]}(${id}::bigint) as "isMoved"`.execute(step.tx)
      if (job.state === 'running' || moved.rows[0]?.isMoved !== true) throw jobErrors.JOB_RUNNING()
      step.audit({ object: 'job', recordId: ctx.company.id, action: act, before: null, after: { id, task: job.task } })
    },
    { kind: `job.${act}` },
  )
}
