import { sql } from 'kysely'
import { figureOf, readAmount, type Metric } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { defaultStructure, type Span } from './org-shape.ts'
import { madeOf, readFigure } from './read-figure.ts'
import { rowsFrom } from './rows.ts'

/**
 * What a metric that the ledger does not keep yet would come to over a span for the whole company, straight from the
 * records; one metric divided by another from the ledger.
 */
export async function tryMetric(
  ctx: Ctx,
  metric: Metric,
  span: Span,
): Promise<{ readonly figure: string | null; readonly records: number }> {
  if (metric.quotient) return { figure: await inView(ctx, (tx) => readFigure(tx, ctx, metric, null, span)), records: 0 }
  const ledgerRows = rowsFrom(
    ctx,
    metric.sources.map((source) => ({ metric, source })),
    sql`true`,
  )
  if (!ledgerRows) return { figure: null, records: 0 }
  return inView(ctx, async (tx) => {
    const { rows } = await sql<{ numerator: string; denominator: string; records: number }>`
      select coalesce(${madeOf(metric)}, 0)::text as numerator, coalesce(sum(denominator), 0)::text as denominator,
        count(distinct r.record_id)::int as records
      from (${ledgerRows}) r
      where r.structure_id = ${await defaultStructure(tx, ctx)} and r.day >= ${span.from}::date and r.day < ${span.to}::date`.execute(
      tx,
    )
    const [sums] = rows
    if (!sums) return { figure: null, records: 0 }
    return { figure: figureOf(metric, readAmount(sums.numerator), readAmount(sums.denominator)), records: sums.records }
  })
}
