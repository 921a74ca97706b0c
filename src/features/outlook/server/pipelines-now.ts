import type { Metric } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { metricsInSight } from '#platform/ledger/index.ts'
import type { LeavesAround } from './leaves-around.ts'
import type { PipelineNow } from './row-evidence.ts'
import { rowFigures } from './row-figures.ts'

const daysPerMonth = 365.25 / 12

/**
 * The open pipeline of every row with the win rate, deal size and cycle of the last year, from the ledger. It speaks for
 * the signed amount alone, and only to whoever knows these metrics.
 */
export async function pipelinesNow(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  { behind, running, season }: LeavesAround,
): Promise<(row: string) => PipelineNow | null> {
  const known = metricsInSight(ctx)
  const [open, rate, size, cycle] = ['pipeline_value', 'win_rate', 'avg_deal', 'won_cycle'].map((key) =>
    known.find(key),
  )
  const from = behind.at(-season)?.from
  if (metric.key !== 'signed_amount' || !open || !rate || !size || !cycle || from === undefined) return () => null
  const year = { from, to: running.to }
  const values = await rowFigures(tx, ctx, open, running)
  const rates = await rowFigures(tx, ctx, rate, year)
  const sizes = await rowFigures(tx, ctx, size, year)
  const cycles = await rowFigures(tx, ctx, cycle, year)
  return (row) => {
    const [winRate, dealSize] = [rates.get(row)?.value ?? null, sizes.get(row)?.value ?? null]
    if (winRate === null || dealSize === null) return null
    const cycleMonths = (cycles.get(row)?.value ?? 3 * daysPerMonth) / daysPerMonth
    return { value: values.get(row)?.value ?? 0, winRate, dealSize, cycleMonths }
  }
}
