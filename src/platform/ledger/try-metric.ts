import { sql } from 'kysely'
import { figureOf, readAmount, type Metric } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { defaultStructure, type Span } from './org-shape.ts'
import { rowsFrom } from './rows.ts'

/** What a metric that the ledger does not keep yet would come to over a span, straight from the records. */
export async function tryMetric(
  ctx: Ctx,
  metric: Metric,
  { from, to }: Span,
): Promise<{ readonly figure: string | null; readonly records: number }> {
  const ledgerRows = rowsFrom(
    ctx,
    metric.sources.map((source) => ({ metric, source })),
    sql`true`,
  )
  if (!ledgerRows) return { figure: null, records: 0 }
  return inView(ctx, async (tx) => {
    const { rows } = await sql<{ numerator: string; denominator: string; records: number }>`
      select coalesce(sum(r.numerator), 0)::text as numerator, coalesce(sum(r.denominator), 0)::text as denominator,
        count(distinct r.record_id)::int as records
      from (${ledgerRows}) r
      where r.structure_id = ${await defaultStructure(tx, ctx)} and r.day >= ${from}::date and r.day < ${to}::date`.execute(
      tx,
    )
    const [sums] = rows
    if (!sums) return { figure: null, records: 0 }
    return { figure: figureOf(metric, readAmount(sums.numerator), readAmount(sums.denominator)), records: sums.records }
  })
}
