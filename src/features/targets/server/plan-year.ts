import { fiscalMonths, fiscalPeriods } from '#engine/calendar/period.ts'
import type { Period } from '#engine/calendar/period.ts'
import type { Ctx } from '#platform/db/ctx.ts'

/** The leaf periods of a fiscal year, in their order: a plan has one cell for each. */
export function leavesOf(ctx: Ctx, year: number): readonly Period[] {
  return fiscalMonths({ year, startMonth: ctx.company.fiscalStart })
}

/** The quarters of the year: its leaves are shown under them. */
export function quartersOf(ctx: Ctx, year: number): readonly Period[] {
  return fiscalPeriods({ year, startMonth: ctx.company.fiscalStart }).filter(({ kind }) => kind === 'quarter')
}

/** The fiscal year as a whole. */
export function yearOf(ctx: Ctx, year: number): Period {
  const [whole] = fiscalPeriods({ year, startMonth: ctx.company.fiscalStart })
  if (!whole) throw new Error(`fiscal ${year} has no periods`)
  return whole
}

/** The leaves (from 1) that make a period of the year. */
export function leavesIn(ctx: Ctx, { year, from, to }: Pick<Period, 'year' | 'from' | 'to'>): number[] {
  return leavesOf(ctx, year).flatMap((leaf, at) => (from <= leaf.from && leaf.to <= to ? [at + 1] : []))
}
