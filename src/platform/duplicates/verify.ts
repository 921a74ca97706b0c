import { sql } from 'kysely'
import { comparisonOf } from '#engine/duplicates/ways.ts'
import type { ObjectType, RecordValues } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { comparedFieldsSql } from './compared-sql.ts'
import { indexesOf } from './index-store.ts'
import { keysOfRecord } from './keep-keys.ts'
import type { KeyOfRecord } from './key-store.ts'
import { rulesOn } from './rules-on.ts'

/** Keys of an object that are missing, or too many. */
export interface KeyDifference {
  readonly object: string
  readonly missing: number
  readonly needless: number
}

const portion = 5000

/** Holds the keys by which duplicates are known against the records; those that are still being written are left out. */
export async function verifyDuplicates(ctx: Ctx): Promise<readonly KeyDifference[]> {
  return inView(ctx, async (tx) => {
    const indexes = await indexesOf(tx, ctx.company.id)
    const isReady = (object: string, comparison: string) =>
      indexes.some((one) => one.object === object && one.comparison === comparison && one.state === 'ready')
    const found: KeyDifference[] = []
    for (const object of ctx.company.wholeCatalogue.all()) {
      const rules = rulesOn(object)
      if (rules.length === 0 || !rules.every((rule) => isReady(object.key, comparisonOf(rule)))) continue
      const difference = await differenceOf(tx, ctx, object)
      if (difference.missing + difference.needless > 0) found.push(difference)
    }
    return found
  })
}

async function differenceOf(tx: Tx, ctx: Ctx, object: ObjectType): Promise<KeyDifference> {
  const company = ctx.company.id
  let [after, wanted, there]: [string | null, number, number] = ['00000000-0000-0000-0000-000000000000', 0, 0]
  while (after !== null) {
    const { rows }: { rows: { id: string; values: RecordValues }[] } = await sql<{ id: string; values: RecordValues }>`
      select t.id, ${comparedFieldsSql(object)} as values from ${sql.table(object.table)} t
      where t.company_id = ${company} and t.id > ${after} and t.deleted_at is null
        ${object.custom ? sql`and t.object = ${object.key}` : sql``}
      order by t.id limit ${portion}`.execute(tx)
    const keys = rows.flatMap(({ id, values }) => keysOfRecord(object, id, values))
    wanted += keys.length
    there += await countThere(tx, company, object.key, keys)
    after = rows.length < portion ? null : (rows.at(-1)?.id ?? null)
  }
  const { rows } = await sql<{ count: string }>`
    select count(*) from duplicate_key where company_id = ${company} and object = ${object.key}`.execute(tx)
  return { object: object.key, missing: wanted - there, needless: Number(rows[0]?.count ?? 0) - there }
}

async function countThere(tx: Tx, company: string, object: string, keys: readonly KeyOfRecord[]): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select count(*) from unnest(${keys.map((one) => one.comparison)}::text[], ${keys.map((one) => one.key)}::text[],
      ${keys.map((one) => one.id)}::uuid[]) as k(comparison, key, id)
    join duplicate_key d on d.company_id = ${company} and d.object = ${object} and d.comparison = k.comparison
      and d.key = k.key and d.record_id = k.id`.execute(tx)
  return Number(rows[0]?.count ?? 0)
}
