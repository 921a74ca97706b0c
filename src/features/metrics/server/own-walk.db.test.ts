import fc from 'fast-check'
import { sql, type RawBuilder } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { findCompany, systemContext } from '#platform/db/system.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { fillMetric, verifyLedger } from '#platform/ledger/index.ts'
import { createRecord, updateRecord } from '#platform/records/save.ts'
import { removeRecord } from '#platform/records/remove.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'

const { database, as } = await testApp({ now: () => new Date('2026-12-15T04:00:00Z') })
let company: SmallCompany
let operations: TestClient
let accounts: string[]

beforeAll(async () => {
  company = await smallCompany(database, { slug: 'walk', now: new Date('2026-12-15T04:00:00Z') })
  await sql`update person set role = 'operations' where id = ${company.people['丁']}`.execute(database.owner)
  operations = as({ companyId: company.ctx.company.id, personId: company.people['丁'] ?? '' })
  accounts = []
  for (const name of ['一', '二']) accounts.push((await createRecord(company.ctx, 'account', { name })).id)
})

/** What a metric may be of orders, with how anybody would ask the table for it. */
const shapes = [
  { aggregate: 'count', unit: 'count', asked: sql`count(*)` },
  { aggregate: 'sum', field: 'amount', unit: 'money', asked: sql`coalesce(sum(amount), 0)` },
  { aggregate: 'average', field: 'amount', unit: 'money', asked: sql`round(avg(amount), 6)` },
  { aggregate: 'min', field: 'amount', unit: 'money', asked: sql`min(amount)` },
  { aggregate: 'max', field: 'amount', unit: 'money', asked: sql`max(amount)` },
  { aggregate: 'distinct', field: 'account', unit: 'count', asked: sql`count(distinct account_id)` },
] as const
const conditions = [
  { when: undefined, holds: sql`true` },
  { when: { field: 'status', op: 'eq', value: 'confirmed' }, holds: sql`status = 'confirmed'` },
  { when: { field: 'amount', op: 'ge', value: '500' }, holds: sql`amount >= 500` },
] as const

const small = (most: number) => fc.nat({ max: most - 1 })
const defined = { shape: small(shapes.length), condition: small(conditions.length) }
const act = fc.oneof(
  fc.record({ act: fc.constant('order'), owner: small(4), cents: fc.integer({ min: 1, max: 100_000 }), day: small(360), account: small(3), draft: fc.boolean() }),
  fc.record({ act: fc.constant('edit'), at: fc.nat(), cents: fc.integer({ min: 1, max: 100_000 }) }),
  fc.record({ act: fc.constant('hand'), at: fc.nat(), owner: small(4) }),
  fc.record({ act: fc.constant('remove'), at: fc.nat() }),
  fc.record({ act: fc.constant('define'), ...defined }),
  fc.record({ act: fc.constant('redefine'), at: fc.nat(), ...defined }),
  fc.record({ act: fc.constant('drop'), at: fc.nat() }),
  fc.record({ act: fc.constant('fill'), at: fc.nat() }),
) // prettier-ignore
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never

interface Walk {
  readonly orders: string[]
  readonly metrics: { key: string; shape: number; condition: number }[]
}

let names = 0

async function now(): Promise<Ctx> {
  const found = await findCompany(database.db, { id: company.ctx.company.id })
  if (!found) throw new Error('the company is gone')
  return systemContext({ db: database.db, log: company.ctx.log, now: () => new Date('2026-12-15T04:00:00Z') }, found)
}

function definition({ shape, condition }: { readonly shape: number; readonly condition: number }) {
  const { asked: _, ...how } = shapes[shape] ?? shapes[0]
  const { when } = conditions[condition] ?? conditions[0]
  const name = `指标${++names}`
  return { label: { zh: name, en: name }, better: 'higher', of: 'order', at: 'orderedOn', ...how, ...(when ? { when } : {}) }
} // prettier-ignore

