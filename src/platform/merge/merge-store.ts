import { sql } from 'kysely'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step, Tx } from '#platform/db/step.ts'

/** How many records of an object were moved to the winner. */
export interface MovedCount {
  readonly object: string
  readonly count: number
}

/** Records that became part of another. */
export interface Merge {
  readonly id: string
  readonly object: string
  readonly winnerId: string
  readonly loserIds: readonly string[]
  readonly operationId: string
  readonly moved: readonly MovedCount[]
  readonly mergedBy: string | null
  readonly mergedByName: string | null
  readonly mergedAt: Date
  readonly undoneAt: Date | null
}

const columns = sql`
  m.id, m.object, m.winner_id as "winnerId", m.operation_id as "operationId", m.moved, m.merged_by as "mergedBy",
  p.name as "mergedByName", m.merged_at as "mergedAt", m.undone_at as "undoneAt",
  (select array_agg(l.record_id order by l.record_id) from record_merge_loser l
    where l.company_id = m.company_id and l.merge_id = m.id) as "loserIds"`

async function mergesWhere(tx: Tx, company: string, condition: Sql): Promise<readonly Merge[]> {
  const { rows } = await sql<Merge>`
    select ${columns} from record_merge m left join person p on p.company_id = m.company_id and p.id = m.merged_by
    where m.company_id = ${company} and ${condition}`.execute(tx)
  return rows
}

export async function insertMerge(
  { ctx, tx, operationId }: Step,
  merge: Pick<Merge, 'id' | 'object' | 'winnerId' | 'loserIds' | 'moved'>,
): Promise<void> {
  const company = ctx.company.id
  await sql`
    insert into record_merge (company_id, id, object, winner_id, operation_id, moved, merged_by, merged_at)
    values (${company}, ${merge.id}, ${merge.object}, ${merge.winnerId}, ${operationId},
      ${JSON.stringify(merge.moved)}::jsonb, ${ctx.actor.personId}, ${ctx.now})`.execute(tx)
  await sql`
    insert into record_merge_loser (company_id, merge_id, object, record_id)
    select ${company}, ${merge.id}, ${merge.object}, l from unnest(${merge.loserIds}::uuid[]) l`.execute(tx)
}

/** The merge that took this record away last and stands. */
export async function mergeOfLoser(tx: Tx, company: string, object: string, id: string): Promise<Merge | undefined> {
  const [merge] = await mergesWhere(
    tx,
    company,
    sql`m.object = ${object} and m.undone_at is null and m.id in (
      select merge_id from record_merge_loser where company_id = ${company} and object = ${object} and record_id = ${id})
    order by m.merged_at desc, m.id desc limit 1`,
  )
  return merge
}

/** Whose merges are meant: the actor's own, or everybody's. */
export interface Whose {
  readonly whose: 'own' | 'all'
}

function ofWhom({ actor }: Ctx, { whose }: Whose): Sql {
  return whose === 'all' ? sql`true` : sql`m.merged_by is not distinct from ${actor.personId}`
}

export async function mergeById(tx: Tx, ctx: Ctx, id: string, whose: Whose): Promise<Merge | undefined> {
  return (await mergesWhere(tx, ctx.company.id, sql`m.id = ${id} and ${ofWhom(ctx, whose)}`))[0]
}

/** The newest merges; with the id of one of them those before it. */
export function newestMerges(
  tx: Tx,
  ctx: Ctx,
  { before, limit, ...whose }: Whose & { readonly before?: string | undefined; readonly limit: number },
): Promise<readonly Merge[]> {
  const company = ctx.company.id
  const earlier =
    before === undefined
      ? sql``
      : sql`and (m.merged_at, m.id) < (
          select b.merged_at, b.id from record_merge b where b.company_id = ${company} and b.id = ${before})`
  return mergesWhere(
    tx,
    company,
    sql`${ofWhom(ctx, whose)} ${earlier} order by m.merged_at desc, m.id desc limit ${limit}`,
  )
}

/** The merges that the actor may see of these operations, by operation. */
export async function mergesOfOperations(
  tx: Tx,
  ctx: Ctx,
  operationIds: readonly string[],
  whose: Whose,
): Promise<ReadonlyMap<string, string>> {
  const found = await mergesWhere(
    tx,
    ctx.company.id,
    sql`m.operation_id = any(${operationIds}::uuid[]) and ${ofWhom(ctx, whose)}`,
  )
  return new Map(found.map(({ operationId, id }) => [operationId, id]))
}

/** False: somebody else was faster. */
export async function markUndone({ ctx, tx }: Step, id: string): Promise<boolean> {
  const { rows } = await sql`
    update record_merge set undone_at = now()
    where company_id = ${ctx.company.id} and id = ${id} and undone_at is null returning id`.execute(tx)
  return rows.length > 0
}

/** How many hops a pointer is followed: records that were merged again and again. */
const mostHops = 20

/** Where a record that was merged away is now; undefined if it never was. */
export async function placeAfterMerges(
  tx: Tx,
  company: string,
  object: string,
  id: string,
): Promise<string | undefined> {
  return (await placesAfterMerges(tx, company, object, [id])).get(id)
}

/** The same for several: where those of them are that were merged away. */
export async function placesAfterMerges(
  tx: Tx,
  company: string,
  object: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; now: string }>`
    with recursive way(start, id, hop) as (
      select i, i, 0 from unnest(${ids}::uuid[]) i
      union all
      select way.start, n.winner_id, way.hop + 1 from way cross join lateral (
        select m.winner_id from record_merge_loser l
        join record_merge m on m.company_id = l.company_id and m.id = l.merge_id and m.undone_at is null
        where l.company_id = ${company} and l.object = ${object} and l.record_id = way.id
        order by m.merged_at desc, m.id desc limit 1) n
      where way.hop < ${mostHops}
    )
    select distinct on (start) start as id, id as now from way where hop > 0 order by start, hop desc`.execute(tx)
  return new Map(rows.map(({ id, now }) => [id, now]))
}
