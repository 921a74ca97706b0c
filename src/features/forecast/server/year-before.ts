import { addDays, type Day } from '#engine/calendar/day.ts'

/** The year until a day, from which the pace of won deals is taken: from the first one on where the company is younger. */
export function yearBefore(on: Day, first: Day | undefined): { readonly from: Day; readonly to: Day } {
  const from = addDays(on, -364)
  return { from: first !== undefined && first > from && first <= on ? first : from, to: addDays(on, 1) }
}
