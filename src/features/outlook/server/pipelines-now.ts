import type { Metric } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { metricsInSight } from '#platform/ledger/index.ts'
import type { LeavesAround } from './leaves-around.ts'
import type { OpenPipeline } from './row-evidence.ts'
import { rowFigures, type RowFigure } from './row-figures.ts'

/**
 * The open pipeline of every row, now and as the months of the last year began, from the ledger. It speaks for the
 * signed amount alone, and only to whoever knows what is in it.
 */
export async function pipelinesNow(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  { behind, running, season }: LeavesAround,
): Promise<(row: string) => OpenPipeline | null> {
  const open = metricsInSight(ctx).find('pipeline_value')
  if (metric.key !== 'signed_amount' || !open) return () => null
  // A stock is read at the end of a month, which is where the next one begins.
  const levels: ReadonlyMap<string, RowFigure>[] = []
  for (const leaf of [...behind.slice(-season - 1), running]) levels.push(await rowFigures(tx, ctx, open, leaf))
  return (row) => {
    const amounts = levels.map((level) => level.get(row)?.value ?? 0)
    return { now: amounts.at(-1) ?? 0, before: amounts.slice(0, -2) }
  }
}
