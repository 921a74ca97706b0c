import { sql } from 'kysely'
import type { Step, Tx } from '#platform/db/step.ts'

export interface KeptRecord {
  readonly object: string
  readonly recordId: string
  readonly openedAt: Date | null
  readonly starredAt: Date | null
}

const mostOpened = 20
const mostStarred = 100

/** What a person opened or starred, the latest first. */
export async function keptRecords(tx: Tx, company: string, personId: string): Promise<readonly KeptRecord[]> {
  const { rows } = await sql<KeptRecord>`
    select object, record_id as "recordId", opened_at as "openedAt", starred_at as "starredAt" from kept_record
    where company_id = ${company} and person_id = ${personId}
    order by greatest(opened_at, starred_at) desc`.execute(tx)
  return rows
}

/** Remembers the opening; of many only the latest, stars aside. */
export async function keepOpened({ ctx, tx }: Step, personId: string, object: string, id: string): Promise<void> {
  const company = ctx.company.id
  await sql`
    insert into kept_record (company_id, person_id, object, record_id, opened_at)
    values (${company}, ${personId}, ${object}, ${id}, clock_timestamp())
    on conflict (company_id, person_id, object, record_id) do update set opened_at = excluded.opened_at`.execute(tx)
  await sql`
    delete from kept_record k using (
      select object, record_id from kept_record
      where company_id = ${company} and person_id = ${personId} and starred_at is null
      order by opened_at desc offset ${mostOpened}) old
    where k.company_id = ${company} and k.person_id = ${personId} and k.object = old.object and k.record_id = old.record_id`.execute(
    tx,
  )
}

export async function keepStar({ ctx, tx }: Step, personId: string, object: string, id: string): Promise<void> {
  await sql`
    insert into kept_record (company_id, person_id, object, record_id, starred_at)
    select ${ctx.company.id}, ${personId}, ${object}, ${id}, clock_timestamp()
    where (select count(*) from kept_record
      where company_id = ${ctx.company.id} and person_id = ${personId} and starred_at is not null) < ${mostStarred}
    on conflict (company_id, person_id, object, record_id) do update set starred_at = excluded.starred_at`.execute(tx)
}

export async function dropStar({ ctx, tx }: Step, personId: string, object: string, id: string): Promise<void> {
  const of = sql`company_id = ${ctx.company.id} and person_id = ${personId} and object = ${object} and record_id = ${id}`
  await sql`delete from kept_record where ${of} and opened_at is null`.execute(tx)
  await sql`update kept_record set starred_at = null where ${of}`.execute(tx)
}
