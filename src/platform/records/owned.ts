import { sql } from 'kysely'
import type { ObjectType, RecordValues } from '#engine/model/object-type.ts'
import { all, everything, type Filter } from '#engine/query/filter.ts'
import { sourceOf, toSql } from '#engine/query/to-sql.ts'
import { seesAll } from '#engine/query/viewpoint.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import { saveMany } from './save.ts'
import { viewpointOf } from './scope.ts'

/** What of an object changes hands when somebody leaves. */
export interface Ownership {
  readonly object: ObjectType
  /** Only these records are handed over; all of them unless told. */
  readonly only?: Filter
  /** Records whose result is made: they go on to the successor, but stay credited to who made it. */
  readonly settled?: Filter
}

const portion = 1000

/** How many records would change hands. */
export async function countOwned(tx: Tx, ctx: Ctx, { object, only }: Ownership, personId: string): Promise<number> {
  return (await idsOwned(tx, ctx, object, personId, only)).length
}

/**
 * Hands a person's records to another through the one way in: with history, events and ledger, all in the step or
 * nothing. Results that were made stay credited to who made them. Answers how many records changed hands.
 */
export async function handOver(step: Step, ownership: Ownership, fromId: string, toId: string): Promise<number> {
  const { object, only, settled } = ownership
  const ids = await idsOwned(step.tx, step.ctx, object, fromId, only)
  const made = settled ? await idsOwned(step.tx, step.ctx, object, fromId, all(only, settled)) : []
  const keep = new Set(await withoutCredits(step, object, made))
  const valuesOf = (id: string): RecordValues =>
    keep.has(id) ? { ownerId: toId, credits: [{ person: fromId, percent: '100' }] } : { ownerId: toId }
  for (let at = 0; at < ids.length; at += portion) {
    const rows = ids.slice(at, at + portion).map((id) => ({ id, values: valuesOf(id) }))
    const results = await saveMany(step, object, rows, { system: true })
    if (results.some((result) => !result.ok)) throw new Error(`${object.key} could not be handed over whole`)
  }
  return ids.length
}

async function idsOwned(
  tx: Tx,
  ctx: Ctx,
  object: ObjectType,
  personId: string,
  only: Filter = everything,
): Promise<readonly string[]> {
  const { catalogue } = ctx.company
  const source = sourceOf(object, { catalogue, viewpoint: await viewpointOf(ctx, only), sight: seesAll })
  const condition = toSql(only, source)
  const { rows } = await sql<{ id: string }>`
    select t.id from ${source.from()}
    where t.company_id = ${ctx.company.id} and t.owner_id = ${personId} and t.deleted_at is null and ${condition}
    order by t.id`.execute(tx)
  return rows.map((row) => row.id)
}

/** Of these records those that are not split: split ones already say whose result it is. */
async function withoutCredits(step: Step, object: ObjectType, ids: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select i.id from unnest(${ids}::uuid[]) as i(id)
    where not exists (
      select from credit c where c.company_id = ${step.ctx.company.id} and c.object = ${object.key} and c.record_id = i.id)`.execute(
    step.tx,
  )
  return rows.map((row) => row.id)
}
