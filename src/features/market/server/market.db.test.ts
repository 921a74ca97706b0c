import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { inView } from '#platform/db/step.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { marketSizeOf } from './index.ts'

let now = '2026-12-31T04:00:00Z'
const { database, as } = await testApp({ now: () => new Date(now) })
let company: SmallCompany
let operations: TestClient
let representative: TestClient

const size = {
  region: '浙江', industry: '', from: '2026-01-01', to: '2027-01-01', amount: '1000', source: '行业协会', toldOn: '2026-02-01', confidence: 'high',
} // prettier-ignore

beforeAll(async () => {
  company = await smallCompany(database, { slug: 'market' })
  const companyId = company.ctx.company.id
  await sql`update person set role = 'operations' where id = ${company.people['丁']}`.execute(database.owner)
  operations = as({ companyId, personId: company.people['丁'] ?? '' })
  representative = as({ companyId, personId: company.people['甲'] ?? '' })
})

async function shareOf(unit: string, period = '2026'): Promise<string | null> {
  const answer = await operations.get(`/metrics/market_share/tree?period=${period}&node=${company.units[unit] ?? ''}`)
  expect(answer.status).toBe(200)
  return answer.body.actual
}

describe('the market share of a unit', () => {
  it('is none without a size, and what it sold of what its territory is worth with one', async () => {
    const order = { code: 'M1', amount: '100', orderedOn: '2026-03-01', ownerId: company.people['甲'] }
    expect((await operations.post('/records/order', { values: order })).status).toBe(201)
    expect(await shareOf('东区')).toBeNull()
    expect((await operations.post('/market/sizes', { sizes: [size] })).body).toEqual({ kept: 1 })
    expect(await shareOf('东区')).toBeNull()
    const set = await operations.put(`/market/territories/${company.units['东区'] ?? ''}`, { regions: ['浙江省'], industries: [] }) // prettier-ignore
    expect(set.body).toMatchObject({ name: '东区', regions: [{ code: '33', name: 'Zhejiang' }] })
    expect(await shareOf('东区')).toBe('0.1')
    expect(await shareOf('西区')).toBeNull()
  })

  it('is none above while a part of the market is unknown, and that of all territories once each is told', async () => {
    const order = { code: 'M2', amount: '900', orderedOn: '2026-03-01', ownerId: company.people['丁'] }
    expect((await operations.post('/records/order', { values: order })).status).toBe(201)
    expect(await shareOf('公司')).toBeNull()
    await operations.put(`/market/territories/${company.units['西区'] ?? ''}`, { regions: ['四川'], industries: [] })
    expect(await shareOf('公司')).toBeNull()
    const market = async (unit: string) =>
      (await operations.get(`/metrics/market_size/lineage?period=2026&node=${company.units[unit] ?? ''}`)).body.market
    expect(await market('公司')).toMatchObject({ unknown: 'untold', sizes: [{ region: '33', counted: null }] })
    expect(await market('东一队')).toMatchObject({ unknown: 'territory', sizes: [] })
    await operations.post('/market/sizes', { sizes: [{ ...size, region: '四川', amount: '3000' }] })
    expect(await shareOf('公司')).toBe('0.25')
    expect((await market('公司')).sizes.map(({ counted }: { counted: string }) => counted)).toEqual(['1000', '3000'])
    // 31 of 365 days of 1,000 are 84.9315.
    expect(await shareOf('东区', '2026-M03')).toBe('1.177419')
  })

  it('divides what came so far by the market of the days so far while a period goes on, and is none of one to come', async () => {
    now = '2026-03-31T04:00:00Z'
    // 90 of 365 days of 1,000 are 246.5753.
    expect(await shareOf('东区')).toBe('0.405556')
    expect(await shareOf('东区', '2026-Q1')).toBe('0.405556')
    expect(await shareOf('东区', '2026-Q2')).toBeNull()
    const path = `period=2026&node=${company.units['东区'] ?? ''}`
    const { worked, market } = (await operations.get(`/metrics/market_share/lineage?${path}`)).body
    expect(worked).toMatchObject({ over: '100', under: '246.5753' })
    expect(market.sizes).toMatchObject([{ counted: '246.5753' }])
    expect((await operations.get(`/metrics/market_size/tree?${path}`)).body.actual).toBe('1000')
    now = '2026-12-31T04:00:00Z'
  })

  it('is by the size that was told last on each day of the same region', async () => {
    // 184 of 365 days: 496 of the first telling, 184 of the later one.
    const later = { ...size, from: '2026-07-01', amount: '184', toldOn: '2026-06-01' }
    expect((await operations.post('/market/sizes', { sizes: [later] })).status).toBe(200)
    const { body } = await operations.get(`/metrics/market_size/tree?period=2026&node=${company.units['东区'] ?? ''}`)
    expect(body.actual).toBe('679.8904')
    const told = (await operations.get(`/metrics/market_share/lineage?period=2026&node=${company.units['东区'] ?? ''}`))
      .body.market
    expect(told.unknown).toBeNull()
    expect(told.sizes).toMatchObject([
      { regionName: 'Zhejiang', source: '行业协会', toldOn: '2026-06-01', confidence: 'high', counted: '184' },
      { regionName: 'Zhejiang', toldOn: '2026-02-01', amount: '1000', counted: '495.8904' },
    ])
    const { id } = (await operations.get('/market')).body.sizes.find(
      ({ from }: { from: string }) => from === later.from,
    )
    expect((await operations.delete(`/market/sizes/${id}`)).status).toBe(204)
  })

  it('replaces a size of the same region, industry and day, and the audit keeps what it was', async () => {
    await operations.post('/market/sizes', { sizes: [{ ...size, amount: '0.2万', source: '统计局' }] })
    expect((await operations.get('/market')).body.sizes).toHaveLength(2)
    expect(await shareOf('东区')).toBe('0.05')
    const { rows } = await sql<{ before: unknown; after: unknown }>`
      select before, after from audit_entry where company_id = ${company.ctx.company.id} and object = 'market_size'
        and action = 'updated'`.execute(database.owner)
    expect(rows).toMatchObject([
      {
        before: { amount: '1000', source: '行业协会', confidence: 'high' },
        after: { amount: '2000', source: '统计局' },
      },
    ])
  })

  it('is asked for any territory by its door', async () => {
    const asked = (...regions: string[]) =>
      inView(company.ctx, (tx) => marketSizeOf(tx, company.ctx, { regions, industries: [] }, { from: '2026-01-01', to: '2027-01-01' })) // prettier-ignore
    expect(await asked('33')).toBe('2000')
    expect(await asked('32')).toBeNull()
  })
})

