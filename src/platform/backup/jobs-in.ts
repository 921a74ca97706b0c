import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import type pg from 'pg'
import { z } from 'zod'

const jobSchema = z.object({
  task: z.string(),
  payload: z.unknown(),
  queue: z.string().nullable(),
  runAt: z.string(),
  maxAttempts: z.number(),
  attempts: z.number(),
  key: z.string().nullable(),
  priority: z.number(),
  problem: z.string().nullable(),
})

/** Puts the jobs that waited or ran into the queue again, with the tries that they had. */
export async function bringJobs(client: pg.Client, body: AsyncIterable<Buffer>): Promise<void> {
  for await (const line of createInterface({ input: Readable.from(body) })) {
    if (line === '') continue
    const job = jobSchema.parse(JSON.parse(line))
    const { rows } = await client.query<{ id: string }>(
      `select (graphile_worker.add_job($1, $2::json, queue_name => $3, run_at => $4, max_attempts => $5, job_key => $6,
         priority => $7)).id`,
      [job.task, JSON.stringify(job.payload), job.queue, job.runAt, job.maxAttempts, job.key, job.priority],
    )
    await client.query(
      'update graphile_worker._private_jobs set attempts = $2, last_error = $3 where id = $1 and $2 > 0',
      [rows[0]?.id, job.attempts, job.problem],
    )
  }
}
