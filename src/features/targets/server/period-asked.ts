import { fiscalYearOf, readPeriod } from '#engine/calendar/period.ts'
import type { Period } from '#engine/calendar/period.ts'
import { workdaysElapsed } from '#engine/calendar/workday.ts'
import type { Elapsed } from '#engine/calendar/workday.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { metricsInSight } from '#platform/ledger/index.ts'
import { targetErrors } from '../contract.ts'

/** The period that somebody names, this fiscal year unless told; PERIOD_INVALID names the field. */
export function periodAsked(ctx: Ctx, key: string | undefined): Period {
  const { calendar } = ctx.company
  const read = readPeriod(key ?? String(fiscalYearOf(ctx.today, calendar)), calendar)
  if (read.ok) return read.period
  throw targetErrors.PERIOD_INVALID({ period: key ?? '' }, [
    {
      field: 'period',
      code: read.reason,
      label: { zh: '请用 2017、2017-Q2 或 2017-M04', en: 'Write 2017, 2017-Q2 or 2017-M04' },
    },
  ])
}

export function metricAsked(ctx: Ctx, key: string): Metric {
  const metric = metricsInSight(ctx).find(key)
  if (!metric) throw targetErrors.METRIC_NOT_FOUND({ metric: key })
  return metric
}

/** How much of the period's working days is behind us. */
export function elapsedOf(ctx: Ctx, { from, to }: Pick<Period, 'from' | 'to'>): Elapsed {
  return workdaysElapsed(from, to, ctx.today, ctx.company.workCalendar)
}
