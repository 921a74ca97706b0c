import { addDays, type Day } from '#engine/calendar/day.ts'
import { fiscalPeriods, fiscalYearOf, type Period } from '#engine/calendar/period.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import { attainmentSettings, yearsInForce } from '#features/targets/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { daysOfLevel, fillOf } from '#platform/ledger/index.ts'

/** The fiscal years that are kept: the one of a day, and the one before. */
function periodsAround({ company: { calendar } }: Ctx, day: string): readonly Period[] {
  const year = fiscalYearOf(day, calendar)
  return [year - 1, year].flatMap((each) => fiscalPeriods(calendar, each))
}

/** Periods that began by a day: of every kind the one that holds it, and those over before. */
export function begunPeriods(
  ctx: Ctx,
  day: string,
): { readonly running: readonly Period[]; readonly over: readonly Period[] } {
  const begun = periodsAround(ctx, day).filter(({ from }) => from <= day)
  return { running: begun.filter(({ to }) => to > day), over: begun.filter(({ to }) => to <= day) }
}

/** The latest of the periods of each kind. */
export function latestOfKinds(periods: readonly Period[]): readonly Period[] {
  const kinds = Map.groupBy(periods, ({ kind }) => kind)
  return [...kinds.values()].flatMap((some) => some.toSorted((a, b) => (a.from < b.from ? 1 : -1))[0] ?? [])
}

/** The days whose ledger rows are kept: from the year before that of a day on, to the end of its year. */
export function daysKept(ctx: Ctx, metric: Metric, day: string): { readonly from: string; readonly to: string } {
  const days = periodsAround(ctx, day)
  const from = days.reduce((first, period) => (period.from < first ? period.from : first), day)
  const to = days.reduce((last, period) => (period.to > last ? period.to : last), addDays(day, 1))
  // Levels are made of everything that was ever opened.
  return { from: metric.kind === 'stock' ? '0001-01-01' : from, to }
}

/** Rows before this day make the figures of a period; of a level that goes on those until the end of today. */
export function countedTo(ctx: Pick<Ctx, 'today'>, { kind }: Metric, period: Pick<Period, 'from' | 'to'>): Day {
  return kind === 'stock' ? daysOfLevel(ctx, period).to : period.to
}

/** Metrics with a plan in force of these years, and those that the company asked for, once the ledger holds all their rows. */
export async function watchedMetrics(tx: Tx, ctx: Ctx, day: string): Promise<readonly Metric[]> {
  const { settings } = await attainmentSettings(tx, ctx)
  const years = periodsAround(ctx, day).map(({ year }) => year)
  const planned = await yearsInForce(tx, ctx)
  const watched: Metric[] = []
  for (const metric of ctx.company.metrics.all()) {
    const isPlanned = years.some((year) => planned.get(metric.key)?.has(year))
    if (!isPlanned && !settings.keptMetrics.includes(metric.key)) continue
    // A part of a figure is not kept, and nobody is told of it.
    if ((await fillOf(tx, metric.key)) === 'ready') watched.push(metric)
  }
  return watched
}
