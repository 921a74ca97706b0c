import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { periodAround } from '#engine/calendar/period.ts'
import type { Judged } from '#engine/forecast-deals/back-test.ts'
import { inView } from '#platform/db/step.ts'
import { nodeIdOf } from '#features/targets/server/index.ts'
import { smallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'
import { closedMetric } from './in-sight.ts'
import { learnedBy } from './learned.ts'
import { pastTried } from './past-tried.ts'

const { database } = await testApp()

it('tries a small node on all its own deals, however many the company has', { timeout: 60_000 }, async () => {
  const { ctx, people, units, stages } = await smallCompany(database, { slug: 'small-among-many' })
  const company = ctx.company.id
  // One a day for four years, won or lost after fifty days; those of 甲 and 乙 are alike, and 丁 has most of all.
  const sell = (person: string, perDay: number) =>
    sql`
      insert into opportunity (company_id, id, owner_id, name, stage_id, status, amount, currency, engaged_on, closed_on)
      select ${company}, gen_random_uuid(), ${people[person]}, '单', ${stages['Won']}, case d % 2 when 0 then 'won' else 'lost' end,
        100 + d % 7, 'CNY', ${ctx.today}::date - 1460 + d, ${ctx.today}::date - 1410 + d
      from generate_series(1, 1400) d, generate_series(1, ${perDay}::int)`.execute(database.owner)
  await sell('甲', 1)
  await sell('乙', 1)
  await sell('丁', 16)
  const trialsOf = await inView(ctx, async (tx) => {
    const learned = await learnedBy(tx, ctx, new Map())
    const period = periodAround(ctx.today, 'quarter', ctx.company.calendar)
    const past = await pastTried(tx, ctx, { learned, metric: closedMetric(ctx), period })
    return (name: string, unit: string) =>
      past.of([nodeIdOf({ unitId: units[unit] ?? '', personId: people[name] ?? '' })])
  })
  const said = (trials: readonly Judged[], of = 1) => trials.map((trial) => Math.round(trial.said / of))
  const [one, other, most] = [trialsOf('甲', '东一队'), trialsOf('乙', '东一队'), trialsOf('丁', '西一队')]
  expect(one.length).toBeGreaterThan(3)
  expect(Math.min(...said(one))).toBeGreaterThan(0)
  // A sample of the company would draw other deals of the one than of the other.
  expect(said(other)).toEqual(said(one))
  expect(said(most, 16)).toEqual(said(one))
})
