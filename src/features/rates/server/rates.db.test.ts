import fc from 'fast-check'
import { sql } from 'kysely'
import { pino } from 'pino'
import { beforeAll, describe, expect, it } from 'vitest'
import { roles, type Role } from '#engine/policy/role.ts'
import { dispatchOnce } from '#platform/events/dispatch.ts'
import { allJobs } from '#platform/jobs/jobs.ts'
import { verifyLedger } from '#platform/ledger/index.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type Answer, type TestClient } from '#testing/test-app.ts'
import { removeRate } from './keep-rate.ts'

const { as, database } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })

interface Office {
  readonly company: SmallCompany
  readonly administrator: TestClient
}

let made = 0

/** A company of its own, seen by 甲 as its administrator. */
async function office(): Promise<Office> {
  made += 1
  const company = await smallCompany(database, { slug: `rates-${made}` })
  return { company, administrator: await personOf(company, '甲', 'administrator') }
}

async function personOf({ ctx, people }: SmallCompany, name: string, role: Role): Promise<TestClient> {
  const personId = people[name] ?? ''
  await sql`update person set role = ${role} where id = ${personId}`.execute(database.owner)
  return as({ companyId: ctx.company.id, personId })
}

/** What the server does in the background after a change: events are handed on, jobs are worked off. */
async function letFollow({ ctx }: SmallCompany): Promise<void> {
  while (await dispatchOnce({ db: database.db, log: pino({ level: 'silent' }) })) continue
  const { rows } = await sql<{ task: string; payload: Record<string, unknown> }>`
    select t.identifier as task, j.payload from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id
    where j.payload ->> 'companyId' = ${ctx.company.id} order by j.id`.execute(database.owner)
  for (const { task, payload } of rows) await allJobs().get(task)?.(ctx, payload)
  await sql`
    delete from graphile_worker._private_jobs where payload ->> 'companyId' = ${ctx.company.id}`.execute(database.owner)
}

const keep = (client: TestClient, currency: string, from: string, rate: unknown, language = 'en'): Promise<Answer> =>
  client.put(`/rates/${currency}/${from}`, { rate }, { 'accept-language': language })

const order = (client: TestClient, values: Record<string, unknown>): Promise<Answer> => {
  made += 1
  const day = { orderedOn: '2026-03-05', code: `D-${made}`, amount: '100' }
  return client.post('/records/order', { values: { ...day, ...values } })
}

async function salesOf(client: TestClient): Promise<string> {
  const { body } = await client.get('/metrics/sales_amount/tree?period=2026')
  return body.actual
}

describe('a metric made after somebody began to remove a rate', () => {
  it('keeps the rate by which it values', async () => {
    const { company, administrator } = await office()
    await administrator.post('/shape/objects/opportunity/fields', {
      key: 'shownOn__c',
      definition: { label: { zh: '演示日期', en: 'Shown on' }, type: 'date' },
    })
    for (const from of ['2025-06-01', '2026-01-01']) await keep(administrator, 'EUR', from, '8')
    const deal = await administrator.post('/records/opportunity', {
      values: {
        name: '演示', stage: company.stages['Won'], amount: '10', currency: 'EUR', closedOn: '2026-02-01',
        shownOn__c: '2025-12-01',
      },
    }) // prettier-ignore
    expect(deal, JSON.stringify(deal.body)).toMatchObject({ status: 201 })
    const before = company.ctx
    const metric = await administrator.post('/own-metrics', {
      label: { zh: '演示额', en: 'Shown' }, of: 'opportunity', aggregate: 'sum', field: 'amount', at: 'shownOn__c',
      unit: 'money', better: 'higher',
    }) // prettier-ignore
    expect(metric, JSON.stringify(metric.body)).toMatchObject({ status: 201 })
    const removing = removeRate(before, { currency: 'EUR', from: '2025-06-01' })
    await expect(removing).rejects.toMatchObject({ code: 'RATE_IN_USE' })
  })
})

