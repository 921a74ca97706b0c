import { sql } from 'kysely'
import type { ObjectType, RecordValues } from '#engine/model/object-type.ts'
import type { Step } from '#platform/db/step.ts'
import { placeAfterMerges } from './merge-store.ts'

/**
 * Where a record that comes back referred to records that were merged away meanwhile: by field what they became. What
 * was in the recycle bin was not moved with the others.
 */
export async function followMerges(step: Step, object: ObjectType, values: RecordValues): Promise<RecordValues> {
  const followed: Record<string, unknown> = {}
  for (const { key, to } of object.fields) {
    const value = values[key] ?? null
    if (!to || value === null) continue
    const ids = (Array.isArray(value) ? (value as readonly unknown[]) : [value]).map(String)
    const moved = await placesOfGone(step, to, ids)
    if (moved.size === 0) continue
    const next = [...new Set(ids.map((id) => moved.get(id) ?? id))]
    followed[key] = Array.isArray(value) ? next : next[0]
  }
  return followed
}

async function placesOfGone(
  { tx, ctx }: Step,
  object: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(ctx.company.wholeCatalogue.get(object).table)}
    where company_id = ${ctx.company.id} and id = any(${ids}::uuid[]) and deleted_at is not null`.execute(tx)
  const moved = new Map<string, string>()
  for (const { id } of rows) {
    const into = await placeAfterMerges(tx, ctx.company.id, object, id)
    if (into !== undefined) moved.set(id, into)
  }
  return moved
}
