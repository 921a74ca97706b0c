import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { fillMetric } from '#platform/ledger/index.ts'
import { inStep } from '#platform/db/step.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let company: SmallCompany
let operations: TestClient
let representative: TestClient

const both = (zh: string, en = zh) => ({ zh, en })
const person = (name: string) => company.people[name] ?? ''
const unit = (name: string) => company.units[name] ?? ''
const confirmed = { field: 'status', op: 'eq', value: 'confirmed' } as const
const overOrders = { of: 'order', at: 'orderedOn', when: confirmed, better: 'higher' } as const

beforeAll(async () => {
  company = await smallCompany(database, { slug: 'lineage' })
  const companyId = company.ctx.company.id
  await sql`update person set role = 'operations' where id = ${person('丁')}`.execute(database.owner)
  operations = as({ companyId, personId: person('丁') })
  representative = as({ companyId, personId: person('甲') })
})

let codes = 0
async function order(owner: string, amount: string, values: Record<string, unknown> = {}): Promise<string> {
  const made = await operations.post('/records/order', {
    values: { code: `L${++codes}`, amount, ownerId: person(owner), orderedOn: '2026-03-01', ...values },
  })
  expect(made, JSON.stringify(made.body)).toMatchObject({ status: 201 })
  return made.body.id
}

/** Defines a metric, and has the records that are there counted. */
async function define(definition: Record<string, unknown>): Promise<string> {
  const made = await operations.post('/own-metrics', definition)
  expect(made, JSON.stringify(made.body)).toMatchObject({ status: 201 })
  await fill(made.body.key)
  return made.body.key
}

async function fill(key: string): Promise<void> {
  const fresh = await findCompany(database.db, { id: company.ctx.company.id })
  if (!fresh) expect.fail('the company is gone')
  await fillMetric(systemContext({ db: database.db, log: company.ctx.log }, fresh), key)
}

async function at(metric: string, node: string): Promise<string | null> {
  const answer = await operations.get(`/metrics/${metric}/tree?period=2026&node=${node}`)
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 })
  return answer.body.actual
}

