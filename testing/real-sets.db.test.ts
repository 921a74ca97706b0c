import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ratioOf, sumOf } from '#engine/money/decimal.ts'
import { importSetSchema } from '#engine/transfer/mapping.ts'
import { shapeFor } from '#app/shape-for-set.ts'
import { createCompany } from '#features/org/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import { inStep } from '#platform/db/step.ts'
import { systemContext } from '#platform/db/system.ts'
import { verifyLedger } from '#platform/ledger/index.ts'
import { keepFilesIn, prepareSet, runSet, storeFile } from '#platform/transfer/index.ts'
import { realData } from './real-data.ts'
import { testApp, type TestClient } from './test-app.ts'

const work = mkdtempSync(join(tmpdir(), 'terrace-sets-'))
afterAll(() => rmSync(work, { recursive: true }))
const { database, as } = await testApp()
keepFilesIn(work)

interface House {
  readonly ctx: Ctx
  readonly office: TestClient
}

/** An empty company into which a described set is imported, and somebody who asks for its figures over HTTP. */
async function imported(name: string, folder: string): Promise<House & { readonly runs: readonly unknown[] }> {
  const set = importSetSchema.parse(JSON.parse(readFileSync(`testing/real-data/${name}.json`, 'utf8')))
  const house = { db: database.db, log: pino({ level: 'silent' }) }
  const { company } = await createCompany(house, { name, slug: name, currency: 'USD', language: 'en' })
  const ctx = await shapeFor(systemContext(house, company), set)
  // A second time nothing is left to make.
  await shapeFor(ctx, set)
  const personId = newId()
  await inStep(ctx, async ({ tx }) => {
    await sql`insert into person (company_id, id, name, role) values (${company.id}, ${personId}, 'Office', 'operations')`.execute(
      tx,
    )
  })
  const files: Record<string, string> = {}
  for (const { file } of set.steps)
    files[file] ??= (await storeFile(ctx, file, createReadStream(join(folder, file)))).id
  const runs = await runSet(ctx, await prepareSet(ctx, { set, files }))
  // As the database does by itself a minute later.
  await sql`analyze`.execute(database.owner)
  return {
    ctx,
    office: as({ companyId: company.id, personId }),
    runs: runs.map(({ object, state, created, skipped, rejected }) => ({ object, state, created, skipped, rejected })),
  }
}

/** Totals as the lists and reports of the product ask for them. */
async function totals({ office }: House, object: string, question: object): Promise<any> {
  const answer = await office.post(`/records/${object}/totals`, question)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}

const factsIn = (folder: string): any => JSON.parse(readFileSync(join(folder, 'facts.json'), 'utf8'))
const blank = (value: string | null) => value ?? '(blank)'
const superstore = realData('superstore')
const olist = realData('olist')

describe.skipIf(!superstore)('the order lines of a retailer', () => {
  if (!superstore) return it('needs the files', () => undefined)
  const facts = factsIn(superstore)
  let here: Awaited<ReturnType<typeof imported>>
  beforeAll(async () => {
    here = await imported('superstore', superstore)
  }, 180_000)

  const sum = ['sales__c', 'profit__c', 'quantity__c']
  const figuresOf = ({ count, sums }: any) => ({
    rows: count,
    sales: sumOf([sums.sales__c]),
    profit: sumOf([sums.profit__c]),
    quantity: Number(sums.quantity__c),
  })
  const expected = ({ rows, sales, profit, quantity }: any) => ({
    rows,
    sales: sumOf([sales]),
    profit: sumOf([profit]),
    quantity,
  })
  const spanOf = (key: string) => (key.length === 4 ? `${key}-01-01` : `${key}-01`)

  it('become customers, orders and lines by their description alone', () => {
    const whole = { state: 'done', rejected: 0 }
    expect(here.runs).toEqual([
      { object: 'account', created: 793, skipped: 9994 - 793, ...whole },
      { object: 'order', created: 5009, skipped: 9994 - 5009, ...whole },
      { object: 'orderLine__c', created: 9994, skipped: 0, ...whole },
    ])
  })

  it('come to the known totals, to the fourth decimal', async () => {
    const days = ['min', 'max'].map((aggregate) => ({ aggregate, field: 'orderedOn__c' }))
    const all = await totals(here, 'orderLine__c', { sum, measures: days })
    expect(figuresOf(all)).toEqual(expected(facts.total))
    expect(all.figures).toEqual(facts.order_date_range)
    const orders = await totals(here, 'order', { sum: ['sales__c'] })
    expect([orders.count, sumOf([orders.sums.sales__c])]).toEqual([facts.total.orders, sumOf([facts.total.sales])])
    expect((await totals(here, 'account', {})).count).toBe(facts.total.customers)
  })

  it.each(['year', 'month'] as const)('come to the known totals of every %s', async (by) => {
    const lines = await totals(here, 'orderLine__c', { sum, groupBy: [{ field: 'orderedOn__c', by }] })
    const orders = await totals(here, 'order', { groupBy: [{ field: 'orderedOn', by }] })
    const known = Object.entries(facts[`by_${by}`] as Record<string, any>)
    expect(lines.groups.map((group: any) => [group.value, figuresOf(group)])).toEqual(
      known.map(([key, one]) => [spanOf(key), expected(one)]),
    )
    expect(orders.groups.map(({ value, count }: any) => [value, count])).toEqual(
      known.map(([key, one]) => [spanOf(key), one.orders]),
    )
    for (const [key, one] of known.slice(0, 6)) {
      const { value, to } = lines.groups.find((group: any) => group.value === spanOf(key))
      const filter = { and: [{ field: 'orderedOn__c', op: 'ge', value }, { field: 'orderedOn__c', op: 'lt', value: to }] } // prettier-ignore
      expect((await totals(here, 'orderLine__c', { filter, groupBy: 'account__c' })).groups, key).toHaveLength(
        one.customers,
      )
    }
  })
})

