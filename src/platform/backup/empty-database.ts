import { setTimeout } from 'node:timers/promises'
import type pg from 'pg'
import { StartProblem } from '#platform/config/start-problem.ts'

/** Ends in a StartProblem unless the database holds nothing of anybody and nobody else is connected to it. */
export async function mustBeEmpty(client: pg.Client): Promise<void> {
  const count = await othersStayingIn(client)
  if (count > 0) throw new StartProblem('DATABASE_IN_USE', { count })
  const what = (await hasMigrations(client)) ? await companiesIn(client) : await tablesIn(client)
  if (what !== undefined) throw new StartProblem('DATABASE_NOT_EMPTY', { what })
}

const looks = 20
const pauseMs = 100

/** Whoever has just hung up is still seen for a moment. */
async function othersStayingIn(client: pg.Client): Promise<number> {
  for (let look = 1; ; look += 1) {
    const count = await othersIn(client)
    if (count === 0 || look === looks) return count
    await setTimeout(pauseMs)
  }
}

async function othersIn(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
  )
  return rows[0]?.count ?? 0
}

export async function hasMigrations(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(`select to_regclass('public.migration') is not null as found`)
  return rows[0]?.found ?? false
}

async function companiesIn(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ slug: string }>('select slug from company limit 1')
  const [company] = rows
  return company?.slug
}

async function tablesIn(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm') order by 1 limit 1`,
  )
  const [table] = rows
  return table?.name
}

/** Takes away what migrations made, so that those of the backup can be applied from the first on. Only for an empty one. */
export async function clearSchema(client: pg.Client): Promise<void> {
  await client.query('drop schema if exists graphile_worker cascade')
  await client.query('drop schema public cascade')
  await client.query('create schema public')
  await client.query('grant usage on schema public to public')
}
