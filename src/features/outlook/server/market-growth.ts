import { readPeriod, type Period } from '#engine/calendar/period.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import { marketSources } from '#features/market/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { metricsInSight } from '#platform/ledger/index.ts'
import { rowFigures } from './row-figures.ts'

/** How the market of a row grows, and what the row brought a year ago. */
export interface MarketGrowth {
  /** The market of the period ÷ that of the same period of the year before. */
  readonly growth: number
  /** What the same period of the year before brought. */
  readonly before: number
  /** Who said so. */
  readonly source: string
}

/**
 * The growth of the market of every row: of a unit by its territory, of people by that of their unit. It speaks for
 * amounts that add up; null where the market of either year is not known, or the actor does not see it.
 */
export async function marketGrowth(
  tx: Tx,
  ctx: Ctx,
  { metric, period }: { readonly metric: Metric; readonly period: Period },
): Promise<(row: string) => MarketGrowth | null> {
  const size = metricsInSight(ctx).find('market_size')
  const read = readPeriod(`${period.year - 1}${period.key.slice(String(period.year).length)}`, ctx.company.calendar)
  if (!size || !read.ok || metric.kind !== 'flow' || metric.unit !== 'money') return () => null
  const [now, before] = [await rowFigures(tx, ctx, size, period), await rowFigures(tx, ctx, size, read.period)]
  if (now.size === 0 || before.size === 0) return () => null
  const brought = await rowFigures(tx, ctx, metric, read.period)
  const source = (await marketSources(tx, ctx, period)).join('、')
  return (row) => {
    const [unit = row] = row.split('.')
    const [large, was] = [now.get(unit)?.value ?? 0, before.get(unit)?.value ?? 0]
    if (large <= 0 || was <= 0) return null
    return { growth: large / was, before: brought.get(row)?.value ?? 0, source }
  }
}
