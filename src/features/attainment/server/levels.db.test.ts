import { sql } from 'kysely'
import { pino } from 'pino'
import { beforeAll, expect, it } from 'vitest'
import { sumOf } from '#engine/money/decimal.ts'
import { moveUnit } from '#features/org/server/index.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { createRecord, updateRecord } from '#platform/records/save.ts'
import { publishedPlan } from '#testing/published-plan.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'
import { takeNight } from './take-night.ts'

// Half past eleven in the evening of Shanghai: another day than in London.
let today = '2026-06-15'
const { database, as } = await testApp({ now: () => new Date(`${today}T15:30:00Z`) })
let company: SmallCompany
const orders: Record<string, string> = {}

const one = (name: string): string => company.people[name] ?? ''
const unit = (name: string): string => company.units[name] ?? ''
const director = () => as({ companyId: company.ctx.company.id, personId: one('丁') })

async function now() {
  const found = await findCompany(database.db, { id: company.ctx.company.id })
  if (!found) throw new Error('the company is gone')
  return systemContext(
    { db: database.db, log: pino({ level: 'silent' }), now: () => new Date(`${today}T15:30:00Z`) },
    found,
  )
}

/** Takes the night before a day, and goes on in that day. */
async function night(day: string): Promise<void> {
  today = day
  await takeNight(await now())
}

async function invoice(name: string, dueOn: string, amount: string): Promise<void> {
  const values = { code: `${name} ${dueOn}`, orderedOn: '2026-03-01', status: 'confirmed', dueOn, amount }
  orders[dueOn] = (await createRecord(await now(), 'order', { ...values, ownerId: one(name) })).id
}

interface Node {
  readonly id: string
  readonly actual: string | null
  readonly children: readonly Node[]
}

const tree = async (period: string): Promise<Node> =>
  (await director().get(`/metrics/overdue_receivables/tree?period=${period}`)).body
const behind = async (period: string) =>
  (await director().get(`/metrics/overdue_receivables/records?period=${period}`)).body
const changes = async (query: string) =>
  (await director().get(`/attainment/overdue_receivables/changes?period=2026-Q2&${query}`)).body
const changed = async (query: string) =>
  (await director().get(`/attainment/overdue_receivables/changes/records?period=2026-Q2&${query}`)).body

beforeAll(async () => {
  company = await smallCompany(database, { slug: 'levels' })
  await sql`update person set role = 'administrator' where id = ${one('丁')}`.execute(database.owner)
  // Overdue for long, since today, from tomorrow on, within the quarter and after it.
  await invoice('甲', '2026-03-20', '1000')
  await invoice('甲', '2026-06-14', '100')
  await invoice('甲', '2026-06-15', '20')
  await invoice('丙', '2026-06-18', '3')
  await invoice('丁', '2026-07-10', '0.4')
  await publishedPlan(director(), { metric: 'overdue_receivables', year: 2026, total: '4800' })
})

it('is the level of today in every period that goes on, of its last day in one that is over, and none in one to come', async () => {
  const figures = await Promise.all(
    ['2026-Q1', '2026-M05', '2026-M06', '2026-Q2', '2026', '2026-M07', '2026-Q3'].map(
      async (period) => (await tree(period)).actual,
    ),
  )
  expect(figures).toEqual(['1000', '1000', '1100', '1100', '1100', null, null])
})

it('is the same in the records behind it, the heat map and the formula', async () => {
  expect(await behind('2026-Q2')).toMatchObject({ total: '1100', count: 2 })
  expect(await behind('2026-Q3')).toMatchObject({ total: null, count: 0 })
  const { body: heat } = await director().get('/insight/heat/overdue_receivables?year=2026')
  expect(heat.rows[0].cells.map((cell: { actual: string | null }) => cell.actual)).toEqual([
    ...['0', '0', '1000', '1000', '1000', '1100'],
    ...[null, null, null, null, null, null],
  ])
  const { body: formula } = await director().get('/metrics/overdue_receivables/lineage?period=2026-M06')
  expect(formula.worked).toMatchObject({ figure: '1100', records: 2 })
})

it('is kept of a night as it was at the end of that day', async () => {
  await night('2026-06-16')
  const shown = async (on: string) =>
    (await director().get(`/attainment/overdue_receivables/shown?period=2026-Q2&on=${on}`)).body
  expect(await shown('2026-06-15')).toMatchObject({ actual: '1100', shown: { on: '2026-06-15' } })
  expect((await tree('2026-Q2')).actual).toBe('1120')
  await night('2026-06-17')
  expect(await shown('2026-06-16')).toMatchObject({ actual: '1120' })
})

it('grew because time passed, apart from what was paid, changed and moved, and the parts make the difference', async () => {
  await night('2026-06-19')
  const payment = { order: orders['2026-03-20'], amount: '400', receivedOn: '2026-06-19', ownerId: one('甲') }
  await createRecord(await now(), 'payment', payment)
  await updateRecord(await now(), 'order', orders['2026-06-18'] ?? '', { values: { amount: '5' } })
  await moveUnit(await now(), unit('东二队'), { parentId: unit('西区'), from: '2026-06-18' })
  const all = await changes('since=2026-06-15')
  expect(all).toMatchObject({ since: { actual: '1100' }, until: { actual: '725' }, difference: '-375' })
  expect(all.parts).toEqual([
    { reason: 'amount', amount: '-398', records: 2 },
    { reason: 'time', amount: '23', records: 2 },
  ])
  const west = await changes(`since=2026-06-15&node=${unit('西区')}`)
  expect(west.difference).toBe('5')
  expect(sumOf(west.parts.map(({ amount }: { amount: string }) => amount))).toBe('5')
  const opened = await changed('since=2026-06-15&reason=time')
  expect(opened).toMatchObject({ total: '23', count: 2 })
  expect(opened.rows.map(({ amount }: { amount: string }) => amount)).toEqual(['20', '3'])
})

it('between two nights is told by the records as they were then, whatever happened after', async () => {
  await night('2026-06-20')
  await updateRecord(await now(), 'order', orders['2026-06-15'] ?? '', { values: { amount: '2000' } })
  const told = await changes('since=2026-06-14&until=2026-06-18')
  // Nothing was kept before the 15th.
  expect(told.code).toBe('SNAPSHOT_NOT_FOUND')
  expect(await changes('since=2026-06-15&until=2026-06-18')).toMatchObject({
    difference: '20',
    parts: [{ reason: 'time', amount: '20', records: 1 }],
  })
})
