import { addDays, weekday, type Day } from '#engine/calendar/day.ts'
import type { ForecastSetting } from './contract.ts'

export interface Deadline {
  /** The next day by which people are to submit; null when none comes any more. */
  readonly dueOn: Day | null
  /** What was submitted on this day or later counts for it. */
  readonly since: Day
}

/**
 * By when people are to submit for a period `[from, to)`. Every week: by that weekday, of weeks whose day lies in the
 * period; what was said since the day after the last deadline counts. Once a period: by that day of it, at the latest its
 * last; whatever was said for the period counts.
 */
export function deadlineOf(
  { dueEvery, dueOn }: Pick<ForecastSetting, 'dueEvery' | 'dueOn'>,
  { from, to }: { readonly from: Day; readonly to: Day },
  today: Day,
): Deadline {
  const last = addDays(to, -1)
  if (dueEvery === 'period') {
    const day = addDays(from, dueOn - 1)
    const due = day < to ? day : last
    return { dueOn: today <= due ? due : null, since: '0001-01-01' }
  }
  const begin = today > from ? today : from
  const next = addDays(begin, (dueOn - weekday(begin) + 7) % 7)
  const isFirst = addDays(next, -7) < from
  return { dueOn: next < to ? next : null, since: isFirst ? '0001-01-01' : addDays(next, -6) }
}
