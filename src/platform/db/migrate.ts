import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runMigrations as runJobMigrations } from 'graphile-worker'
import pg from 'pg'

export const appRole = 'terrace_app'

/** Any number: all app processes that start at once queue on it. */
const migrationLock = 7_425_301

export class DatabaseTooNew extends Error {}
export class MigrationChanged extends Error {}

interface Migration {
  readonly name: string
  readonly text: string
  readonly hash: string
}

interface MigrateOptions {
  /** Names of migrations, where not all are wanted: those of a backup that is about to be restored. */
  readonly only?: ReadonlySet<string>
}

/**
 * Brings the database to this version: numbered SQL files, forward only, each in its own transaction, all under one
 * advisory lock. Runs as the owner. Throws DatabaseTooNew when the database knows a migration that we do not.
 */
export async function migrate(
  ownerUrl: string,
  folder: string,
  { only }: MigrateOptions = {},
): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: ownerUrl })
  // A lost connection fails the query that is under way; without a listener it would end the process.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await prepareRole(client)
    await client.query(
      'create table if not exists migration (name text primary key, hash text not null, at timestamptz not null default now())',
    )
    const known = await knownMigrations(folder)
    const applied = await applyMissing(client, only ? known.filter(({ name }) => only.has(name)) : known)
    await runJobMigrations({ connectionString: ownerUrl, schema: 'graphile_worker' })
    await client.query(jobsDoor)
    return applied
  } finally {
    await client.end()
  }
}

/** The migrations of this version, in their order. */
export async function knownMigrations(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      return { name, text, hash: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

async function applyMissing(client: pg.Client, migrations: readonly Migration[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from migration')
  const known = new Map(rows.map((row) => [row.name, row.hash]))
  const ours = new Set(migrations.map((migration) => migration.name))
  const newer = [...known.keys()].filter((name) => !ours.has(name))
  if (newer.length > 0) throw new DatabaseTooNew(newer.sort().at(-1))

  const applied: string[] = []
  for (const migration of migrations) {
    const hash = known.get(migration.name)
    if (hash === migration.hash) continue
    if (hash !== undefined) throw new MigrationChanged(migration.name)
    await client.query('begin')
    await client.query(migration.text)
    await client.query('insert into migration (name, hash) values ($1, $2)', [migration.name, migration.hash])
    await client.query('commit')
    applied.push(migration.name)
  }
  return applied
}

/** The app's role owns nothing and cannot bypass row-level security; logins of its own are made by the embedded server. */
async function prepareRole(client: pg.Client): Promise<void> {
  await client.query(`do $$ begin
    if not exists (select from pg_roles where rolname = '${appRole}') then
      create role ${appRole} nosuperuser nobypassrls nocreatedb nocreaterole;
    end if;
  end $$`)
  await client.query(`grant ${appRole} to current_user`)
  await client.query(`grant usage on schema public to ${appRole}`)
}

/** Jobs enter by this one function, which stamps the company of the transaction. */
const jobsDoor = `
create or replace function enqueue_job(task text, payload json, key text default null, run_at timestamptz default null)
  returns bigint language plpgsql security definer set search_path = public, graphile_worker, pg_temp as $$
declare company uuid := current_company();
begin
  if company is null then raise exception 'a job needs a company'; end if;
  return (graphile_worker.add_job(
    task,
    (payload::jsonb || jsonb_build_object('companyId', company))::json,
    job_key => case when key is null then null else company || ':' || key end,
    run_at => run_at)).id;
end $$;
revoke all on function enqueue_job(text, json, text, timestamptz) from public;
grant execute on function enqueue_job(text, json, text, timestamptz) to ${appRole};
create or replace function enqueue_job_once(task text, payload json, key text)
  returns bigint language plpgsql security definer set search_path = public, graphile_worker, pg_temp as $$
begin
  if exists (
    select from graphile_worker._private_jobs j
    where j.key = current_company() || ':' || enqueue_job_once.key and j.locked_at is not null
  ) then return null; end if;
  return enqueue_job(task, payload, key);
end $$;
revoke all on function enqueue_job_once(text, json, text) from public;
grant execute on function enqueue_job_once(text, json, text) to ${appRole};
`
