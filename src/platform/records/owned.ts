import { sql } from 'kysely'
import type { ObjectType } from '#engine/model/object-type.ts'
import { everything, type Filter } from '#engine/query/filter.ts'
import { sourceOf, toSql } from '#engine/query/to-sql.ts'
import { seesAll } from '#engine/query/viewpoint.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import { rowsForOwner } from './kept-credit.ts'
import { saveMany } from './save.ts'
import { withWholeSight } from './scope.ts'
import { viewpointOf, worthOf } from './viewpoint.ts'

/** What of an object changes hands when somebody leaves. */
export interface Ownership {
  readonly object: ObjectType
  /** Only these records are handed over; all of them unless told. */
  readonly only?: Filter
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
  const { object, only } = ownership
  // Nothing stays behind because whoever hands it over does not see it.
  const wide: Step = { ...step, ctx: withWholeSight(step.ctx) }
  const ids = await idsOwned(wide.tx, wide.ctx, object, fromId, only)
  for (let at = 0; at < ids.length; at += portion) {
    const rows = await rowsForOwner(wide, object, ids.slice(at, at + portion), toId)
    const results = await saveMany(wide, object, rows, { system: true })
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
  const source = sourceOf(object, {
    catalogue: ctx.company.wholeCatalogue,
    viewpoint: await viewpointOf(ctx, only),
    sight: seesAll,
    worth: worthOf(ctx),
  })
  const condition = toSql(only, source)
  const { rows } = await sql<{ id: string }>`
    select t.id from ${source.from()}
    where t.company_id = ${ctx.company.id} and t.owner_id = ${personId} and t.deleted_at is null and ${condition}
    order by t.id`.execute(tx)
  return rows.map((row) => row.id)
}
