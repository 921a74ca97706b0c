import { fieldAt } from '#engine/query/check.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { figureReach, metricsInSight } from '#platform/ledger/index.ts'
import { orgView } from '#platform/records/reach.ts'
import { forecastErrors } from '../contract.ts'

const told = ['name', 'amount', 'stage', 'status', 'expectedOn', 'closedOn', 'forecastCategory', 'ownerId']

/** What closes: the metric that targets and results of deals are kept in; undefined where the role hides what makes it. */
export function closedInSight(ctx: Ctx): Metric | undefined {
  const metric = metricsInSight(ctx).find('signed_amount')
  const object = ctx.company.catalogue.find('opportunity')
  const isOpen = (path: string) => {
    const field = object && fieldAt(path, object, ctx.company.catalogue)
    return field !== undefined && !field.masked
  }
  return told.every(isOpen) ? metric : undefined
}

/** The same, refused where it is hidden. */
export function closedMetric(ctx: Ctx): Metric {
  const metric = closedInSight(ctx)
  if (!metric) throw forecastErrors.FORECAST_HIDDEN()
  return metric
}

/** Whether the reader sees the figures of the whole company. */
export async function isAllInSight(ctx: Ctx, metric: Metric): Promise<boolean> {
  return (await orgView().reach(ctx, figureReach(ctx, metric))) === 'everything'
}
