import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { ensurePeriods } from '#features/org/server/index.ts'
import { inStep } from '#platform/db/step.ts'
import { smallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'
import { createPlanRoute } from '../contract.ts'
import { createPlan } from './create-plan.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
const { ctx, people } = await smallCompany(database)
const { company } = ctx
const office = as({ companyId: company.id, personId: people['乙'] ?? '' })
const rep = as({ companyId: company.id, personId: people['甲'] ?? '' })

await sql`update person set role = 'operations' where id = ${people['乙']}`.execute(database.owner)

const april = { kind: 'months', start: 4 }
const planned = Number(ctx.today.slice(0, 4))
const free = planned + 1
await inStep(ctx, (step) => ensurePeriods(step, planned - 1, planned + 2))

describe('the fiscal calendar of a company', () => {
  it('is for administrators and operations', async () => {
    for (const asked of [rep.get('/fiscal-calendar'), rep.put('/fiscal-calendar', { rule: april, from: null })]) {
      expect((await asked).status).toBe(403)
    }
  })

  it('changes as a whole while nothing refers to its years, and its periods are written anew', async () => {
    const weeks = { kind: 'weeks', pattern: '4-4-5', weekday: 1, month: 1, day: 1 }
    expect((await office.put('/fiscal-calendar', { rule: weeks })).status).toBe(200)
    const { rows } = await sql<{ lengths: number[] }>`
      select array_agg((to_day - from_day) / 7 order by number) as lengths from period
      where company_id = ${company.id} and kind = 'month' and year = ${planned}`.execute(database.owner)
    expect(rows[0]?.lengths.slice(0, 11)).toEqual([4, 4, 5, 4, 4, 5, 4, 4, 5, 4, 4])
    expect((await office.get('/me')).body.company.calendar).toEqual(weeks)
    expect((await office.get(`/periods?year=${planned}`)).body.periods[6].label.en).toBe(`Period 2 ${planned}`)
    const back = await office.put('/fiscal-calendar', { rule: { kind: 'months', start: 1 } })
    expect(back.body.calendar).toEqual({ kind: 'months', start: 1 })
  })

  it('keeps the years that a plan refers to, and says which stand in the way', async () => {
    const wish = createPlanRoute.body?.parse({ metric: 'sales_amount', year: planned, total: '120' })
    if (wish) await createPlan(ctx, wish)
    const refused = await office.put('/fiscal-calendar', { rule: april })
    expect(refused.status).toBe(409)
    expect(refused.body.code).toBe('CALENDAR_IN_USE')
    expect(JSON.stringify(refused.body)).toContain(`${planned}`)
    const preview = await office.post('/fiscal-calendar/preview', { rule: april })
    expect(preview.body.refused).toEqual([{ year: planned, by: [{ zh: '目标计划', en: 'Target plans' }] }])
    const shown = await office.get('/fiscal-calendar')
    expect(shown.body).toMatchObject({ free, inUse: [{ year: planned }] })
  })

  it('lets later years follow another calendar, with no day left out', async () => {
    const { status, body } = await office.put('/fiscal-calendar', { rule: april, from: free })
    expect(status).toBe(200)
    const year = (number: number) => body.years.find((one: any) => one.year === number)
    expect(year(planned)).toMatchObject({ from: `${planned}-01-01`, to: `${free}-01-01` })
    expect(year(free)).toMatchObject({ from: `${free}-01-01`, to: `${free + 1}-04-01` })
    expect(year(free).periods).toHaveLength(15)
    const { rows } = await sql<{ from: string; to: string }>`
      select from_day::text as from, to_day::text as to from period
      where company_id = ${company.id} and kind = 'year' and year = ${planned + 2}`.execute(database.owner)
    expect(rows).toEqual([{ from: `${free + 1}-04-01`, to: `${free + 2}-04-01` }])
  })

  it('refuses a list of periods that leaves days out or counts them twice, naming the day', async () => {
    const rule = { kind: 'own', firstYear: free, years: [[`${free}-02-01`, `${free}-01-01`]], end: `${free}-03-01`, perQuarter: null } // prettier-ignore
    const { status, body } = await office.post('/fiscal-calendar/preview', { rule, from: free })
    expect([status, body.code, body.errors[0].field]).toEqual([422, 'CALENDAR_REFUSED', 'years.0.1'])
  })
})

describe('the working days of a company', () => {
  it('follow what the company sets for single days, before what the country has', async () => {
    const days = async () =>
      (await office.get('/metrics/sales_amount/tree?period=2026-M03')).body.meta.period.workdays as number
    const before = await days()
    const set = await office.put('/fiscal-calendar/workdays', { exceptions: { '2026-03-07': 'work', '2026-03-08': 'work', '2026-03-09': 'rest' } }) // prettier-ignore
    expect(set.status).toBe(200)
    expect(await days()).toBe(before + 1)
    const refused = await office.put('/fiscal-calendar/workdays', { exceptions: { '2026-02-30': 'work' } })
    expect(refused.status).toBe(400)
  })
})

describe('two administrators at one calendar', () => {
  it('do not undo each other: of two changes decided on the same version the second is told', async () => {
    const { version } = (await office.get('/fiscal-calendar')).body
    const days = (day: string) => office.put('/fiscal-calendar/workdays', { exceptions: { [day]: 'work' }, version })
    const both = await Promise.all([days('2026-05-09'), days('2026-05-10')])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(both.find(({ status }) => status === 409)).toMatchObject({ code: 'CALENDAR_CHANGED' })
    const stale = await office.put('/fiscal-calendar', { rule: { kind: 'months', start: 7 }, from: free + 2, version })
    expect(stale).toMatchObject({ status: 409, code: 'CALENDAR_CHANGED' })
  })

  it('both have their way where neither looked before: the second change builds on the first', async () => {
    const from = (start: number, year: number) =>
      office.put('/fiscal-calendar', { rule: { kind: 'months', start }, from: year })
    const both = await Promise.all([from(7, free + 2), from(10, free + 4)])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    const { rows } = await sql<{ before: unknown; after: unknown }>`
      select before -> 'calendar' as before, after -> 'calendar' as after from audit_entry
      where company_id = ${company.id} and object = 'company' and after ? 'calendar' order by id desc limit 2`.execute(
      database.owner,
    )
    expect(rows[0]?.before).toEqual(rows[1]?.after)
  })
})
