import { sql } from 'kysely'
import type { Tx } from '#platform/db/step.ts'

/** Who heads these units now and works here; units without such a head are left out. */
export async function headsOf(tx: Tx, units: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; head: string }>`
    select u.id, u.head_id as head from unit u
    join person p on p.company_id = u.company_id and p.id = u.head_id and p.is_active
    where u.id = any(${units}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, head }) => [id, head]))
}

/** Names of people, by key. */
export async function namesOf(tx: Tx, people: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from person where id = any(${people}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
