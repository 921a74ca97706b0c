import { sql } from 'kysely'
import type { Sources } from '#engine/metrics/metrics.ts'
import { ledgerRowsSql, type LedgerScope } from '#engine/metrics/to-sql.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'

/** What the ledger of an object should hold for the records that `records` (a condition on `t`) picks, as a select. */
export function rowsOf(ctx: Ctx, object: string, records: Sql): Sql | undefined {
  return rowsFrom(ctx, ctx.company.metrics.sourcesOf(object), records)
}

/** Of these only the rows of stock metrics. */
export function stockRowsOf(ctx: Ctx, object: string, records: Sql): Sql | undefined {
  const stocks = ctx.company.metrics.sourcesOf(object).filter(({ metric }) => metric.kind === 'stock')
  return rowsFrom(ctx, stocks, records)
}

function scopeOf({ company: { id, currency, zone } }: Ctx, records: Sql): LedgerScope {
  return { company: sql`${id}`, currency, zone, records }
}

/** The same of some readings. */
export function rowsFrom(ctx: Ctx, sources: Sources, records: Sql): Sql | undefined {
  const scope = scopeOf(ctx, records)
  const parts = sources.map(
    ({ metric, source }) => sql`
    select ${metric.key}::text as metric, ${metric.version}::int as metric_version, x.record_id, x.part, x.attribution,
      x.structure_id, x.person_id, x.unit_id, x.day, x.currency,
      ${metric.unit === 'money' ? sql`x.amount` : sql`null::numeric`} as amount, x.numerator,
      coalesce(x.weight, 0) as denominator, x.subject
    from (${ledgerRowsSql(metric, source, ctx.company.wholeCatalogue, scope)}) x`,
  )
  return parts.length > 0 ? sql.join(parts, sql` union all `) : undefined
}

export const ledgerColumns = sql`
  company_id, record_id, metric, structure_id, part, metric_version, attribution, object, person_id, unit_id, day,
  currency, amount, numerator, denominator, subject`
