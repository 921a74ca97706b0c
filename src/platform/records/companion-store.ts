import { sql } from 'kysely'
import type { Step } from '#platform/db/step.ts'
import type { Leaving } from './draft.ts'

/** A record by its object and key. */
export interface RecordKey {
  readonly object: string
  readonly id: string
}

/** Remembers that records went into the recycle bin because another did. */
export async function noteCompanions(step: Step, leader: RecordKey, along: readonly Leaving[]): Promise<void> {
  const rows = along.flatMap(({ object, stored }) => stored.map(({ id }) => ({ object: object.key, record_id: id })))
  if (rows.length === 0) return
  await sql`
    insert into bin_companion (company_id, object, record_id, with_object, with_id)
    select ${step.ctx.company.id}, r.object, r.record_id, ${leader.object}, ${leader.id}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(object text, record_id uuid)
    on conflict (company_id, object, record_id) do update set with_object = excluded.with_object, with_id = excluded.with_id`.execute(
    step.tx,
  )
}

/** The records that went into the recycle bin with this one and are still there, as ids by object. */
export async function companionsOf(step: Step, leader: RecordKey): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await sql<{ object: string; ids: readonly string[] }>`
    select object, array_agg(record_id) as ids from bin_companion
    where company_id = ${step.ctx.company.id} and with_object = ${leader.object} and with_id = ${leader.id}
    group by object`.execute(step.tx)
  return new Map(rows.map(({ object, ids }) => [object, ids]))
}

/** These go anew: what went with them an earlier time and was left in the bin does not come back with them any more. */
export async function forgetEarlierCompanions(step: Step, object: string, ids: readonly string[]): Promise<void> {
  await sql`
    delete from bin_companion
    where company_id = ${step.ctx.company.id} and with_object = ${object} and with_id = any(${ids}::uuid[])`.execute(
    step.tx,
  )
}

/** They are back, or gone for good: nothing more is known of with whom they went. */
export async function forgetCompanions(step: Step, object: string, ids: readonly string[]): Promise<void> {
  await sql`
    delete from bin_companion
    where company_id = ${step.ctx.company.id} and object = ${object} and record_id = any(${ids}::uuid[])`.execute(
    step.tx,
  )
}
