import { sql } from 'kysely'
import type { Day } from '#engine/calendar/day.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import { daysValued, daysValuedSql } from '#engine/metrics/to-sql.ts'
import type { RecordValues } from '#engine/model/object-type.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Tx } from '#platform/db/step.ts'
import { rewriteLocked } from './recredit.ts'

/** A currency and the days `[from, to)` on which one rate holds; `to` null: until further notice. */
export interface ValuedSpan {
  readonly currency: string
  readonly from: Day
  readonly to: Day | null
}

const portion = 1000

/**
 * Computes anew the ledger rows of the records whose amounts the rates of this span turn into the base currency, in
 * portions, each in a step of its own; answers how many records that were.
 */
export async function revalue(ctx: Ctx, span: ValuedSpan): Promise<number> {
  const found = await inView(ctx, (tx) => recordsValued(tx, ctx, span))
  for (const { object, ids } of found) {
    for (let at = 0; at < ids.length; at += portion) {
      await inStep(ctx, (step) => rewriteLocked(step, object, ids.slice(at, at + portion)), { kind: 'ledger.revalue' })
    }
  }
  return found.reduce((count, { ids }) => count + ids.length, 0)
}

/** Whether any living record takes a rate of this span. */
export async function isValuedIn(tx: Tx, ctx: Ctx, span: ValuedSpan): Promise<boolean> {
  for (const { table, condition } of valuedIn(ctx, span)) {
    const { rows } = await sql`select from ${sql.table(table)} t where ${condition} limit 1`.execute(tx)
    if (rows.length > 0) return true
  }
  return false
}

/** The day whose rate a record needs first, from its values: the earliest on which an amount of it is valued. */
export function firstDayValued({ company }: Ctx, object: string, values: RecordValues, createdOn: Day): Day {
  return [...daysValued(company.metrics.sourcesOf(object), company, values, createdOn)].sort()[0] ?? createdOn
}

/** A currency in which a metric would value amounts, and the first day for which it has no rate; undefined: none. */
export async function lackedRate(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
): Promise<{ readonly currency: string; readonly day: Day } | undefined> {
  const { id, zone, currency: base, wholeCatalogue: catalogue } = ctx.company
  for (const source of metric.sources) {
    const scope = { company: sql`${id}`, currency: base, zone, records: sql`true` }
    const [day] = daysValuedSql([{ metric, source }], catalogue, scope)
    if (!day) continue
    const { rows } = await sql<{ currency: string; day: Day }>`
      select t.currency, min(${day})::text as day from ${sql.table(catalogue.get(source.of).table)} t
      where t.company_id = ${id} and t.deleted_at is null and t.currency <> ${base} and ${day} is not null
        and not exists (
          select from exchange_rate x
          where x.company_id = ${id} and x.currency = t.currency and x.from_day <= ${day})
      group by 1 order by 1 limit 1`.execute(tx)
    if (rows[0]) return rows[0]
  }
  return undefined
}

interface RecordsOfObject {
  readonly object: string
  readonly ids: readonly string[]
}

async function recordsValued(tx: Tx, ctx: Ctx, span: ValuedSpan): Promise<readonly RecordsOfObject[]> {
  const found: RecordsOfObject[] = []
  for (const { object, table, condition } of valuedIn(ctx, span)) {
    const { rows } = await sql<{ id: string }>`
      select t.id from ${sql.table(table)} t where ${condition} order by t.id`.execute(tx)
    found.push({ object, ids: rows.map((row) => row.id) })
  }
  return found
}

/** The objects that metrics value, each with the condition on `t` for the records of the span. */
function valuedIn(ctx: Ctx, { currency, from, to }: ValuedSpan) {
  const { id, zone, currency: base } = ctx.company
  const scope = { company: sql`${id}`, currency: base, zone, records: sql`true` }
  const within = (day: Sql) => sql`(${day} >= ${from}::date and ${day} < ${to ?? 'infinity'}::date)`
  return ctx.company.wholeCatalogue.all().flatMap(({ key, table }) => {
    const days = daysValuedSql(ctx.company.metrics.sourcesOf(key), ctx.company.wholeCatalogue, scope)
    if (days.length === 0) return []
    const condition = sql`
        t.company_id = ${id} and t.currency = ${currency} and t.deleted_at is null
        and (${sql.join(days.map(within), sql` or `)})`
    return [{ object: key, table, condition }]
  })
}
