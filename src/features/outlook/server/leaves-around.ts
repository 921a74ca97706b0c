import type { FiscalCalendar } from '#engine/calendar/fiscal-calendar.ts'
import { fiscalMonths, fiscalYearOf, periodAround, periodBeside, type Period } from '#engine/calendar/period.ts'
import { workdaysElapsed } from '#engine/calendar/workday.ts'
import type { Ctx } from '#platform/db/ctx.ts'

/** Four years of months: enough for a season to show, few enough to be read at once. */
const mostBehind = 48

/** The leaf periods of the fiscal calendar around today: mostly months, and called so here. */
export interface LeavesAround {
  /** Complete ones, oldest first. */
  readonly behind: readonly Period[]
  readonly running: Period
  /** The part of the running one's working days that is behind. */
  readonly share: number
  /** How many make a year. */
  readonly season: number
  readonly calendar: FiscalCalendar
}

export function leavesAround(ctx: Ctx): LeavesAround {
  const { calendar, workCalendar } = ctx.company
  const running = periodAround(ctx.today, 'month', calendar)
  const behind = Array.from({ length: mostBehind }, (_, at) => periodBeside(running, at - mostBehind, calendar))
  return {
    behind,
    running,
    calendar,
    share: workdaysElapsed(running.from, running.to, ctx.today, workCalendar).share,
    season: fiscalMonths(calendar, fiscalYearOf(ctx.today, calendar)).length,
  }
}

/** Where a period stands beside the leaves around today. */
export interface Standing {
  /** Leaves, the running one among them, before a period to come begins. */
  readonly wait: number
  /** Leaves of it that are not complete. */
  readonly open: number
  /** Leaves of it in all. */
  readonly months: number
}

export function standingOf(ctx: Ctx, period: Pick<Period, 'from' | 'to'>, { running }: LeavesAround): Standing {
  let [wait, open] = [0, 0]
  let leaf = running
  while (leaf.from < period.to) {
    if (leaf.from < period.from) wait += 1
    else open += 1
    leaf = periodBeside(leaf, 1, ctx.company.calendar)
  }
  const months = fiscalMonths(ctx.company.calendar, fiscalYearOf(period.from, ctx.company.calendar)).filter(
    ({ from, to }) => period.from <= from && to <= period.to,
  ).length
  return { wait, open, months: Math.max(months, open) }
}
