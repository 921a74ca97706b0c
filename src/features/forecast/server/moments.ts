import { addDays, daysBetween, type Day } from '#engine/calendar/day.ts'
import { periodAround, type Period, type PeriodKind } from '#engine/calendar/period.ts'
import { pastPeriods, type Now } from './periods.ts'

const triedPeriods = 12

/** A past period and the day on whose end it is tried. */
export interface Moment {
  readonly period: Period
  readonly on: Day
}

/** Past periods as many days before their end as today is before the end of the one asked for; of one that is over the eves. */
export function momentsLike(now: Now, asked: Period): readonly Moment[] {
  const left = daysBetween(now.today, asked.to)
  return pastPeriods(now, kindTried(now, asked), triedPeriods).map((past) => {
    return { period: past, on: left > 0 ? addDays(past.to, -left) : addDays(past.from, -1) }
  })
}

/**
 * What is left of a year, or of a month, that has begun and ends with the running quarter is what is left of that quarter:
 * all are tried on past quarters, so that one period lands where the other does. A month to come is only a part of it.
 */
function kindTried({ today, company }: Now, { from, to, kind }: Period): PeriodKind {
  return from <= today && periodAround(today, 'quarter', company.calendar).to === to ? 'quarter' : kind
}
