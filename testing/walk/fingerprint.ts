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
  return async () => {
    const { rows } = await statement.execute(owner)
    return Object.fromEntries(rows.map(({ name, print }) => [name, print]))
  }
}
