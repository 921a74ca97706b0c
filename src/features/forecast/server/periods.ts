import { periodAround, periodBeside, type Period, type PeriodKind } from '#engine/calendar/period.ts'
import { periodAsked } from '#features/targets/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { PeriodOfForecast } from '../contract.ts'

/** The period that is asked for, or the current one of a kind. PERIOD_INVALID names the field. */
export function periodFor(ctx: Ctx, key: string | undefined, kind: PeriodKind): Period {
  return key === undefined ? periodAround(ctx.today, kind, ctx.company.calendar) : periodAsked(ctx, key)
}

/** A period of some days, whatever the calendar has been since: as it was kept. */
export function periodAsKept(ctx: Ctx, { from, to }: { readonly from: string; readonly to: string }): Period {
  return { ...periodAround(from, 'quarter', ctx.company.calendar), from, to }
}

/** The period of the same kind before, and the one after. */
export function neighbours({ company }: Ctx, period: Period): { readonly earlier: Period; readonly later: Period } {
  return {
    earlier: periodBeside(period, -1, company.calendar),
    later: periodBeside(period, 1, company.calendar),
  }
}

/** A company's today and calendar. */
export type Now = Pick<Ctx, 'today'> & { readonly company: Pick<Ctx['company'], 'calendar'> }

/** The newest periods of a kind that are over, the oldest of them first. */
export function pastPeriods({ today, company }: Now, kind: PeriodKind, count: number): readonly Period[] {
  const current = periodAround(today, kind, company.calendar)
  return Array.from({ length: count }, (_, at) => periodBeside(current, at - count, company.calendar))
}

export function shownPeriod({ key, kind, label, from, to }: Period): PeriodOfForecast {
  return { key, kind, label, from, to }
}
