import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'

/** What counts attempts and sessions changes by being asked; everything else changes only by what is accepted. */
const restless = new Set(['sign_in_attempt', 'session'])

/** Number and writers of the rows of every table: equal before and after means that nothing was written. */
export async function fingerprintOf(owner: Db): Promise<() => Promise<Readonly<Record<string, string>>>> {
  const { rows: tables } = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`.execute(
    owner,
  )
  const parts = tables
    .filter(({ name }) => !restless.has(name))
    .map(
      ({ name }) => sql`
        select ${name}::text as name, count(*)::text || ':' || coalesce(sum(t.xmin::text::bigint), 0)::text as print
        from ${sql.table(name)} t`,
    )
  const statement = sql<{ name: string; print: string }>`${sql.join(parts, sql` union all `)}`
  return async () => {
    const { rows } = await statement.execute(owner)
    return Object.fromEntries(rows.map(({ name, print }) => [name, print]))
  }
}
