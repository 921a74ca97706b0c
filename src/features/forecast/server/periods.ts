import { fiscalPeriods, type Period } from '#engine/calendar/period.ts'
import { periodAsked } from '#features/targets/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { PeriodOfForecast } from '../contract.ts'

/** The period that is asked for, or the current one of a kind. PERIOD_INVALID names the field. */
export function periodFor(ctx: Ctx, key: string | undefined, kind: string): Period {
  if (key !== undefined) return periodAsked(ctx, key)
  const current = around(ctx, Number(ctx.today.slice(0, 4)), kind).find(
    ({ from, to }) => from <= ctx.today && ctx.today < to,
  )
  return current ?? periodAsked(ctx, undefined)
}

/** The period of the same kind before, and the one after. */
export function neighbours(ctx: Ctx, period: Period): { readonly earlier: Period; readonly later: Period } {
  const periods = around(ctx, period.year, period.kind)
  return {
    earlier: periods.findLast(({ to }) => to <= period.from) ?? period,
    later: periods.find(({ from }) => from >= period.to) ?? period,
  }
}

/** The newest periods of a kind that are over, the oldest of them first. */
export function pastPeriods(ctx: Ctx, kind: string, count: number): readonly Period[] {
  const year = Number(ctx.today.slice(0, 4))
  // Twelve months a year at most would do today; calendars with more periods bring them all the same.
  const years = Array.from({ length: count + 2 }, (_, at) => year - at)
  return inOrder(years.flatMap((each) => periodsOf(ctx, each)))
    .filter((period) => period.kind === kind && period.to <= ctx.today)
    .slice(-count)
}

function around(ctx: Ctx, year: number, kind: string): readonly Period[] {
  const periods = [year - 1, year, year + 1].flatMap((each) => periodsOf(ctx, each))
  return inOrder(periods).filter((period) => period.kind === kind)
}

function periodsOf({ company }: Ctx, year: number): readonly Period[] {
  return fiscalPeriods({ year, startMonth: company.fiscalStart })
}

const inOrder = (periods: readonly Period[]) => periods.toSorted((one, other) => (one.from < other.from ? -1 : 1))

export function shownPeriod({ key, kind, label, from, to }: Period): PeriodOfForecast {
  return { key, kind, label, from, to }
}
