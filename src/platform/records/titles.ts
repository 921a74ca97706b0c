import { sql } from 'kysely'
import type { ObjectType } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { titleSql } from './row-sql.ts'
import { scopeOf } from './sight.ts'

/** How records in reach are called, also those in the recycle bin, by key. */
export async function titlesById(
  tx: Tx,
  ctx: Ctx,
  object: ObjectType,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; title: string | null }>`
    select t.id, ${titleSql(object, 't', ctx.language)}::text as title from ${sql.table(object.table)} t
    where t.company_id = ${ctx.company.id} and t.id = any(${ids}::uuid[]) and ${await scopeOf(ctx, object)}`.execute(tx)
  return new Map(rows.flatMap(({ id, title }) => (title === null ? [] : [[id, title] as const])))
}

/** Of these the records that are there, not in the recycle bin, and in reach. */
export async function livingById(
  tx: Tx,
  ctx: Ctx,
  object: ObjectType,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select t.id from ${sql.table(object.table)} t
    where t.company_id = ${ctx.company.id} and t.id = any(${ids}::uuid[]) and t.deleted_at is null
      and ${await scopeOf(ctx, object)}`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}
