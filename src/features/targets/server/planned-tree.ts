import type { Period } from '#engine/calendar/period.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { Day } from '#engine/calendar/day.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { defaultStructure, readTree } from '#platform/ledger/index.ts'
import type { TreeOfMetric } from '#platform/ledger/index.ts'
import { elapsedOf } from './period-asked.ts'
import { leavesIn, leavesOf } from './plan-year.ts'
import { targetStore } from './target-store.ts'
import type { TargetsOfPlan } from './target-store.ts'

/**
 * The tree of a metric with what its plan put elsewhere, and the targets of the period with what was due by a day, today
 * unless told; undefined without a plan.
 */
export async function readPlannedTree(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  period: Period,
  day: Day = ctx.today,
): Promise<{ readonly tree: TreeOfMetric; readonly targets: TargetsOfPlan | undefined }> {
  const months = leavesIn(ctx, period)
  const leaves = leavesOf(ctx, period.year)
  const elapsed = months.map((month) => {
    const leaf = leaves[month - 1]
    return leaf ? elapsedOf({ ...ctx, today: day }, leaf).share : 0
  })
  const targets = await targetStore.read(tx, {
    metric: metric.key,
    structureId: await defaultStructure(tx, ctx),
    year: period.year,
    months,
    elapsed,
  })
  return { tree: await readTree(tx, ctx, metric, period, targets?.places), targets }
}