async function perform(one: Act, { orders, metrics }: Walk): Promise<void> {
  const people = Object.values(company.people)
  if (one.act === 'order') {
    const values = {
      ...{ code: `W${++names}`, amount: (one.cents / 100).toFixed(2), ownerId: people[one.owner] ?? '' },
      ...{ orderedOn: new Date(Date.UTC(2026, 0, 1 + one.day)).toISOString().slice(0, 10) },
      ...{ account: accounts[one.account] ?? null, ...(one.draft ? { status: 'draft' } : {}) },
    }
    orders.push((await createRecord(await now(), 'order', values)).id)
    return
  }
  if (one.act === 'define') {
    const made = await operations.post('/own-metrics', definition(one))
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    metrics.push({ key: made.body.key, shape: one.shape, condition: one.condition })
    return
  }
  await changeKnown(one, { orders, metrics })
}

async function changeKnown(one: Exclude<Act, { act: 'order' | 'define' }>, { orders, metrics }: Walk): Promise<void> {
  const order = orders[one.at % Math.max(orders.length, 1)]
  const metric = metrics[one.at % Math.max(metrics.length, 1)]
  if (one.act === 'redefine' && metric) {
    const changed = await operations.patch(`/own-metrics/${metric.key}`, definition(one))
    expect(changed.status, JSON.stringify(changed.body)).toBe(200)
    Object.assign(metric, { shape: one.shape, condition: one.condition })
  } else if (one.act === 'drop' && metric) {
    expect((await operations.delete(`/own-metrics/${metric.key}`)).status).toBe(204)
    metrics.splice(metrics.indexOf(metric), 1)
  } else if (one.act === 'fill' && metric) await fillMetric(await now(), metric.key)
  else if (one.act === 'edit' && order) {
    await updateRecord(await now(), 'order', order, { values: { amount: (one.cents / 100).toFixed(2) } })
  } else if (one.act === 'hand' && order) {
    await updateRecord(await now(), 'order', order, { values: { ownerId: Object.values(company.people)[one.owner] } })
  } else if (one.act === 'remove' && order) {
    await removeRecord(await now(), 'order', order)
    orders.splice(orders.indexOf(order), 1)
  }
}

/** The figure of a unit straight from the table: of the orders of whoever stands below it on their day. */
async function direct(asked: RawBuilder<unknown>, holds: RawBuilder<unknown>, unitId: string): Promise<string | null> {
  const asking = sql<{ figure: string | null }>`
    select trim_scale(${asked})::text as figure from sales_order o
    where company_id = ${company.ctx.company.id} and deleted_at is null and ${holds}
      and exists (
        select from assignment a join structure s on s.id = a.structure_id and s.is_default
        cross join lateral units_on(s.id, o.ordered_on) u
        where a.person_id = o.owner_id and a.from_day <= o.ordered_on and o.ordered_on < a.to_day
          and u.unit_id = a.unit_id and ${unitId}::uuid = any(u.path))`
  const { rows } = await inView(company.ctx, (tx) => asking.execute(tx))
  return rows[0]?.figure ?? null
}

async function compare({ metrics }: Walk): Promise<void> {
  for (const { key, shape, condition } of metrics) {
    await fillMetric(await now(), key)
    const { asked, aggregate } = shapes[shape] ?? shapes[0]
    const { holds } = conditions[condition] ?? conditions[0]
    for (const name of ['公司', '东区', '西区', '东一队', '西一队']) {
      const unitId = company.units[name] ?? ''
      const { body } = await operations.get(`/metrics/${key}/tree?period=2026&node=${unitId}`)
      expect(body.actual, `${aggregate} ${condition} ${name}`).toBe(await direct(asked, holds, unitId))
    }
  }
}

it(
  'after any sequence of saves, definitions and their changes, own metrics are what direct SQL over the records says',
  { timeout: 240_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 8, maxLength: 20 }), async (sequence) => {
        const walk: Walk = { orders: [], metrics: [] }
        for (const one of sequence) await perform(one, walk)
        await compare(walk)
        expect(await verifyLedger(await now())).toEqual([])
        for (const { key } of walk.metrics) await operations.delete(`/own-metrics/${key}`)
        for (const id of walk.orders) await removeRecord(await now(), 'order', id)
      }),
      { numRuns: 6 },
    )
  },
)