describe.skipIf(!olist)('the marketing funnel of a marketplace', () => {
  if (!olist) return it('needs the files', () => undefined)
  const facts = factsIn(olist)
  let here: Awaited<ReturnType<typeof imported>>
  beforeAll(async () => {
    here = await imported('olist', olist)
  }, 180_000)

  it('becomes leads and won deals by its description alone', async () => {
    const whole = { state: 'done', rejected: 0, skipped: 0 }
    expect(here.runs).toEqual([
      { object: 'lead__c', created: facts.rows.mql, ...whole },
      { object: 'opportunity', created: facts.rows.closed, ...whole },
    ])
    expect(await verifyLedger(here.ctx)).toEqual([])
  })

  it('converts as is known, as a whole, by origin and by month of the first contact', async () => {
    const all = await totals(here, 'lead__c', { sum: ['deals__c'] })
    expect(rate(all)).toBe(facts.conversion_rate)
    const groups = async (groupBy: object) => (await totals(here, 'lead__c', { sum: ['deals__c'], groupBy: [groupBy] })).groups // prettier-ignore
    const shown = (list: any[], key: (value: string | null) => string) =>
      Object.fromEntries(list.map((one) => [key(one.value), { mql: one.count, closed: Number(one.sums.deals__c), rate: rate(one) }])) // prettier-ignore
    expect(shown(await groups({ field: 'origin__c' }), blank)).toEqual(facts.by_origin)
    expect(shown(await groups({ field: 'contactedOn__c', by: 'month' }), (day) => String(day).slice(0, 7))).toEqual(
      facts.by_first_contact_month,
    )
  })

  const rate = ({ count, sums }: any) => ratioOf(sums.deals__c, count)

  it.each([
    ['segment__c', 'by_segment'],
    ['leadType__c', 'by_lead_type'],
    ['behaviour__c', 'by_behaviour'],
    ['sr__c', 'by_sr'],
    ['sdr__c', 'by_sdr'],
  ])('has the known deals and declared revenue by %s', async (field, fact) => {
    const { groups } = await totals(here, 'opportunity', { sum: ['amount'], groupBy: [{ field }] })
    expect(
      Object.fromEntries(groups.map((one: any) => [blank(one.value), [one.count, Number(one.sums.amount)]])),
    ).toEqual(
      Object.fromEntries(
        Object.entries(facts[fact] as Record<string, any>).map(([key, one]) => [key, [one.deals, one.declared_monthly_revenue]]), // prettier-ignore
      ),
    )
  })

  it('closes as fast as is known, and in the known months', async () => {
    const measures = ['avg', 'min', 'max'].map((aggregate) => ({ aggregate, field: 'daysToClose__c' }))
    const { figures, sums } = await totals(here, 'opportunity', { measures, sum: ['amount'] })
    const { mean, min, max, negative } = facts.days_to_close
    expect(Number(figures[0]).toFixed(4)).toBe(mean.toFixed(4))
    expect(figures.slice(1).map(Number)).toEqual([min, max])
    expect(Number(sums.amount)).toBe(facts.declared_monthly_revenue_total)
    const early = { field: 'daysToClose__c', op: 'lt', value: '0' }
    expect((await totals(here, 'opportunity', { filter: early })).count).toBe(negative)
    const { groups } = await totals(here, 'opportunity', { groupBy: [{ field: 'closedOn', by: 'month' }] })
    expect(Object.fromEntries(groups.map(({ value, count }: any) => [value.slice(0, 7), count]))).toEqual(
      facts.closed_by_won_month,
    )
  })
})
