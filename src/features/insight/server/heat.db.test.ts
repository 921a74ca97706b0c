import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { sumOf } from '#engine/money/decimal.ts'
import { createRecord } from '#platform/records/save.ts'
import { publishedPlan } from '#testing/published-plan.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let company: SmallCompany

const person = (name: string) => as({ companyId: company.ctx.company.id, personId: company.people[name] ?? '' })
const named = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name)

beforeAll(async () => {
  company = await smallCompany(database)
  await sql`update person set role = 'director' where id = ${company.people['丁']}`.execute(database.owner)
  await sql`update person set role = 'operations' where id = ${company.people['乙']}`.execute(database.owner)
  await publishedPlan(person('丁'), {
    metric: 'signed_amount',
    year: 2026,
    total: '12000',
    cascade: { method: 'equal' },
  })
  for (const [name, closedOn, amount] of [
    ['甲', '2026-01-05', '500'],
    ['丙', '2026-01-20', '100'],
    ['甲', '2026-03-02', '40'],
  ] as const) {
    const deal = { name: `单子 ${closedOn}`, stage: company.stages['Won'], amount, closedOn }
    await createRecord(company.ctx, 'opportunity', { ...deal, ownerId: company.people[name] })
  }
})

describe('the heat map', () => {
  it('shows a node and its children by month, each as the attainment tree of that month', async () => {
    const { body } = await person('丁').get('/insight/heat/signed_amount?year=2026')
    expect(body.periods.map(({ key }: { key: string }) => key)).toHaveLength(12)
    expect(named(body.rows)).toEqual(['公司', '东区', '西区'])
    const [top, east] = body.rows
    expect(top).toMatchObject({ parentId: null, hasChildren: true })
    expect(east).toMatchObject({ parentId: top.id, kind: 'unit' })
    const month = (await person('丁').get('/metrics/signed_amount/tree?period=2026-M01')).body
    expect(top.cells[0]).toMatchObject({
      actual: '600',
      target: month.target,
      attainment: month.attainment,
      gap: month.gap,
    })
    expect(top.cells.map((cell: { actual: string }) => Number(cell.actual)).slice(0, 4)).toEqual([600, 0, 40, 0])
  })

  it('says of months to come that they have not begun', async () => {
    const { body } = await person('丁').get('/insight/heat/signed_amount?year=2026')
    expect(body.rows[0].cells[11]).toMatchObject({ light: null, reason: 'not-begun' })
  })

  it('goes down to people, whose months add up to their unit', async () => {
    const team = company.units['东一队'] ?? ''
    const { body } = await person('丁').get(`/insight/heat/signed_amount?year=2026&node=${team}`)
    const [top, ...people] = body.rows
    expect(named(people).toSorted()).toEqual(['乙', '甲'].toSorted())
    for (const [at, cell] of top.cells.entries()) {
      expect(Number(sumOf(people.map((row: typeof top) => row.cells[at].actual)))).toBe(Number(cell.actual))
      expect(Number(sumOf(people.map((row: typeof top) => row.cells[at].target)))).toBe(Number(cell.target))
    }
  })

  it('shows representatives themselves only, and no node out of reach', async () => {
    const { body } = await person('甲').get('/insight/heat/signed_amount?year=2026')
    expect(JSON.stringify(body.rows)).not.toContain('丙')
    expect(body.rows[0].cells[0].actual).toBe('500')
    const out = await person('甲').get(`/insight/heat/signed_amount?year=2026&node=${company.units['西区']}`)
    expect(out).toMatchObject({ status: 404, code: 'NODE_NOT_FOUND' })
  })

  it('shows a team in the months in which it stood there', async () => {
    const moved = await person('乙').post(`/org/units/${company.units['东二队']}/move`, {
      parentId: company.units['西区'],
      from: '2026-03-01',
    })
    expect(moved.status).toBeLessThan(300)
    const { body } = await person('丁').get(`/insight/heat/signed_amount?year=2026&node=${company.units['西区']}`)
    const row = body.rows.find(({ name }: { name: string }) => name === '东二队')
    expect(row.cells[0]).toBeNull()
    expect(row.cells[3]).not.toBeNull()
  })
})
