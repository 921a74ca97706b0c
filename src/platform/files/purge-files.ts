import { sql } from 'kysely'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Tx } from '#platform/db/step.ts'
import { binnedSince } from '#platform/records/retention.ts'
import { clearArrivals } from './arrive.ts'
import { removeContents } from './attach-file.ts'
import { factsOf } from './attachment-store.ts'
import { idOfContent } from './content-store.ts'
import { contentKeeping } from './keeping.ts'

const dayMs = 86_400_000
/** Uploads for a record that nobody saved, and contents that nothing knows of. */
const daysLoose = 1
const portion = 500

/**
 * Removes for good what was in the recycle bin for long, what belongs to records that were, and what was uploaded and
 * not used: first what is known of it, then its content, so that what breaks off in between is found the next time.
 */
export async function purgeFiles(ctx: Ctx): Promise<void> {
  const inBinSince = binnedSince(ctx)
  const looseSince = new Date(ctx.now.getTime() - daysLoose * dayMs)
  for (;;) {
    const ids = await inStep(ctx, ({ tx }) => dropRows(tx, ctx, inBinSince, looseSince))
    for (const id of ids) await removeContents(ctx, id)
    if (ids.length < portion) break
  }
  for (const id of await contentsOfNobody(ctx, looseSince)) await removeContents(ctx, id)
  await clearArrivals(looseSince)
}

/** What somebody is just saving or bringing back is left to them. */
async function dropRows(tx: Tx, ctx: Ctx, inBinSince: Date, looseSince: Date): Promise<readonly string[]> {
  const company = ctx.company.id
  const orphaned = (await objectsOfFiles(tx, ctx)).map((key) => orphanedSql(ctx, key, inBinSince))
  const { rows } = await sql<{ id: string }>`
    with gone as materialized (
      select a.id from attachment a where a.company_id = ${company} and (
        a.deleted_at < ${inBinSince} or (a.record_id is null and a.created_at < ${looseSince})
        ${sql.join(orphaned, sql``)})
      limit ${portion} for update of a skip locked)
    delete from attachment a using gone where a.company_id = ${company} and a.id = gone.id
    returning a.id`.execute(tx)
  return rows.map((row) => row.id)
}

async function objectsOfFiles(tx: Tx, ctx: Ctx): Promise<readonly string[]> {
  const { rows } = await sql<{ object: string }>`
    select distinct object from attachment where company_id = ${ctx.company.id}`.execute(tx)
  return rows.map((row) => row.object)
}

/**
 * Files whose record, or whose field, is gone for good or lay in the bin as long. An object or field that was deleted and
 * may come back is still defined: its files wait for it.
 */
function orphanedSql(ctx: Ctx, key: string, inBinSince: Date): Sql {
  const object = ctx.company.wholeCatalogue.find(key)
  if (!object) {
    return sql`or (a.object = ${key} and not exists (
      select from custom_object o where o.company_id = a.company_id and o.key = a.object))`
  }
  const fields = object.fields.filter(({ type }) => type === 'file').map((field) => field.key)
  return sql`or (a.object = ${key} and (
    (a.record_id is not null and not exists (
      select from ${sql.table(object.table)} t where t.company_id = a.company_id and t.id = a.record_id
        and coalesce(t.deleted_at >= ${inBinSince}, true)))
    or (a.field is not null and a.field <> all(${fields}::text[]) and not exists (
      select from custom_field f where f.company_id = a.company_id and f.object = a.object and f.key = a.field))))`
}

/** A file that is coming in has its content before it is known. */
async function contentsOfNobody(ctx: Ctx, before: Date): Promise<readonly string[]> {
  const found: string[] = []
  const ids = new Set<string>()
  const sortOut = async () => {
    const known = new Set((await inView(ctx, (tx) => factsOf(tx, ctx, [...ids]))).map((file) => file.id))
    found.push(...[...ids].filter((id) => !known.has(id)))
    ids.clear()
  }
  for await (const { name, changedAt } of contentKeeping().store.list(ctx.company.id)) {
    const id = changedAt < before ? idOfContent(name) : undefined
    if (id !== undefined) ids.add(id)
    if (ids.size === portion) await sortOut()
  }
  await sortOut()
  return found
}
