import { sql } from 'kysely'
import type { ObjectType } from '#engine/model/object-type.ts'
import { tableSql } from '#engine/query/source.ts'
import { attempt } from '#platform/db/attempt.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { stopIfHalted } from '#platform/jobs/halt.ts'
import { registerDailyJob } from '#platform/jobs/jobs.ts'
import { forgetCompanions } from './companion-store.ts'
import { binnedSince } from './retention.ts'
import { usersFirst } from './users-first.ts'

/** Records per transaction. */
const portionSize = 500

/** Lets what was in the recycle bin long enough go for good, once a day. Called once when the app is put together. */
export function registerPurge(): void {
  registerDailyJob('records.purge', async (ctx) => void (await purgeBin(ctx)))
}

/**
 * Deletes for good what has been in the recycle bin for longer than it is kept, and answers how many records. What
 * other rows still refer to stays, and is tried again the next day.
 */
export async function purgeBin(ctx: Ctx): Promise<number> {
  let purged = 0
  for (const object of usersFirst(ctx.company.wholeCatalogue.all())) {
    for (let last: string | null = null; ;) {
      stopIfHalted()
      const ids: readonly string[] = await nextExpired(ctx, object, last)
      if (ids.length === 0) break
      purged += await inStep(ctx, (step) => purgeOrHalve(step, object, ids), { kind: 'record.purge' })
      last = ids.at(-1) ?? null
    }
  }
  return purged
}

async function nextExpired(ctx: Ctx, object: ObjectType, after: string | null): Promise<readonly string[]> {
  const { rows } = await inView(ctx, (tx) =>
    sql<{ id: string }>`
      select t.id from ${tableSql(object)} t
      where t.company_id = ${ctx.company.id} and t.deleted_at is not null and t.deleted_at <= ${binnedSince(ctx)}
        and (${after}::uuid is null or t.id > ${after})
      order by t.id limit ${portionSize}`.execute(tx),
  )
  return rows.map(({ id }) => id)
}

/** What only one record stands against would keep all of them: then it is tried in halves. */
async function purgeOrHalve(step: Step, object: ObjectType, ids: readonly string[]): Promise<number> {
  const tried = await attempt(step, (part) => purge(part, object, ids))
  if (tried.ok) return tried.result
  if (ids.length === 1) return 0
  const middle = Math.ceil(ids.length / 2)
  const first = await purgeOrHalve(step, object, ids.slice(0, middle))
  return first + (await purgeOrHalve(step, object, ids.slice(middle)))
}

async function purge(step: Step, object: ObjectType, ids: readonly string[]): Promise<number> {
  const company = step.ctx.company.id
  // Somebody may have brought one back meanwhile.
  const { rows } = await sql<{ id: string }>`
    delete from ${sql.table(object.table)}
    where company_id = ${company} and id = any(${ids}::uuid[]) and deleted_at <= ${binnedSince(step.ctx)}
    returning id`.execute(step.tx)
  const gone = rows.map(({ id }) => id)
  await sql`
    delete from credit where company_id = ${company} and object = ${object.key} and record_id = any(${gone}::uuid[])`.execute(
    step.tx,
  )
  await sql`
    delete from record_share where company_id = ${company} and object = ${object.key} and record_id = any(${gone}::uuid[])`.execute(
    step.tx,
  )
  await forgetCompanions(step, object.key, gone)
  for (const id of gone) step.audit({ object: object.key, recordId: id, action: 'purged', before: null, after: null })
  return gone.length
}