describe('metrics that a company defines by form', () => {
  it('count what differs, find the lowest and the highest, and credit the owner alone where that is said', async () => {
    const account = await operations.post('/records/account', { values: { name: '甲方', ownerId: person('甲') } })
    const half = [{ person: person('甲'), percent: '50' }, { person: person('丁'), percent: '50' }] // prettier-ignore
    await order('甲', '100', { account: account.body.id, credits: half })
    await order('丁', '40', { account: account.body.id })
    const buyers = await define({ ...overOrders, label: both('买家'), aggregate: 'distinct', field: 'account', unit: 'count' }) // prettier-ignore
    const largest = await define({ ...overOrders, label: both('最大一单'), aggregate: 'max', field: 'amount', unit: 'money' }) // prettier-ignore
    const smallest = await define({ ...overOrders, label: both('最小一单'), aggregate: 'min', field: 'amount', unit: 'money' }) // prettier-ignore
    const owned = await define({ ...overOrders, label: both('归负责人'), aggregate: 'sum', field: 'amount', unit: 'money', credit: 'owner' }) // prettier-ignore
    const [all, east, west] = [unit('公司'), unit('东区'), unit('西区')]
    expect([await at(buyers, all), await at(buyers, east), await at(buyers, west)]).toEqual(['1', '1', '1'])
    expect([await at(largest, all), await at(largest, east), await at(largest, west)]).toEqual(['100', '100', '100'])
    expect([await at(smallest, all), await at(smallest, east), await at(smallest, west)]).toEqual(['40', '100', '40'])
    expect([await at(owned, all), await at(owned, east), await at(owned, west)]).toEqual(['140', '100', '40'])
    expect([await at('sales_amount', east), await at('sales_amount', west)]).toEqual(['50', '90'])

    const each = await define({ label: both('每客销售额', 'Sales per buyer'), aggregate: 'ratio', unit: 'money', better: 'higher', over: 'sales_amount', under: buyers }) // prettier-ignore
    expect([await at(each, all), await at(each, east), await at(each, west)]).toEqual(['140', '50', '90'])
    const records = await operations.get(`/metrics/${each}/records?period=2026&node=${west}`)
    expect(records.body).toMatchObject({ total: '90' })
    const listed = (await representative.get('/metrics')).body.metrics.map(({ key }: { key: string }) => key)
    expect(listed).toEqual(expect.arrayContaining([buyers, largest, each]))
  })

  it('are refused with the field named where they go in a circle, name nothing known or have no date', async () => {
    const ratio = (over: string, under: string, zh: string) =>
      ({ label: both(zh), aggregate: 'ratio', unit: 'percent', better: 'higher', over, under }) // prettier-ignore
    const one = await define(ratio('sales_amount', 'collections', '一'))
    const two = await define(ratio(one, 'sales_amount', '二'))
    const told = async (answer: Promise<{ body: any }>) => (await answer).body.errors.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`) // prettier-ignore
    expect(await told(operations.patch(`/own-metrics/${one}`, ratio(two, 'collections', '一')))).toEqual(['over cyclic']) // prettier-ignore
    expect(await told(operations.patch(`/own-metrics/${one}`, ratio('sales_amount', one, '一')))).toEqual(['under cyclic']) // prettier-ignore
    expect(await told(operations.post('/own-metrics', ratio('nothing', 'sales_amount', '三')))).toEqual(['over metric'])
    expect(await told(operations.post('/own-metrics', { ...overOrders, label: both('四'), aggregate: 'max', field: 'nothing', unit: 'money', at: '' }))).toEqual(['field field', 'at date']) // prettier-ignore
    expect((await operations.delete(`/own-metrics/${one}`)).body).toMatchObject({ code: 'METRIC_USED' })
    expect((await operations.delete(`/own-metrics/${two}`)).status).toBe(204)
    expect((await operations.delete(`/own-metrics/${one}`)).status).toBe(204)
  })

  it('keep what they counted in former versions, each with the time until which it held', async () => {
    const definition = { ...overOrders, label: both('大单'), aggregate: 'count', unit: 'count' }
    const key = await define(definition)
    await operations.patch(`/own-metrics/${key}`, { ...definition, better: 'lower' })
    await operations.patch(`/own-metrics/${key}`, { ...definition, when: undefined })
    const { body } = await operations.get(`/metrics/${key}/lineage`)
    expect(body).toMatchObject({ version: 2, formula: { zh: '订单的条数，按下单日期' } })
    expect(body.versions).toMatchObject([{ version: 1, formula: { zh: '订单（状态是已确认）的条数，按下单日期' }, endedBy: '丁' }]) // prettier-ignore
    expect(body.versions[0].from < body.versions[0].until).toBe(true)
    const rewritten = sql`update own_metric_version set definition = '{}'`
    const deleted = sql`delete from own_metric_version`
    for (const act of [rewritten, deleted]) {
      await expect(inStep(company.ctx, ({ tx }) => act.execute(tx))).rejects.toThrow(/permission denied/)
    }
  })

  it('give a new version to what is worked out from them: its figures are others too', async () => {
    const counted = { ...overOrders, label: both('单数'), aggregate: 'count', unit: 'count' }
    const key = await define(counted)
    const half = { unit: 'percent', better: 'higher', aggregate: 'ratio' }
    const share = await define({ ...half, label: both('占比'), over: key, under: 'sales_amount' })
    const twice = await define({ ...half, label: both('占比之比'), over: share, under: 'sales_amount' })
    const versions = async (metric: string) => (await operations.get(`/metrics/${metric}/lineage`)).body
    await operations.patch(`/own-metrics/${key}`, { ...counted, label: both('订单数') })
    expect([await versions(share), await versions(twice)]).toMatchObject([{ version: 1 }, { version: 1 }])
    await operations.patch(`/own-metrics/${key}`, { ...counted, when: undefined })
    expect(await versions(share)).toMatchObject({ version: 2, versions: [{ version: 1, endedBy: '丁' }] })
    expect(await versions(twice)).toMatchObject({ version: 2, versions: [{ version: 1 }] })
  })
})

describe('how a metric is worked out', () => {
  it('tells formula, numbers of the node and period, sources with their attribution, parts and uses', async () => {
    const { body } = await operations.get(`/metrics/margin_coverage/lineage?period=2026&node=${unit('西区')}`)
    expect(body).toMatchObject({
      formula: { en: expect.stringContaining('÷') },
      node: { name: '西区' },
      worked: { figure: '0', over: '0', under: '90' },
      from: [{ key: 'costed_sales', figure: '0' }, { key: 'sales_amount', figure: '90' }],
      copy: { aggregate: 'ratio', over: 'costed_sales', under: 'sales_amount' },
    }) // prettier-ignore
    const sales = (await operations.get('/metrics/sales_amount/lineage?period=2026')).body
    expect(sales.sources.map((source: any) => [source.object.key, source.measure.en, source.filter?.en, source.date.en])).toEqual([['order', 'Amount', 'Status is Confirmed', 'Ordered on'], ['refund', 'less Amount', undefined, 'Refunded on']]) // prettier-ignore
    expect(sales.sources[0].attribution.en).toContain('by their shares')
    expect(sales).toMatchObject({ isCopyPartial: true, copy: { aggregate: 'sum', of: 'order', field: 'amount' } })
    expect(sales.usedBy.map(({ key }: { key: string }) => key)).toEqual(expect.arrayContaining(['active_customers', 'margin_coverage', 'market_share'])) // prettier-ignore
    const collected = (await operations.get('/metrics/collections/lineage?period=2026')).body
    expect(collected.sources).toMatchObject([{ owner: { zh: '收款人' }, attribution: { zh: '全部归收款人' } }])
  })

  it('tells every metric of the product', async () => {
    const { metrics } = (await operations.get('/metrics')).body
    for (const { key } of metrics) expect((await operations.get(`/metrics/${key}/lineage`)).status, key).toBe(200)
  })

  it('tells nobody the figures of a node that they do not see', async () => {
    const hidden = await representative.get(`/metrics/sales_amount/lineage?period=2026&node=${unit('西区')}`)
    expect(hidden.status).not.toBe(200)
  })
})

describe('what went wrong in other systems', () => {
  it('contribution: 5 pieces at 100 % and 10 pieces at 50 % are 10', async () => {
    const half = [{ person: person('乙'), percent: '50' }, { person: person('丙'), percent: '50' }] // prettier-ignore
    await order('乙', '5', { orderedOn: '2025-05-01' })
    await order('乙', '10', { orderedOn: '2025-05-01', credits: half })
    const tree = (await operations.get(`/metrics/sales_amount/tree?period=2025&node=${unit('东一队')}`)).body
    expect(tree.children.find(({ name }: { name: string }) => name === '乙')).toMatchObject({ actual: '10' })
  })

  it('a parent shows what its children achieved', async () => {
    const tree = (await operations.get(`/metrics/sales_amount/tree?period=2025&node=${unit('东区')}`)).body
    expect(tree).toMatchObject({ actual: '15' })
    expect(tree.children.map(({ actual }: { actual: string }) => actual)).toEqual(expect.arrayContaining(['10', '5']))
  })

  it('what names no product counts towards the target all the same', async () => {
    await order('丁', '7', { orderedOn: '2024-05-01', opportunity: null })
    const tree = (await operations.get('/metrics/sales_amount/tree?period=2024')).body
    expect(tree).toMatchObject({ actual: '7' })
  })

  it('who filters by a parent sees what lies below it', async () => {
    const records = await operations.get(`/metrics/sales_amount/records?period=2025&node=${unit('东区')}`)
    expect(records.body).toMatchObject({ total: '15', count: 3 })
    await operations.put(`/market/territories/${unit('东区')}`, { regions: ['浙江'], industries: [] })
    const size = { from: '2025-01-01', to: '2026-01-01', source: '协会', toldOn: '2025-02-01', confidence: 'low' }
    const share = async () =>
      (await operations.get(`/metrics/market_share/tree?period=2025&node=${unit('东区')}`)).body.actual
    // Two cities are not the province: nothing is divided by a part of the market.
    await operations.post('/market/sizes', { sizes: [{ ...size, region: '杭州', amount: '20' }, { ...size, region: '宁波', amount: '5' }] }) // prettier-ignore
    expect(await share()).toBeNull()
    await operations.post('/market/sizes', { sizes: [{ ...size, region: '浙江', amount: '30' }] })
    expect(await share()).toBe('0.5')
  })
})

describe('amounts in other currencies', () => {
  it('count in every metric of money by the rate of the day that it goes by', async () => {
    await operations.put('/rates/USD/2023-01-01', { rate: '7' })
    await operations.put('/rates/USD/2023-06-01', { rate: '8' })
    const id = await order('乙', '100', { currency: 'USD', cost: '60', orderedOn: '2023-03-01', dueOn: '2023-07-31' })
    const at2023 = async (metric: string) => (await operations.get(`/metrics/${metric}/tree?period=2023`)).body.actual
    expect([await at2023('sales_amount'), await at2023('gross_margin'), await at2023('costed_sales')]).toEqual(['700', '280', '700']) // prettier-ignore
    expect(await at2023('margin_rate')).toBe('0.4')
    // What is overdue is valued by the rate of the day on which it falls due.
    expect(await at2023('overdue_receivables')).toBe('800')
    await operations.post('/records/payment', { values: { order: id, amount: '25', receivedOn: '2023-09-01', currency: 'USD' } }) // prettier-ignore
    expect(await at2023('overdue_receivables')).toBe('600')
    const stage = (await operations.get('/records/stage')).body.rows.find(
      (row: { kind: string }) => row.kind === 'open',
    )
    await operations.post('/records/opportunity', { values: { name: '美元', stage: stage.id, amount: '10', currency: 'USD', probability: '50', engagedOn: '2023-02-01', ownerId: person('乙') } }) // prettier-ignore
    expect(await at2023('weighted_pipeline')).toBe('35')
  })
})
