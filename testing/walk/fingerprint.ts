import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'

/** What counts attempts and sessions changes by being asked; everything else changes only by what is accepted. */
const restless = new Set(['sign_in_attempt', 'session'])

/**
 * Number and writers of the rows of every table: equal before and after means that nothing was written.
 * With a company only its own rows count, with tables only these.
 */
export async function fingerprintOf(
  owner: Db,
  companyId?: string,
  only?: readonly string[],
): Promise<() => Promise<Readonly<Record<string, string>>>> {
  const { rows: tables } = await sql<{ name: string; isOwned: boolean }>`
    select relname as name, exists (
      select from pg_attribute a where a.attrelid = c.oid and a.attname = 'company_id') as "isOwned"
    from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`.execute(owner)
  const parts = tables
    .filter(({ name, isOwned }) => !restless.has(name) && (companyId === undefined || isOwned))
    .filter(({ name }) => only?.includes(name) ?? true)
    .map(
      ({ name }) => sql`
        select ${name}::text as name, count(*)::text || ':' || coalesce(sum(t.xmin::text::bigint), 0)::text as print
        from ${sql.table(name)} t ${companyId === undefined ? sql`` : sql`where t.company_id = ${companyId}`}`,
    )
  const statement = sql<{ name: string; print: string }>`${sql.join(parts, sql` union all `)}`
  const writesOf = await countWrites(
    owner,
    tables.map(({ name }) => name),
  )
  let known: { readonly writes: string; readonly print: Readonly<Record<string, string>> } | undefined
  return async () => {
    const writes = await writesOf()
    if (known?.writes === writes) return known.print
    const { rows } = await statement.execute(owner)
    known = { writes, print: Object.fromEntries(rows.map(({ name, print }) => [name, print])) }
    return known.print
  }
}

/**
 * Counts statements that write, also those that are taken back: where the count stands still there is nothing to look
 * for, and looking at every table takes a while.
 */
async function countWrites(owner: Db, tables: readonly string[]): Promise<() => Promise<string>> {
  await sql`create sequence if not exists walk_writes`.execute(owner)
  await sql`
    create or replace function walk_wrote() returns trigger language plpgsql security definer
      set search_path = public, pg_temp as $$ begin perform nextval('walk_writes'); return null; end $$`.execute(owner)
  for (const name of tables) {
    await sql`
      create or replace trigger walk_wrote after insert or update or delete on ${sql.table(name)}
      for each statement execute function walk_wrote()`.execute(owner)
  }
  return async () => {
    const { rows } = await sql<{
      last: string
    }>`select last_value || ':' || is_called as last from walk_writes`.execute(owner)
    return rows[0]?.last ?? ''
  }
}
