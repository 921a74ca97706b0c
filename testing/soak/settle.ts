import pg from 'pg'
import { ownerOf } from '#platform/db/embedded/folder-lock.ts'
import { readSecrets } from '#platform/db/embedded/secrets.ts'
import { urlsOf } from '#platform/db/embedded/start-embedded.ts'
import { setTimeout as pause } from 'node:timers/promises'
import type { Supervised } from './supervised.ts'
import type { Promises } from './work.ts'

/** What was promised and is not so, in words; empty when all is well. */
export async function brokenPromises(server: Supervised, promises: Promises): Promise<readonly string[]> {
  return onDatabase(server, async (client) => {
    await settled(client)
    return [
      ...(await accountsOf(client, promises)),
      ...(await commentsOf(client, promises)),
      ...(await dealsOf(client, promises)),
      ...(await runsOf(client, promises)),
      ...(await marksOf(client, promises)),
      ...(await leftOver(client)),
    ]
  })
}

async function onDatabase<T>(server: Supervised, look: (client: pg.Client) => Promise<T>): Promise<T> {
  const secrets = readSecrets(server.dataDir)
  const port = ownerOf(server.dataDir)?.port
  if (secrets === null || port === undefined) throw new Error('the database is not running')
  const client = new pg.Client({ connectionString: urlsOf(secrets, port).ownerUrl })
  await client.connect()
  try {
    return await look(client)
  } finally {
    await client.end()
  }
}

const patienceMs = 180_000

/** Waits until what was accepted is worked off, without anybody's hand. */
async function settled(client: pg.Client): Promise<void> {
  const until = Date.now() + patienceMs
  for (;;) {
    const { rows } = await client.query<{ open: number }>(
      `select (select count(*) from event where handled_at is null and parked_at is null)::int
         + (select count(*) from import_run where state in ('queued', 'running'))::int
         + (select count(*) from bulk_run where state in ('queued', 'running'))::int
         + (select count(*) from graphile_worker._private_jobs where attempts < max_attempts)::int as open`,
    )
    if (rows[0]?.open === 0 || Date.now() > until) return
    await pause(200)
  }
}

async function accountsOf(client: pg.Client, { accounts, imported }: Promises): Promise<readonly string[]> {
  const { rows } = await client.query<{ code: string; employees: string | null; times: number }>(
    `select code, max(employees)::int::text as employees, count(*)::int as times
     from account where code is not null group by code`,
  )
  const found = new Map(rows.map((row) => [row.code, row]))
  const broken: string[] = []
  for (const [code, { acknowledged, asked }] of accounts) {
    const row = found.get(code)
    if (!row) broken.push(`account ${code} is lost`)
    else if (row.times !== 1) broken.push(`account ${code} is there ${row.times} times`)
    else if (Number(row.employees) < acknowledged || Number(row.employees) > asked) {
      broken.push(`account ${code} has ${row.employees} employees instead of ${acknowledged} to ${asked}`)
    }
  }
  for (const code of imported) {
    const times = found.get(code)?.times ?? 0
    if (times !== 1) broken.push(`imported row ${code} is there ${times} times`)
  }
  const known = new Set([...accounts.keys(), ...imported])
  for (const { code } of rows) if (!known.has(code)) broken.push(`account ${code} was never promised`)
  return broken
}

async function commentsOf(client: pg.Client, { comments }: Promises): Promise<readonly string[]> {
  const { rows } = await client.query<{ text: string; times: number }>(
    'select text, count(*)::int as times from comment group by text',
  )
  const found = new Map(rows.map((row) => [row.text, row.times]))
  return comments.flatMap((text) => {
    const times = found.get(text) ?? 0
    return times === 1 ? [] : [`comment ${text} is there ${times} times`]
  })
}

async function dealsOf(client: pg.Client, { deals }: Promises): Promise<readonly string[]> {
  const { rows } = await client.query<{ code: string; amount: string; status: string; times: number }>(
    `select code, min(trim_scale(amount))::text as amount, min(status) as status, count(*)::int as times
     from opportunity group by code`,
  )
  const found = new Map(rows.map((row) => [row.code, row]))
  return [...deals].flatMap(([code, amount]) => {
    const row = found.get(code)
    const isRight = row?.times === 1 && row.status === 'won' && Number(row.amount) === Number(amount)
    return isRight ? [] : [`deal ${code} is ${JSON.stringify(row)} instead of won with ${amount}`]
  })
}

async function runsOf(client: pg.Client, { imports, bulks }: Promises): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string; state: string }>(
    'select id, state from import_run union all select id, state from bulk_run',
  )
  const found = new Map(rows.map((row) => [row.id, row.state]))
  return [...imports, ...bulks].flatMap((id) =>
    found.get(id) === 'done' ? [] : [`accepted run ${id} is ${found.get(id) ?? 'lost'}`],
  )
}

async function marksOf(client: pg.Client, { marks }: Promises): Promise<readonly string[]> {
  const broken: string[] = []
  for (const [name, known] of marks) {
    const { rows } = await client.query<{ note: string | null; owner: string | null }>(
      `select distinct note, owner_id as owner from account where code ~ $1`,
      [`^${name}-P\\d+$`],
    )
    const [row] = rows
    const isMarked = [known.mark, known.askedMark].includes(row?.note ?? '')
    const isOwned = known.owner === '' || [known.owner, known.askedOwner].includes(row?.owner ?? '')
    if (rows.length > 1 || !isMarked || !isOwned) broken.push(`the accounts of ${name} are ${JSON.stringify(rows)}`)
  }
  return broken
}

/** What was given up, which nobody would notice by the records. */
async function leftOver(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ what: string }>(
    `select 'event ' || name || ' is parked: ' || coalesce(problem, '') as what from event where parked_at is not null
     union all select 'event ' || name || ' is not handled' from event where handled_at is null and parked_at is null
     union all select 'a job is left: ' || t.identifier || ' ' || coalesce(j.last_error, '')
       from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where j.attempts > 0 or j.run_at < now() - interval '1 minute'`,
  )
  return rows.map((row) => row.what.slice(0, 300))
}