describe('rates', () => {
  let here: Office
  beforeAll(async () => void (here = await office()))

  it('are listed by currency and day, each with the day on which the next one begins', async () => {
    const { administrator: client } = here
    await keep(client, 'USD', '2026-01-01', '7.00')
    await keep(client, 'USD', '2026-04-01', '7.2')
    await keep(client, 'EUR', '2026-01-01', '8.12345678')
    const { body } = await client.get('/rates')
    expect(body).toEqual({
      base: 'CNY',
      currencies: ['EUR', 'USD'],
      rates: [
        { currency: 'EUR', from: '2026-01-01', to: null, rate: '8.12345678' },
        { currency: 'USD', from: '2026-04-01', to: null, rate: '7.2' },
        { currency: 'USD', from: '2026-01-01', to: '2026-04-01', rate: '7' },
      ],
      after: null,
    })
    const daysOf = async (query: string) =>
      (await client.get(`/rates?${query}`)).body.rates.map((rate: any) => `${rate.currency} ${rate.from}`)
    expect(await daysOf('currency=USD')).toEqual(['USD 2026-04-01', 'USD 2026-01-01'])
    expect(await daysOf('on=2026-03-31')).toEqual(['EUR 2026-01-01', 'USD 2026-01-01'])
    expect(await daysOf('on=2026-04-01')).toEqual(['EUR 2026-01-01', 'USD 2026-04-01'])
    expect(await daysOf('on=2025-12-31')).toEqual([])
  })

  it('come in pages', async () => {
    const seen: string[] = []
    for (let after: string | null = ''; after !== null;) {
      const { body }: Answer = await here.administrator.get(`/rates?limit=2${after && `&after=${after}`}`)
      seen.push(...body.rates.map((rate: any) => `${rate.currency} ${rate.from}`))
      after = body.after
    }
    expect(seen).toEqual(['EUR 2026-01-01', 'USD 2026-04-01', 'USD 2026-01-01'])
  })

  it('replace the one of the same day, and say which it was', async () => {
    const { administrator: client } = here
    expect(await keep(client, 'GBP', '2026-01-01', '9')).toMatchObject({
      status: 200,
      body: { currency: 'GBP', from: '2026-01-01', to: null, rate: '9', before: null },
    })
    expect((await keep(client, 'GBP', '2026-01-01', '9.5')).body).toMatchObject({ rate: '9.5', before: '9' })
    const { body } = await client.get('/rates?currency=GBP')
    expect(body.rates).toEqual([{ currency: 'GBP', from: '2026-01-01', to: null, rate: '9.5' }])
    expect((await client.delete('/rates/GBP/2026-01-01')).status).toBe(204)
    expect(await client.delete('/rates/GBP/2026-01-01')).toMatchObject({ status: 404, code: 'RATE_NOT_FOUND' })
    const { rows } = await sql<{ action: string }>`
      select action from audit_entry where company_id = ${here.company.ctx.company.id} and object = 'exchange_rate'
        and coalesce(after, before) ->> 'currency' = 'GBP' order by id`.execute(database.owner)
    expect(rows.map((row) => row.action)).toEqual(['created', 'updated', 'deleted'])
  })

  it('of a day that stand already are kept without a trace', async () => {
    const count = async () =>
      (await sql`select from event where name = 'rate.changed'`.execute(database.owner)).rows.length
    const before = await count()
    expect((await keep(here.administrator, 'USD', '2026-01-01', '7.000')).body.before).toBe('7')
    expect(await count()).toBe(before)
  })

  it.each([
    ['USD', '2026-01-01', '0', 'rate', '汇率必须大于 0', 'A rate is greater than 0'],
    ['USD', '2026-01-01', '-7', 'rate', '汇率必须大于 0', 'A rate is greater than 0'],
    ['USD', '2026-01-01', '7.123456789', 'rate', '汇率最多 8 位小数', 'A rate has at most 8 decimals'],
    ['USD', '2026-01-01', 'seven', 'rate', '汇率应为数字，例如 7.1', 'A rate is a number such as 7.1'],
    ['USD', '2026-01-01', '1000000000000', 'rate', '汇率过大', 'The rate is too large'],
    [
      'CNY',
      '2026-01-01',
      '1',
      'currency',
      'CNY 是公司的本位币，不需要汇率',
      'CNY is the base currency and needs no rate',
    ],
    ['QQQ', '2026-01-01', '1', 'currency', '不认识币种 QQQ', 'There is no currency QQQ'],
  ])('refuse %s from %s at %s, naming the field %s', async (currency, from, rate, field, zh, en) => {
    for (const [language, message] of [
      ['zh', zh],
      ['en', en],
    ] as const) {
      const answer = await keep(here.administrator, currency, from, rate, language)
      expect(answer).toMatchObject({ status: 422, code: 'RATE_REFUSED' })
      expect(answer.body.errors).toEqual([expect.objectContaining({ field, message })])
    }
  })

  it.each([
    ['usd', '2026-01-01', '7', 'currency'],
    ['USD', '2026-02-30', '7', 'from'],
    ['USD', '2026-01-01', 7, 'rate'],
    ['USD', '2026-01-01', undefined, 'rate'],
  ])('cannot read %s from %s at %s', async (currency, from, rate, field) => {
    const answer = await keep(here.administrator, currency, from, rate, 'zh')
    expect(answer).toMatchObject({ status: 400, code: 'INPUT_INVALID', body: { errors: [{ field }] } })
  })
})

