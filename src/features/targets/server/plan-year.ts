import { fiscalMonths, fiscalQuarters, yearPeriod } from '#engine/calendar/period.ts'
import type { Period } from '#engine/calendar/period.ts'
import type { Ctx } from '#platform/db/ctx.ts'

/** The leaf periods of a fiscal year, in their order: a plan has one cell for each. */
export function leavesOf(ctx: Ctx, year: number): readonly Period[] {
  return fiscalMonths(ctx.company.calendar, year)
}

/** The quarters of the year: its leaves are shown under them. */
export function quartersOf(ctx: Ctx, year: number): readonly Period[] {
  return fiscalQuarters(ctx.company.calendar, year)
}

/** The fiscal year as a whole. */
export function yearOf(ctx: Ctx, year: number): Period {
  return yearPeriod(ctx.company.calendar, year)
}

/** The leaves (from 1) that make a period of the year. */
export function leavesIn(ctx: Ctx, { year, from, to }: Pick<Period, 'year' | 'from' | 'to'>): number[] {
  return leavesOf(ctx, year).flatMap((leaf, at) => (from <= leaf.from && leaf.to <= to ? [at + 1] : []))
}
