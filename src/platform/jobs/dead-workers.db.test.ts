import { sql } from 'kysely'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, expect, it, vi } from 'vitest'
import { testDatabase } from '#testing/test-database.ts'
import { freeJobsOfDead, watchWorkers } from './dead-workers.ts'

const { owner, ownerUrl } = await testDatabase()
const client = new pg.Client({ connectionString: ownerUrl })
await client.connect()
afterAll(() => client.end())

/** A job that a worker took a minute ago and has not ended. */
async function takenBy(worker: string): Promise<void> {
  await sql`select graphile_worker.add_job('task', json_build_object('worker', ${worker}::text))`.execute(owner)
  await sql`
    update graphile_worker._private_jobs set locked_by = ${worker}, locked_at = now() - interval '1 minute', attempts = 1
    where payload ->> 'worker' = ${worker}`.execute(owner)
}

async function lockedWorkers(): Promise<readonly string[]> {
  const { rows } = await sql<{ worker: string }>`
    select locked_by as worker from graphile_worker._private_jobs where locked_by is not null order by 1`.execute(owner)
  return rows.map(({ worker }) => worker)
}

it('frees jobs of a worker that is gone, and leaves those of one that lives', async () => {
  const house = { ownerUrl, log: pino({ level: 'silent' }) }
  const living = watchWorkers(house, 'pool-living')
  await vi.waitFor(async () => expect(await isHeld('pool-living')).toBe(true))
  await takenBy('pool-living')
  await takenBy('pool-dead')
  expect(await freeJobsOfDead(client, 'pool-own')).toEqual(['pool-dead'])
  expect(await lockedWorkers()).toEqual(['pool-living'])
  // A killed process and its connection end together.
  await living.stop()
  expect(await freeJobsOfDead(client, 'pool-own')).toEqual(['pool-living'])
  expect(await lockedWorkers()).toEqual([])
})

async function isHeld(worker: string): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select exists (select from pg_locks where locktype = 'advisory' and classid = 7425303
      and objid::bigint = (hashtext(${worker})::bigint & 4294967295)) as held`.execute(owner)
  return rows[0]?.held === true
}
