import type { Period } from '#engine/calendar/period.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { defaultStructure, readTree } from '#platform/ledger/index.ts'
import type { TreeOfMetric } from '#platform/ledger/index.ts'
import { elapsedOf } from './period-asked.ts'
import { leavesIn } from './plan-year.ts'
import { targetStore } from './target-store.ts'
import type { TargetsOfPlan } from './target-store.ts'

/** The tree of a metric with what its plan put elsewhere, and the targets of the period; undefined without a plan. */
export async function readPlannedTree(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  period: Period,
  elapsed = elapsedOf(ctx, period),
): Promise<{ readonly tree: TreeOfMetric; readonly targets: TargetsOfPlan | undefined }> {
  const targets = await targetStore.read(tx, {
    metric: metric.key,
    structureId: await defaultStructure(tx, ctx),
    year: period.year,
    months: leavesIn(ctx, period),
    elapsed: elapsed.share,
  })
  return { tree: await readTree(tx, ctx, metric, period, targets?.places), targets }
}