describe('who may', () => {
  it.each(roles)('a %s', async (role) => {
    const { company } = await office()
    const client = await personOf(company, '乙', role)
    const answers = [
      await client.get('/rates'),
      await keep(client, 'USD', '2026-01-01', '7'),
      await client.delete('/rates/USD/2026-01-01'),
    ]
    const isAllowed = role === 'administrator' || role === 'operations'
    expect(answers.map(({ status }) => status)).toEqual(isAllowed ? [200, 200, 204] : [403, 403, 403])
  })

  it('another company neither sees, replaces nor removes a rate', async () => {
    const [here, there] = [await office(), await office()]
    await keep(here.administrator, 'USD', '2026-01-01', '7')
    expect((await there.administrator.get('/rates')).body).toMatchObject({ currencies: [], rates: [] })
    expect((await there.administrator.delete('/rates/USD/2026-01-01')).status).toBe(404)
    expect((await keep(there.administrator, 'USD', '2026-01-01', '9')).body.before).toBeNull()
    expect((await here.administrator.get('/rates')).body.rates).toMatchObject([{ rate: '7' }])
    expect((await order(there.administrator, { currency: 'USD' })).status).toBe(201)
    expect(await salesOf(there.administrator)).toBe('900')
  })
})

describe('a record in another currency', () => {
  it('is refused without a rate on its day, naming field, currency and day; with one it counts in the base currency', async () => {
    const { administrator: client } = await office()
    await keep(client, 'USD', '2026-03-06', '7')
    const refused = await order(client, { currency: 'USD' })
    expect(refused).toMatchObject({ status: 422, code: 'RECORD_INVALID' })
    expect(refused.body.errors).toEqual([
      { field: 'currency', code: 'rate', message: 'There is no exchange rate for USD on 2026-03-05' },
    ])
    await keep(client, 'USD', '2026-03-05', '7.1')
    expect((await order(client, { currency: 'USD' })).status).toBe(201)
    expect(await salesOf(client)).toBe('710')
  })

  it('that counts from the day it was made needs a rate on that day, whatever later days it names', async () => {
    const { administrator: client, company } = await office()
    await keep(client, 'USD', '2026-07-01', '7')
    const values = { name: '进行中', stage: company.stages['Proposal'], amount: '5', expectedOn: '2026-12-31' }
    const refused = await client.post('/records/opportunity', { values: { ...values, currency: 'USD' } })
    expect(refused.body.errors).toMatchObject([{ field: 'currency', code: 'rate' }])
    const deal = await client.post('/records/opportunity', { values })
    await sql`update opportunity set created_at = '2026-01-10' where id = ${deal.body.id}`.execute(database.owner)
    await keep(client, 'USD', '2026-02-01', '7')
    const changed = await client.patch(`/records/opportunity/${deal.body.id}`, { values: { currency: 'USD' } })
    expect(changed.body.errors).toMatchObject([
      { field: 'currency', message: 'There is no exchange rate for USD on 2026-01-10' },
    ])
  })

  it('of the largest amount at the largest rate is kept to the last digit', async () => {
    const { administrator: client, company } = await office()
    await keep(client, 'USD', '2026-01-01', '999999999999.99999999')
    expect((await order(client, { currency: 'USD', amount: '999999999999999' })).status).toBe(201)
    expect(await salesOf(client)).toBe('999999999999998999990000000')
    expect(await verifyLedger(company.ctx)).toEqual([])
  })

  it('keeps the first rate of its currency in place; later ones may go', async () => {
    const { administrator: client, company } = await office()
    await keep(client, 'USD', '2026-01-01', '7')
    await keep(client, 'USD', '2026-03-01', '8')
    const { body } = await order(client, { currency: 'USD' })
    expect((await client.delete('/rates/USD/2026-03-01')).status).toBe(204)
    await letFollow(company)
    expect(await salesOf(client)).toBe('700')
    expect(await client.delete('/rates/USD/2026-01-01')).toMatchObject({ status: 409, code: 'RATE_IN_USE' })

    await client.delete(`/records/order/${body.id}`)
    expect((await client.delete('/rates/USD/2026-01-01')).status).toBe(204)
    const back = await client.post(`/records/order/${body.id}/restore`)
    expect(back).toMatchObject({ status: 422, code: 'RECORD_INVALID', body: { errors: [{ field: 'currency' }] } })
  })
})

