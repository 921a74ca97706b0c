import pg from 'pg'
import type { Logger } from 'pino'

/** Any number, beside the hashed name of the worker. */
const aliveLock = 7_425_303
const everyMs = 5000

interface WorkersHouse {
  readonly ownerUrl: string
  readonly log: Logger
}

/**
 * Says that this worker lives, by a lock that goes when its process does, however it goes, and gives the jobs of workers
 * that are gone back to the queue: left to itself it would wait four hours for them.
 */
export function watchWorkers(house: WorkersHouse, worker: string): { stop(): Promise<void> } {
  let client: pg.Client | undefined
  let isOver = false
  const look = async () => {
    try {
      client ??= await sayAlive(house.ownerUrl, worker, () => (client = undefined))
      const freed = await freeJobsOfDead(client, worker)
      if (freed.length > 0) house.log.warn({ workers: freed }, 'jobs of a process that is gone are done again')
    } catch (error) {
      await client?.end().catch(() => undefined)
      client = undefined
      if (!isOver) house.log.warn({ err: error }, 'could not look after the workers')
    }
  }
  let looking = look()
  const timer = setInterval(() => (looking = looking.then(look)), everyMs)
  timer.unref()
  return {
    stop: async () => {
      isOver = true
      clearInterval(timer)
      await looking
      await client?.end().catch(() => undefined)
    },
  }
}

async function sayAlive(ownerUrl: string, worker: string, onLost: () => void): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: ownerUrl })
  client.on('error', onLost)
  await client.connect()
  await client.query('select pg_advisory_lock($1, hashtext($2))', [aliveLock, worker])
  return client
}

/** Frees what is locked by workers that hold no lock of life; answers which. One that just began may still be taking its own. */
export async function freeJobsOfDead(client: pg.Client, own: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ worker: string }>(
    `select distinct locked_by as worker from graphile_worker._private_jobs
     where locked_by is not null and locked_by <> $1 and locked_at < now() - interval '5 seconds'`,
    [own],
  )
  const freed: string[] = []
  for (const { worker } of rows) {
    const lock = [aliveLock, worker]
    const asked = await client.query<{ dead: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as dead', lock)
    if (!asked.rows[0]?.dead) continue
    await client.query('select graphile_worker.force_unlock_workers(array[$1::text])', [worker])
    await client.query('select pg_advisory_unlock($1, hashtext($2))', lock)
    freed.push(worker)
  }
  return freed
}
