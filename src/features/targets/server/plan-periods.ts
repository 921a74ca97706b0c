import { fiscalMonths } from '#engine/calendar/period.ts'
import type { Period } from '#engine/calendar/period.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { StoredPlan } from './plan-store.ts'

/** The periods of a plan's year, in order: one for each cell of a row. */
export function periodsOfPlan(ctx: Ctx, { year }: Pick<StoredPlan, 'year'>): readonly Period[] {
  return fiscalMonths({ year, startMonth: ctx.company.fiscalStart })
}
