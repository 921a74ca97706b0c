import { sql } from 'kysely'
import { pino } from 'pino'
import { beforeAll, describe, expect, it } from 'vitest'
import { sumOf } from '#engine/money/decimal.ts'
import { askToRecredit, rebuildLedger, runRecredit } from '#platform/ledger/index.ts'
import { moveUnit } from '#features/org/server/index.ts'
import { inStep } from '#platform/db/step.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { createRecord, updateRecord } from '#platform/records/save.ts'
import { movePerson, smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { creditAnew } from '#testing/credit-anew.ts'
import { publishedPlan } from '#testing/published-plan.ts'
import { testApp } from '#testing/test-app.ts'
import { companiesWithoutNight, takeNight, whileNightsWait } from './take-night.ts'

let today = '2026-06-15'
const { database, as } = await testApp({ now: () => new Date(`${today}T04:00:00Z`) })
let company: SmallCompany
let deals: string[] = []

const unit = (name: string): string => company.units[name] ?? ''
const one = (name: string): string => company.people[name] ?? ''
const person = (name: string) => as({ companyId: company.ctx.company.id, personId: one(name) })

async function now() {
  const found = await findCompany(database.db, { id: company.ctx.company.id })
  if (!found) throw new Error('the company is gone')
  return systemContext(
    { db: database.db, log: pino({ level: 'silent' }), now: () => new Date(`${today}T04:00:00Z`) },
    found,
  )
}

async function night(day: string): Promise<void> {
  today = day
  await takeNight(await now())
}

/** Won deals of 100 in March and June for everybody, a lost one each, and a plan of 4,800. */
async function openCompany(slug: string): Promise<void> {
  today = '2026-06-15'
  company = await smallCompany(database, { slug })
  deals = []
  for (const [name, role] of [
    ['丁', 'administrator'],
    ['乙', 'manager'],
    ['丙', 'director'],
  ]) {
    await sql`update person set role = ${role} where id = ${one(name ?? '')}`.execute(database.owner)
  }
  await sql`update unit set head_id = ${one('乙')} where id = ${unit('东一队')}`.execute(database.owner)
  await sql`update unit set head_id = ${one('丙')} where id = ${unit('东区')}`.execute(database.owner)
  for (const name of ['甲', '乙', '丙', '丁']) {
    for (const month of ['03', '06']) {
      const deal = { name: `${name} ${month}`, amount: '100', ownerId: one(name), closedOn: `2026-${month}-05` }
      deals.push((await createRecord(await now(), 'opportunity', { ...deal, stage: company.stages['Won'] })).id)
    }
    await createRecord(await now(), 'opportunity', {
      ...{ name: `${name} lost`, stage: company.stages['Lost'], amount: '50', ownerId: one(name) },
      ...{ closedOn: '2026-06-06', lostReason: 'x' },
    })
  }
  await publishedPlan(person('丁'), { metric: 'signed_amount', year: 2026, total: '4800' })
}

const shown = (name: string, query: string) => person(name).get(`/attainment/signed_amount/shown?${query}`)
const changes = (name: string, query: string) => person(name).get(`/attainment/signed_amount/changes?${query}`)

describe('figures of a day', () => {
  beforeAll(async () => {
    await openCompany('shown')
    await night('2026-06-16')
    // What happens afterwards moves the live figure alone.
    await updateRecord(await now(), 'opportunity', deals[1] ?? '', { values: { amount: '175.55' } })
    await movePerson(await now(), one('丙'), unit('西一队'), '2026-06-01')
    await creditAnew(await now(), [one('丙')], '2026-06-01')
  })

  it('stay as they were at its end, for every node that the reader sees today', async () => {
    const then = await shown('丁', 'period=2026-Q2&on=2026-06-16')
    expect(then).toMatchObject({ status: 200, body: { actual: '400', shown: { on: '2026-06-15', isClosing: false } } })
    const live = await person('丁').get('/metrics/signed_amount/tree?period=2026-Q2')
    expect(live.body.actual).toBe('475.55')
    const mine = await shown('乙', 'period=2026-Q2&on=2026-06-15')
    expect(mine.body).toMatchObject({ id: unit('东一队'), actual: '200', target: '300' })
    expect(await shown('乙', `period=2026-Q2&on=2026-06-15&node=${unit('西区')}`)).toMatchObject({ status: 404 })
    expect(await shown('甲', 'period=2026-Q2&on=2026-06-15')).toMatchObject({
      body: { personId: one('甲'), actual: '100' },
    })
  })

  it('are listed, and a day before the first is refused with its name', async () => {
    const listed = await person('丁').get('/attainment/signed_amount/days?period=2026-Q2')
    expect(listed.body.days.map(({ day }: { day: string }) => day)).toEqual(['2026-06-15'])
    expect(await shown('丁', 'period=2026-Q2&on=2026-06-14')).toMatchObject({ status: 404, code: 'SNAPSHOT_NOT_FOUND' })
  })

  it('are none of a day to come, which is refused by its name', async () => {
    const toCome = { status: 422, code: 'DAY_TO_COME' }
    expect(await shown('丁', 'period=2026-Q2&on=2030-01-01')).toMatchObject(toCome)
    expect(await changes('丁', 'period=2026-Q2&since=2030-01-01')).toMatchObject(toCome)
    expect(await changes('丁', 'period=2026-Q2&since=2026-06-15&until=2030-01-01')).toMatchObject(toCome)
    const backwards = { status: 422, code: 'DAYS_BACKWARDS', body: { errors: [{ field: 'until', code: 'before' }] } }
    expect(await changes('丁', 'period=2026-Q2&since=2026-06-15&until=2026-06-14')).toMatchObject(backwards)
  })

  it('become those of now for reasons that sum to the difference, each with its records before and after', async () => {
    const { body } = await changes('丁', `period=2026-Q2&since=2026-06-15&node=${unit('东区')}`)
    expect(body).toMatchObject({
      since: { actual: '300' },
      until: { on: null, actual: '275.55' },
      difference: '-24.45',
    })
    expect(body.parts).toEqual([
      { reason: 'amount', amount: '75.55', records: 1 },
      { reason: 'organisation', amount: '-100', records: 1 },
    ])
    const opened = await person('丁').get(
      `/attainment/signed_amount/changes/records?period=2026-Q2&since=2026-06-15&node=${unit('东区')}&reason=amount`,
    )
    expect(opened.body).toMatchObject({ total: '75.55', count: 1 })
    expect(opened.body.rows[0]).toMatchObject({
      title: '甲 06',
      before: [{ value: '100', personName: '甲', unitName: '东一队' }],
      after: [{ value: '175.55' }],
    })
  })

  it('refuse changes of a ratio, and settings and closings by whoever does not manage them', async () => {
    expect(await person('丁').get('/attainment/win_rate/changes')).toMatchObject({ code: 'CHANGES_NOT_ADDITIVE' })
    expect(await person('乙').post('/attainment/closings', { period: '2026-Q1' })).toMatchObject({ status: 403 })
  })

  it('keep the fiscal years whose periods they show', async () => {
    const { body } = await person('丁').post('/fiscal-calendar/preview', { rule: { kind: 'months', start: 4 } })
    const by = body.refused.find(({ year }: { year: number }) => year === 2026).by
    expect(by.map(({ en }: { en: string }) => en)).toEqual(['Target plans', 'Snapshots of attainment'])
  })

  it('cannot be changed by the app itself', async () => {
    for (const table of ['attainment_snapshot', 'attainment_outline', 'attainment_change']) {
      await expect(sql`delete from ${sql.table(table)}`.execute(database.db)).rejects.toThrow(/permission denied/)
    }
  })
})

describe('a record that leaves what somebody sees', () => {
  it('is told as gone, without its name and where it went', async () => {
    await openCompany('left')
    await night('2026-06-16')
    await updateRecord(await now(), 'opportunity', deals[1] ?? '', { values: { ownerId: one('丁') } })
    const query = `period=2026-Q2&since=2026-06-15&node=${unit('东一队')}&reason=credit`
    const { body } = await person('乙').get(`/attainment/signed_amount/changes/records?${query}`)
    expect(body.rows).toMatchObject([
      { recordId: null, title: null, amount: '-100', after: [{ isOut: true, value: null }] },
    ])
    expect(JSON.stringify(body)).not.toContain('丁')
    const whole = await person('丁').get(`/attainment/signed_amount/changes/records?${query}`)
    expect(whole.body.rows[0]).toMatchObject({ title: '甲 06', after: [{ personName: '丁', isOut: false }] })
  })
})

describe('a record that is shared with another team', () => {
  it('shows of its past only the share that lay in sight, also where it is no longer shared', async () => {
    await openCompany('shared')
    const halves = [
      { person: one('甲'), percent: '50' },
      { person: one('丁'), percent: '50' },
    ]
    for (const deal of deals.slice(0, 2))
      await updateRecord(await now(), 'opportunity', deal, { values: { credits: halves } })
    await night('2026-06-16')
    await updateRecord(await now(), 'opportunity', deals[1] ?? '', { values: { amount: '300' } })
    await updateRecord(await now(), 'opportunity', deals[0] ?? '', {
      values: { credits: null },
    })
    const query = (reason: string) => `period=2026&since=2026-06-15&node=${unit('东一队')}&reason=${reason}`
    const grown = await person('乙').get(`/attainment/signed_amount/changes/records?${query('amount')}`)
    const taken = await person('乙').get(`/attainment/signed_amount/changes/records?${query('credit')}`)
    const shares = [
      { isOut: false, personName: '甲', value: '50' },
      { isOut: true, personName: null, unitName: null, value: null, amount: null, day: null },
    ]
    expect(grown.body.rows).toMatchObject([{ title: '甲 06', before: shares }])
    expect(taken.body.rows).toMatchObject([{ title: '甲 03', before: shares, after: [{ value: '100' }] }])
    expect(JSON.stringify([grown.body, taken.body])).not.toContain('丁')
    const whole = await person('丁').get(`/attainment/signed_amount/changes/records?${query('amount')}`)
    expect(whole.body.rows[0].before).toMatchObject([{ personName: '甲' }, { personName: '丁', value: '50' }])
  })
})

describe('the comparison', () => {
  const changedSince = async (name: string, day: string) => (await changes(name, `period=2026-Q2&since=${day}`)).body
  const read = (table: string) =>
    sql<{ count: number }>`
      select count(*)::int as count from ${sql.table(table)} where company_id = ${company.ctx.company.id}`
      .execute(database.owner)
      .then(({ rows }) => rows[0]?.count)

  it('looks only at the records that were touched since the night, and the night clears them away', async () => {
    await openCompany('touched')
    expect(await read('ledger_touched')).toBe(0)
    await night('2026-06-16')
    expect(await read('ledger_touched')).toBe(0)
    await updateRecord(await now(), 'opportunity', deals[1] ?? '', { values: { amount: '175.55' } })
    expect(await read('ledger_touched')).toBeGreaterThan(0)
    // What is kept of untouched records is not read: a lie about one of them goes unseen.
    await sql`update attainment_kept set numerator = 1 where record_id = ${deals[3]}`.execute(database.owner)
    expect(await changedSince('丁', '2026-06-15')).toMatchObject({ parts: [{ reason: 'amount', amount: '75.55' }] })
    await sql`update attainment_kept set numerator = 100 where record_id = ${deals[3]}`.execute(database.owner)
    await night('2026-06-17')
    expect(await read('ledger_touched')).toBe(0)
    expect(await changedSince('丁', '2026-06-15')).toMatchObject({ difference: '75.55', parts: [{ records: 1 }] })
    expect(await changedSince('丁', '2026-06-16')).toMatchObject({ difference: '0', parts: [] })
  })

  it('looks at everything once more after the ledger was computed anew, which notes nothing', async () => {
    await openCompany('anew')
    await night('2026-06-16')
    await sql`update opportunity set amount = 130 where id = ${deals[1]}`.execute(database.owner)
    await rebuildLedger(await now())
    expect(await read('ledger_touched')).toBe(0)
    for (const day of ['2026-06-17', '2026-06-18']) {
      expect(await changedSince('丁', '2026-06-15')).toMatchObject({ parts: [{ reason: 'amount', amount: '30' }] })
      await night(day)
    }
    await updateRecord(await now(), 'opportunity', deals[3] ?? '', { values: { amount: '101' } })
    expect(await changedSince('丁', '2026-06-17')).toMatchObject({ parts: [{ reason: 'amount', amount: '1' }] })
  })

  it('lists the records of a moved unit page by page, the largest first', async () => {
    await openCompany('moved')
    await updateRecord(await now(), 'opportunity', deals[3] ?? '', { values: { amount: '250' } })
    await night('2026-06-16')
    await updateRecord(await now(), 'opportunity', deals[1] ?? '', { values: { amount: '80' } })
    await moveUnit(await now(), unit('东一队'), { parentId: unit('西区'), from: '2026-06-01' })
    const page = (skip: number) =>
      person('丁').get(
        `/attainment/signed_amount/changes/records?period=2026-Q2&since=2026-06-15&node=${unit('西区')}&reason=organisation&limit=1&skip=${skip}`,
      )
    const [first, second] = [await page(0), await page(1)]
    expect(first.body).toMatchObject({ total: '330', count: 2, next: 1, rows: [{ title: '乙 06', amount: '250' }] })
    expect(second.body).toMatchObject({
      next: null,
      rows: [{ title: '甲 06', amount: '80', before: [{ value: '100' }] }],
    })
    const { body } = await changes('丁', `period=2026-Q2&since=2026-06-15&node=${unit('西区')}`)
    expect(body.parts).toMatchObject([{ reason: 'organisation', amount: '330' }])
  })
})

describe('closing', () => {
  it('keeps a quarter for good, by hand or so many days after its end, once', async () => {
    await openCompany('closing')
    const close = () => person('丁').post('/attainment/closings', { period: '2026-Q1' })
    expect((await close()).body).toEqual({ metrics: ['signed_amount'] })
    expect(await close()).toMatchObject({ status: 409, code: 'PERIOD_CLOSED' })
    expect(await person('丁').post('/attainment/closings', { period: '2026-Q2' })).toMatchObject({
      status: 409,
      code: 'PERIOD_NOT_OVER',
    })
    // A closing by day does not stand for the night.
    await night('2026-06-15')
    expect(await shown('丁', 'period=2026-Q2&on=2026-06-14')).toMatchObject({ status: 200 })
    await updateRecord(await now(), 'opportunity', deals[0] ?? '', { values: { amount: '1' } })
    expect((await shown('丁', 'period=2026-Q1&on=closing')).body).toMatchObject({
      actual: '400',
      shown: { isClosing: true },
    })

    await night('2026-06-16')
    await night('2026-07-05')
    expect(await shown('丁', 'period=2026-Q2&on=closing')).toMatchObject({ status: 404 })
    await night('2026-07-11')
    const closed = await shown('丁', 'period=2026-Q2&on=closing')
    expect(closed.body).toMatchObject({ actual: '400', shown: { on: '2026-07-10', takenByName: null } })
    await night('2026-07-12')
    const { body } = await person('丁').get('/attainment/signed_amount/days?period=2026-Q2')
    expect(body.days.map(({ day }: { day: string }) => day)).toEqual([
      '2026-07-10',
      '2026-07-04',
      '2026-06-15',
      '2026-06-14',
    ])
  })

  it('waits while results are credited anew after a move: half of it would be kept for good', async () => {
    await openCompany('moving')
    await night('2026-06-16')
    const run = await inStep(await now(), (step) => askToRecredit(step, { personIds: [one('甲')], from: '2026-03-01' }))
    expect(await person('丁').post('/attainment/closings', { period: '2026-Q1' })).toMatchObject({
      status: 409,
      code: 'RESULTS_MOVING',
    })
    await night('2026-07-11')
    expect(await shown('丁', 'period=2026-Q2&on=2026-07-10')).toMatchObject({ status: 200 })
    expect(await shown('丁', 'period=2026-Q2&on=closing')).toMatchObject({ status: 404 })

    await runRecredit(await now(), run)
    await night('2026-07-12')
    expect((await shown('丁', 'period=2026-Q2&on=closing')).body).toMatchObject({ shown: { on: '2026-07-11' } })
    expect((await person('丁').post('/attainment/closings', { period: '2026-Q1' })).status).toBe(200)
  })

  it('says that crediting anew failed where nothing goes on by itself, and tells who may try again', async () => {
    await openCompany('stuck')
    await sql`update person set role = 'operations' where id = ${one('丙')}`.execute(database.owner)
    const run = await inStep(await now(), (step) => askToRecredit(step, { personIds: [one('甲')], from: '2026-03-01' }))
    await sql`update recredit_run set state = 'failed', failed_at = now() where id = ${run}`.execute(database.owner)
    expect(await person('丁').post('/attainment/closings', { period: '2026-Q1' })).toMatchObject({
      status: 409,
      code: 'RESULTS_STUCK',
    })
    await night('2026-06-16')
    const stuckAt = async (name: string) =>
      (await person(name).get('/notices')).body.notices.filter(
        ({ kind }: { kind: string }) => kind === 'attainment.stuck',
      )
    expect(await stuckAt('丙')).toHaveLength(1)
    expect(await stuckAt('甲')).toEqual([])
    await inStep(await now(), (step) => askToRecredit(step, { personIds: [one('乙')], from: '2026-03-01' }))
    expect((await person('丁').post('/attainment/closings', { period: '2026-Q1' })).code).toBe('RESULTS_MOVING')
  })

  it('is part of a night that is due once a day', async () => {
    await openCompany('due')
    today = new Date().toISOString().slice(0, 10)
    // Whatever the hour: the company lives where it is noon.
    const hours = 12 - new Date().getUTCHours()
    const zone = hours === 0 ? 'UTC' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`
    await sql`update company set zone = ${zone} where id = ${company.ctx.company.id}`.execute(database.owner)
    expect(await companiesWithoutNight(database.db)).toContain(company.ctx.company.id)
    await whileNightsWait(await now(), async () => {
      expect(await companiesWithoutNight(database.db)).not.toContain(company.ctx.company.id)
    })
    expect(await companiesWithoutNight(database.db)).toContain(company.ctx.company.id)
    await takeNight(await now())
    expect(await companiesWithoutNight(database.db)).not.toContain(company.ctx.company.id)
  })

  it('is kept once by two processes that take the same night', async () => {
    await openCompany('two-at-once')
    await night('2026-06-16')
    await updateRecord(await now(), 'opportunity', deals[1] ?? '', { values: { amount: '175.55' } })
    today = '2026-06-18'
    const ctx = await now()
    await Promise.all([takeNight(ctx), takeNight(ctx)])
    const { rows } = await sql<{ turn: number; changes: number }>`
      select turn, (select count(*)::int from attainment_change c where c.company_id = w.company_id
        and c.metric = w.metric and c.record_id = ${deals[1] ?? ''}) as changes
      from attainment_window w where company_id = ${company.ctx.company.id} and metric = 'signed_amount'`.execute(
      database.owner,
    )
    expect(rows).toEqual([{ turn: 2, changes: 1 }])
  })
})

describe('alerts', () => {
  const told = async (name: string) => (await person(name).get('/notices')).body.notices
  const aboutPace = (notices: readonly { kind: string; text: string }[]) =>
    notices.filter(({ kind }) => kind === 'attainment.behind').map(({ text }) => text)

  it('tell the head of a unit behind its pace and the tier above, once until it has recovered', async () => {
    await openCompany('alerts')
    const { body } = await person('丁').get('/attainment/settings')
    const settings = { ...body.settings, alerts: { ...body.settings.alerts, kinds: ['quarter'] } }
    expect((await person('丁').put('/attainment/settings', { settings, version: 0 })).status).toBe(200)
    expect(await person('丁').put('/attainment/settings', { settings, version: 0 })).toMatchObject({ status: 409 })

    // The first working days of a quarter are quiet.
    await night('2026-04-03')
    expect(aboutPace(await told('乙'))).toEqual([])
    await night('2026-06-16')
    expect(aboutPace(await told('乙'))).toEqual(['“Signed amount” 2026-Q2 is behind its pace: 东一队'])
    expect(aboutPace(await told('丙'))).toEqual([expect.stringContaining('东区、东二队、东一队')])
    expect(aboutPace(await told('甲'))).toEqual([])
    await night('2026-06-17')
    expect(aboutPace(await told('乙'))).toHaveLength(1)

    await updateRecord(await now(), 'opportunity', deals[3] ?? '', { values: { amount: '900' } })
    await night('2026-06-18')
    await updateRecord(await now(), 'opportunity', deals[3] ?? '', { values: { amount: '100' } })
    await night('2026-06-19')
    expect(aboutPace(await told('乙'))).toHaveLength(2)
  })
})

describe('drivers of a gap', () => {
  it('sum to the gap against the plan, and against the year before', async () => {
    await openCompany('drivers')
    const asked = (query: string) => person('丁').get(`/attainment/signed_amount/drivers?period=2026-Q2&${query}`)
    const plan = await asked('against=plan')
    expect(plan.body).toMatchObject({ against: 'plan', base: '1200', actual: '400', gap: '800' })
    expect(sumOf(plan.body.parts.map(({ amount }: { amount: string }) => amount))).toBe('800')
    // April and May are due and 9 of the 21 working days of June; the days to come ask for the rest.
    expect(plan.body.due).toBe('1009.5238')
    expect(plan.body.parts[0]).toMatchObject({ driver: 'toCome', amount: '190.4762', base: null, divided: null })
    // The year before sold nothing: at the win rate and size of now it takes more deals.
    expect(plan.body.parts[1]).toMatchObject({ driver: 'deals', base: '20.1905', actual: '8', amount: '609.5238' })
    expect(plan.body.parts[2].divided).toMatchObject({
      over: { metric: 'won_deals', unit: 'count', base: null, actual: '4' },
      under: { metric: 'win_rate', driver: 'deals', base: null, actual: '8' },
    })
    const year = await asked('against=2026-Q1&velocity=yes')
    expect(year.body).toMatchObject({ against: 'period', base: '400', gap: '0' })
    expect(sumOf(year.body.parts.map(({ amount }: { amount: string }) => amount))).toBe('0')
    expect(await person('丁').get('/attainment/win_rate/drivers')).toMatchObject({ code: 'DRIVERS_UNKNOWN' })
  })

  it('of won deals are the deals closed and the win rate', async () => {
    await openCompany('won-deals')
    await publishedPlan(person('丁'), { metric: 'won_deals', year: 2026, total: '48' })
    const { body } = await person('丁').get('/attainment/won_deals/drivers?period=2026-Q2&against=plan')
    // 12 were asked for, 10.0952 of them by now: at half won of those closed it takes twice as many; 8 were closed, 4 won.
    expect(body).toMatchObject({ base: '12', due: '10.0952', actual: '4', gap: '8' })
    expect(body.parts).toMatchObject([
      { driver: 'toCome', unit: 'count', amount: '1.9048', metric: 'won_deals' },
      { driver: 'deals', unit: 'count', base: '20.1904', actual: '8', amount: '6.0952', metric: 'win_rate' },
      { driver: 'rate', unit: 'percent', base: '0.5', actual: '0.5', amount: '0' },
    ])
  })

  it('of sales and collections are customers and what each brought, and what of the sales came in, person by person', async () => {
    await openCompany('sales-drivers')
    const act = await now()
    const account = async (name: string) => (await createRecord(act, 'account', { name, ownerId: one('甲') })).id
    const [big, small] = [await account('大'), await account('小')]
    const order = async (of: string, amount: string, orderedOn: string) => {
      const values = { code: `${orderedOn} ${amount}`, account: of, amount, orderedOn }
      return (await createRecord(act, 'order', { ...values, status: 'confirmed', ownerId: one('甲') })).id
    }
    await order(big, '300', '2026-02-03')
    const paidOrder = await order(small, '100', '2026-02-04')
    await order(big, '90', '2026-05-05')
    await order(big, '60', '2026-05-06')
    const sales = await person('丁').get(
      `/attainment/sales_amount/drivers?period=2026-Q2&against=2026-Q1&node=${unit('东一队')}`,
    )
    // Two customers of 200 against one of 150: (2 − 1) × 175 and (200 − 150) × 1.5.
    expect(sales.body).toMatchObject({ base: '400', actual: '150', gap: '250' })
    expect(sales.body.parts).toMatchObject([
      { driver: 'customers', base: '2', actual: '1', amount: '175', metric: 'active_customers' },
      { driver: 'perCustomer', unit: 'money', base: '200', actual: '150', amount: '75', metric: 'sales_amount' },
    ])
    // Against the plan by the same days of the year before: what these sold after them says nothing of now.
    await order(big, '800', '2025-04-10')
    await order(small, '700', '2025-06-29')
    await publishedPlan(person('丁'), { metric: 'sales_amount', year: 2026, total: '4800' })
    const planned = await person('丁').get('/attainment/sales_amount/drivers?period=2026-Q2&against=plan')
    expect(planned.body).toMatchObject({ base: '1200', due: '1009.5238', actual: '150', baseUntil: '2025-06-15' })
    const [later, customers, each] = planned.body.parts
    expect([later.driver, customers.driver]).toEqual(['toCome', 'customers'])
    expect(each).toMatchObject({ driver: 'perCustomer', base: '800', actual: '150' })
    expect(sumOf(planned.body.parts.map(({ amount }: { amount: string }) => amount))).toBe('1050')
    // Of a period that has not begun nothing is due: all of it is still to come.
    const ahead = await person('丁').get('/attainment/sales_amount/drivers?period=2026-Q3&against=plan')
    expect(ahead.body).toMatchObject({ base: '1200', due: '0', gap: '1200' })
    expect(ahead.body.parts[0]).toMatchObject({ driver: 'toCome', amount: '1200' })
    // Both sides of each end open to what they say.
    for (const [end, days] of [
      ['base', 'period=2025-Q2&until=2025-06-15'],
      ['actual', 'period=2026-Q2'],
    ] as const) {
      for (const side of [each.divided.over, each.divided.under]) {
        const opened = await person('丁').get(`/metrics/${side.metric}/records?${days}`)
        expect([side.metric, opened.body.total]).toEqual([side.metric, side[end]])
      }
    }
    expect(await person('丁').get('/metrics/sales_amount/records?period=2025-Q2&until=2025-03-31')).toMatchObject({
      status: 400,
      code: 'PERIOD_INVALID',
    })
    // Money came in where nothing was sold: what no rate explains is a part, and all sum to the gap.
    const payment = { order: paidOrder, amount: '80', receivedOn: '2026-04-02', ownerId: one('乙') }
    await createRecord(act, 'payment', payment)
    const paid = await person('丁').get(
      `/attainment/collections/drivers?period=2026-Q2&against=2026-Q1&node=${unit('东一队')}`,
    )
    expect(sumOf(paid.body.parts.map(({ amount }: { amount: string }) => amount))).toBe(paid.body.gap)
    const alone = await person('丁').get(
      `/attainment/collections/drivers?period=2026-Q2&against=2026-Q1&node=${unit('东一队')}.${one('乙')}`,
    )
    expect(alone.body).toMatchObject({
      gap: '-80',
      parts: [{ amount: '0' }, { amount: '0' }, { driver: 'rest', amount: '-80' }],
    })
  })
})