describe('a changed rate', () => {
  it('computes anew what it values, by a job, and nothing before it or after the next', async () => {
    const { administrator: client, company } = await office()
    await keep(client, 'USD', '2026-01-01', '7')
    await keep(client, 'USD', '2026-05-01', '6')
    for (const orderedOn of ['2026-02-28', '2026-03-01', '2026-04-30', '2026-05-01']) {
      await order(client, { currency: 'USD', orderedOn })
    }
    await letFollow(company)
    expect(await salesOf(client)).toBe('2700')
    await keep(client, 'USD', '2026-03-01', '10')
    expect(await verifyLedger(company.ctx)).not.toEqual([])
    await letFollow(company)
    expect(await salesOf(client)).toBe('3300')
    expect(await verifyLedger(company.ctx)).toEqual([])
  })

  it('waits for those who save meanwhile, and they for it: nothing counts by a rate that is no more', async () => {
    const { administrator: client, company } = await office()
    await keep(client, 'USD', '2026-01-01', '7')
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, at) => {
        if (at % 3 > 0) return order(client, { currency: 'USD' })
        return at % 2 === 0 ? client.delete('/rates/USD/2026-01-01') : keep(client, 'USD', '2026-01-01', String(at))
      }),
    )
    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    await letFollow(company)
    expect(await verifyLedger(company.ctx)).toEqual([])
  })

  it('leaves the ledger as the records make it, whatever is changed in whatever order', async () => {
    const day = fc.constantFrom('2026-01-01', '2026-02-01', '2026-03-05', '2026-03-06', '2026-06-15', '2026-09-01')
    const currency = fc.constantFrom('USD', 'EUR')
    const rate = fc.integer({ min: 1, max: 999_999_999 }).map((units) => (units / 1e8).toFixed(8))
    const amount = fc.integer({ min: 0, max: 99_999_999 }).map((cents) => (cents / 100).toFixed(2))
    const act = fc.oneof(
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('keep' as const), currency, day, rate }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), currency, day }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('order' as const), currency, day, amount }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('deal' as const), currency, day, amount }) },
      { weight: 1, arbitrary: fc.constant({ kind: 'follow' as const }) },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 6, maxLength: 24 }), async (acts) => {
        const { administrator: client, company } = await office()
        const credits = [
          { person: company.people['乙'], percent: '33.3333' },
          { person: company.people['丙'], percent: '66.6667' },
        ]
        for (const one of acts) {
          if (one.kind === 'follow') await letFollow(company)
          else if (one.kind === 'keep') await keep(client, one.currency, one.day, one.rate)
          else if (one.kind === 'remove') await client.delete(`/rates/${one.currency}/${one.day}`)
          else {
            const money = { currency: one.currency, amount: one.amount, credits }
            const deal = { name: '商机', stage: company.stages['Won'], engagedOn: '2026-03-06', closedOn: one.day }
            const { status } =
              one.kind === 'order'
                ? await order(client, { ...money, orderedOn: one.day })
                : await client.post('/records/opportunity', { values: { ...deal, ...money } })
            expect([201, 422]).toContain(status)
          }
        }
        await letFollow(company)
        expect(await verifyLedger(company.ctx)).toEqual([])
      }),
      { numRuns: 12, seed: 20260615 },
    )
  }, 120_000)
})
