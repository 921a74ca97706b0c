import { expect, it } from 'vitest'
import { periodAround, type PeriodKind } from '#engine/calendar/period.ts'
import { momentsLike } from './moments.ts'

const calendar = { kind: 'months', start: 1 } as const

/** The kind of the periods that one around a day is tried on, and how many days of each were left. */
const triedOn = (today: string, kind: PeriodKind, day: string) => {
  const moments = momentsLike({ today, company: { calendar } }, periodAround(day, kind, calendar))
  return moments.map(({ period, on }) => ({ kind: period.kind, key: period.key, on })).at(-1)
}

it('tries a year, a quarter and a month that end together, once all have begun, on the same past quarters', () => {
  const quarter = triedOn('2026-12-10', 'quarter', '2026-12-10')
  expect(quarter).toMatchObject({ kind: 'quarter' })
  expect(triedOn('2026-12-10', 'month', '2026-12-10')).toEqual(quarter)
  expect(triedOn('2026-12-10', 'year', '2026-12-10')).toEqual(quarter)
})

it('tries a month to come on months, though it ends with the running quarter', () => {
  // 83 days before the end of each, in deals that are expected to close in its own days.
  expect(triedOn('2026-10-10', 'month', '2026-12-10')).toMatchObject({ kind: 'month', on: '2026-07-10' })
  expect(triedOn('2026-10-10', 'month', '2026-11-10')).toMatchObject({ kind: 'month' })
  expect(triedOn('2026-08-10', 'quarter', '2026-10-10')).toMatchObject({ kind: 'quarter' })
})
