import type { Label } from '#base/label.ts'
import type { Period } from '#engine/calendar/period.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import { landByDeals, type LandingByDeals } from '#features/forecast/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { absenceNames } from '../names.ts'

/** What deals say of a row of a metric. */
export interface DealsOfRow {
  /** Null where they say nothing of the metric, the period or the row. */
  readonly landing: LandingByDeals | null
  /** Why they say nothing; null where they speak, and where they never would. */
  readonly absent: Label | null
}

export type DealsSpeak = (row: string) => DealsOfRow

const silent: DealsSpeak = () => ({ landing: null, absent: null })

/** Deals speak for what is signed, and only to whoever may see what is in them. */
export async function dealsSpeak(tx: Tx, ctx: Ctx, metric: Metric, period: Period): Promise<DealsSpeak> {
  if (metric.key !== 'signed_amount' || period.to <= ctx.today) return silent
  const found = await landByDeals(tx, ctx, period)
  if (!found) return silent
  return (row) => {
    const { landing, absent } = found.of(row)
    return { landing, absent: absent && absenceNames[absent] }
  }
}
