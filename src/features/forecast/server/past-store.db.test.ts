import { sql } from 'kysely'
import { beforeEach, expect, it } from 'vitest'
import { addDays } from '#engine/calendar/day.ts'
import { writeStageHistory } from '#features/pipeline/server/index.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { removeRecord } from '#platform/records/remove.ts'
import { createRecord, updateRecord } from '#platform/records/save.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'
import { forgetPastChanges, markOfPast } from './past-store.ts'

const { database } = await testApp()
let company: SmallCompany
let count = 0
let open: string
let closed: string

const mark = () => inView(company.ctx, (tx) => markOfPast(tx, company.ctx))
const markOn = (day: string) => inView(company.ctx, (tx) => markOfPast(tx, { ...company.ctx, today: day }))
const sell = async (stage: string, rest: object = {}) =>
  (
    await createRecord(company.ctx, 'opportunity', {
      name: '单',
      stage: company.stages[stage],
      amount: '100',
      ownerId: company.people['甲'],
      engagedOn: '2026-04-02',
      ...rest,
    })
  ).id
const change = (id: string, values: object) => updateRecord(company.ctx, 'opportunity', id, { values: { ...values } })
const rate = (value: string) =>
  inStep(company.ctx, ({ tx, ctx }) =>
    sql`insert into exchange_rate (company_id, id, currency, from_day, rate)
      values (${ctx.company.id}, gen_random_uuid(), 'USD', '2026-01-01', ${value})`.execute(tx),
  )

beforeEach(async () => {
  count += 1
  company = await smallCompany(database, { slug: `past-${count}` })
  open = await sell('Proposal')
  closed = await sell('Won', { closedOn: '2026-05-05' })
})

it.each<[string, () => Promise<unknown>]>([
  ['changes hands', () => change(open, { ownerId: company.people['乙'] })],
  ['began on another day', () => change(open, { engagedOn: '2026-03-01' })],
  ['is split', () => change(open, { credits: [{ person: company.people['甲'], percent: '40' }, { person: company.people['乙'], percent: '60' }] })], // prettier-ignore
  ['comes', () => sell('Prospecting')],
  ['goes', () => removeRecord(company.ctx, 'opportunity', open)],
  ['was won for more', () => change(closed, { amount: '101' })],
  ['was won on another day', () => change(closed, { closedOn: '2026-05-20' })],
  ['is told now to have closed long ago', () => change(open, { stage: company.stages['Lost'], closedOn: '2026-05-01', lostReason: '价格' })], // prettier-ignore
  ['is open again', () => change(closed, { stage: company.stages['Negotiation'] })],
  ['that was closed changes hands', () => change(closed, { ownerId: company.people['乙'] })],
  ['of long ago comes with its result', () => sell('Won', { closedOn: '2026-05-06' })],
  ['is told by another rate', () => rate('7')],
  ['gets a move of long ago', () => inStep(company.ctx, (step) => writeStageHistory(step, [{ opportunityId: open, fromStageId: null, toStageId: company.stages['Prospecting'] ?? '', at: '2026-04-02T10:00:00+08:00', personId: null }]))], // prettier-ignore
])('notices that a deal %s', async (_what, act) => {
  const before = await mark()
  await act()
  expect(await mark()).not.toBe(before)
})

const today = () => company.ctx.today

it.each<[string, () => Promise<unknown>]>([
  ['grows, moves on or is expected later', () => change(open, { amount: '500', expectedOn: '2026-08-01', stage: company.stages['Negotiation'] })], // prettier-ignore
  ['comes', () => sell('Prospecting', { engagedOn: today() })],
  ['comes and is split', () => sell('Prospecting', { engagedOn: today(), credits: [{ person: company.people['甲'], percent: '40' }, { person: company.people['乙'], percent: '60' }] })], // prettier-ignore
  ['is won', () => change(open, { stage: company.stages['Won'], closedOn: today() })],
  ['is lost', () => change(open, { stage: company.stages['Lost'], closedOn: today(), lostReason: '价格' })],
  ['comes and is won for something else', async () => change(await sell('Won', { engagedOn: today(), closedOn: today() }), { amount: '7' })], // prettier-ignore
  ['gets a note', () => change(closed, { note: '回访' })],
])('stays as it is when a deal %s today, and tells it tomorrow', async (what, act) => {
  const before = await mark()
  const tomorrow = () => markOn(addDays(today(), 1))
  const seenTomorrow = await tomorrow()
  await act()
  expect(await mark()).toBe(before)
  // The clock of the database, by which moves are told, is not that of this company.
  if (!/note|grows/.test(what)) expect(await tomorrow()).not.toBe(seenTomorrow)
})

it('notices a change that began before another and was kept after it', async () => {
  const [one, other] = await Promise.all([database.owner.startTransaction().execute(), database.owner.startTransaction().execute()]) // prettier-ignore
  const touch = (id: string) => sql`update opportunity set engaged_on = '2026-02-01' where id = ${id}`
  await touch(open).execute(one)
  await touch(closed).execute(other)
  await other.commit().execute()
  const between = await mark()
  await one.commit().execute()
  expect(await mark()).not.toBe(between)
})

it('notes a transaction once, whatever it changed, and forgets notes of earlier days', async () => {
  const notes = async () => {
    const found = sql<{ n: number }>`select count(*)::int as n from deal_past_change where company_id = ${company.ctx.company.id}` // prettier-ignore
    return (await found.execute(database.owner)).rows[0]?.n
  }
  const before = (await notes()) ?? 0
  await sql`update opportunity set engaged_on = '2026-01-01' where company_id = ${company.ctx.company.id}`.execute(
    database.owner,
  )
  expect(await notes()).toBe(before + 1)
  await sql`update deal_past_change set at = at - interval '3 days'`.execute(database.owner)
  await change(open, { engagedOn: '2026-01-02' })
  await inStep(company.ctx, forgetPastChanges)
  expect(await notes()).toBe(1)
})