describe('a size of everywhere', () => {
  it('gives the share of the company, whose units need no territories for it', async () => {
    const other = await smallCompany(database, { slug: 'everywhere' })
    const companyId = other.ctx.company.id
    await sql`update person set role = 'operations' where id = ${other.people['丁']}`.execute(database.owner)
    const keeper = as({ companyId, personId: other.people['丁'] ?? '' })
    const order = { code: 'E1', amount: '100', orderedOn: '2026-03-01', ownerId: other.people['甲'] }
    expect((await keeper.post('/records/order', { values: order })).status).toBe(201)
    const share = async (unit: string) =>
      (await keeper.get(`/metrics/market_share/tree?period=2026&node=${other.units[unit] ?? ''}`)).body.actual
    expect(await share('公司')).toBeNull()
    await keeper.post('/market/sizes', { sizes: [{ ...size, region: '', amount: '800' }] })
    expect(await share('公司')).toBe('0.125')
    expect(await share('东区')).toBeNull()
    const { market } = (await keeper.get(`/metrics/market_size/lineage?period=2026&node=${other.units['公司'] ?? ''}`))
      .body
    expect(market).toMatchObject({ unknown: null, sizes: [{ region: null, counted: '800' }] })
  })
})

describe('a size that cannot be kept', () => {
  it('is one whose data is yet to be told', async () => {
    const refused = await operations.post('/market/sizes', { sizes: [{ ...size, toldOn: '2030-01-01' }] })
    expect(refused.body.errors).toMatchObject([{ field: 'sizes.0.toldOn', code: 'future' }])
  })

  it('is refused with the row and field named, and none is kept', async () => {
    const before = (await operations.get('/market')).body.sizes
    const wrong = { ...size, region: '亚特兰蒂斯', to: '2025-01-01', amount: '很多', currency: 'USD' }
    const refused = await operations.post('/market/sizes', { sizes: [{ ...size, region: '江苏' }, wrong] })
    expect(refused.status).toBe(422)
    expect(refused.body.errors.map((fault: { field: string }) => fault.field)).toEqual(['sizes.1.region', 'sizes.1.to', 'sizes.1.amount', 'sizes.1.currency']) // prettier-ignore
    expect((await operations.get('/market')).body.sizes).toEqual(before)
    const large = await operations.post('/market/sizes', { sizes: [{ ...size, amount: '1'.repeat(20) }] })
    expect(large.body.errors).toMatchObject([{ field: 'sizes.0.amount', code: 'large' }])
  })

  it('is nobody’s to keep who may not manage the market', async () => {
    expect((await representative.get('/market')).status).toBe(403)
    expect((await representative.post('/market/sizes', { sizes: [size] })).status).toBe(403)
  })

  it('is gone once it was deleted, once', async () => {
    const { id } = (await operations.get('/market')).body.sizes.find(
      ({ region }: { region: string }) => region === '33',
    )
    expect((await operations.delete(`/market/sizes/${id}`)).status).toBe(204)
    expect((await operations.delete(`/market/sizes/${id}`)).status).toBe(404)
    expect(await shareOf('东区')).toBeNull()
  })
})
