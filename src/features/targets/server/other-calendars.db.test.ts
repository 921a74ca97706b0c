import ExcelJS from 'exceljs'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { FiscalRule } from '#engine/calendar/fiscal-calendar.ts'
import { openSession } from '#platform/auth/session-store.ts'
import { createRecord } from '#platform/records/save.ts'
import { smallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'

const { app, database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })

/** Fifteen periods of two years, none like the other; the year ends with May. */
const own: FiscalRule = {
  kind: 'own',
  firstYear: 2025,
  years: [
    ['2025-06-01', '2025-08-15', '2025-09-01', '2025-12-20', '2026-03-03', '2026-05-05'],
    ['2026-06-01', '2026-06-11', '2026-07-20', '2026-12-24', '2027-02-14', '2027-05-04'],
  ],
  end: '2027-06-01',
  perQuarter: 2,
}
const weeks: FiscalRule = { kind: 'weeks', pattern: '4-4-5', weekday: 1, month: 1, day: 1 }

interface Row {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
  readonly months: readonly string[]
}

/** A company with the calendar, its people, and whoever makes its plans. */
async function companyWith(slug: string, rule: FiscalRule) {
  const company = await smallCompany(database, { slug })
  const person = (name: string) => as({ companyId: company.ctx.company.id, personId: company.people[name] ?? '' })
  await sql`update person set role = 'operations' where id = ${company.people['丁']}`.execute(database.owner)
  await sql`update person set role = 'representative' where id = ${company.people['甲']}`.execute(database.owner)
  const set = await person('丁').put('/fiscal-calendar', { rule })
  expect(set.status).toBe(200)
  return { ...company, person, office: person('丁') }
}

type Company = Awaited<ReturnType<typeof companyWith>>

const win = (company: Company, closedOn: string, amount: string) =>
  createRecord(company.ctx, 'opportunity', {
    name: closedOn,
    stage: company.stages['Won'],
    amount,
    closedOn,
    ownerId: company.people['甲'],
  })

async function rowsOf({ office }: Company, planId: string): Promise<ReadonlyMap<string, Row>> {
  const { body } = await office.get(`/plans/${planId}`)
  return new Map((body.rows as readonly Row[]).map((row) => [row.name, row]))
}

/** Every unit's periods are the sums of those below, in cents. */
function expectSums(rows: ReadonlyMap<string, Row>): void {
  const below = Map.groupBy(rows.values(), ({ parentId }) => parentId)
  const cents = (value: string | undefined) => Math.round(Number(value) * 100)
  for (const { id, months } of rows.values()) {
    const children = below.get(id)
    if (!children) continue
    months.forEach((value, at) =>
      expect(children.reduce((sum, row) => sum + cents(row.months[at]), 0)).toBe(cents(value)),
    )
  }
}

/** Makes, cascades, changes, publishes and reads the year's plan of the company, each step as its screens do. */
async function walk(company: Company, year: number, width: number): Promise<{ planId: string; version: number }> {
  const { office, person } = company
  const made = await office.post('/plans', { metric: 'signed_amount', year, total: '1000.01' })
  expect(made.status).toBe(200)
  const planId: string = made.body.plan.id
  const rows = await rowsOf(company, planId)
  expect(rows.get('公司')?.months).toHaveLength(width)
  expectSums(rows)

  const seasons = Array.from({ length: width }, (_, at) => String(at + 1))
  const cascade = { method: 'headcount', season: seasons }
  const preview = await office.post(`/plans/${planId}/preview`, { total: '2000', cascade })
  expect(preview.status).toBe(200)
  const top = preview.body.changes.filter(({ node }: { node: string }) => node === rows.get('公司')?.id)
  expect(top.map(({ month }: { month: number }) => month)).toContain(width)
  const short = await office.post(`/plans/${planId}/preview`, { total: '2000', cascade: { season: ['1', '2'] } })
  expect([short.status, short.body.errors[0].field]).toEqual([422, 'cascade.season'])

  const shifted = [...rows.values()].flatMap((row) => {
    const last = row.months.map((value, at) => (at === width - 1 ? String(Number(value) * 2) : null))
    return row.months[width - 1] === '0' ? [] : [{ node: row.id, months: last }]
  })
  const saved = await office.patch(`/plans/${planId}`, { version: 1, reason: '年底冲刺', rows: shifted })
  expect(saved.status).toBe(200)
  const published = await office.post(`/plans/${planId}/publish`, { version: 2 })
  expect(published.body.plan).toMatchObject({ status: 'published', figures: 'current' })

  const grid = (await office.get(`/plans/${planId}/grid`)).body
  expect(grid.months).toHaveLength(width)
  expect(grid.levels[0].cells.every((cells: string) => [1, width].includes(cells.split(' ').length))).toBe(true)
  const log = (await office.get(`/plans/${planId}/changes?period=${grid.months[width - 1].key}`)).body
  expect(new Set(log.changes.map(({ month }: { month: number }) => month))).toEqual(new Set([width]))
  const { targets } = (await person('甲').get(`/my-targets?year=${year}`)).body
  expect(targets[0].months).toEqual((await rowsOf(company, planId)).get('甲')?.months)
  return { planId, version: 3 }
}

/** The plan goes out as a workbook and comes back with its last period changed: its quarter and the year follow it there. */
async function roundTrip({ ctx, people }: Company, planId: string): Promise<unknown[]> {
  const session = await openSession(database.db, {
    loginId: null,
    companyId: ctx.company.id,
    personId: people['丁'] ?? '',
    origin: null,
  })
  const headers = { host: 'localhost', cookie: `terrace=${session}`, 'accept-language': 'en' }
  const file = await app.inject({ url: `/api/v1/plans/${planId}/workbook`, headers })
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(Uint8Array.from(file.rawPayload).buffer)
  const sheet = book.worksheets[0]
  sheet?.eachRow((row) => {
    const cell = row.getCell(sheet.columnCount - 2)
    if (row.getCell(2).text === '甲') cell.value = Number(cell.value) + 7
  })
  const form = new FormData()
  form.append('file', new Blob([Uint8Array.from(Buffer.from(await book.xlsx.writeBuffer()))]), 'plan.xlsx')
  const read = await app.inject({ method: 'POST', url: `/api/v1/plans/${planId}/sheet/file`, headers, payload: form })
  const { changes, faults, mismatches } = read.json()
  expect([faults, mismatches]).toEqual([[], []])
  return changes
}

const figures = async ({ office }: Company, period: string) => {
  const { actual, target, meta } = (await office.get(`/metrics/signed_amount/tree?period=${period}`)).body
  return { actual, target, from: meta.period.from, to: meta.period.to }
}

describe('a plan of a company that divides its year by weeks', () => {
  it('is made, cascaded, changed, published and read through the same routes, in periods of whole weeks', async () => {
    const company = await companyWith('weeks', weeks)
    // Its second period begins with the Monday 2026-01-26.
    await win(company, '2026-01-25', '10')
    await win(company, '2026-01-26', '20')
    const { planId, version } = await walk(company, 2026, 12)
    const [first, second] = (await rowsOf(company, planId)).get('公司')?.months ?? []
    expect(await figures(company, '2026-M01')).toEqual({
      actual: '10',
      target: first,
      from: '2025-12-29',
      to: '2026-01-26',
    })
    expect(await figures(company, '2026-M02')).toMatchObject({ actual: '20', target: second, from: '2026-01-26' })
    expect(await figures(company, '2026-Q1')).toMatchObject({ actual: '30', from: '2025-12-29', to: '2026-03-30' })
    expect(await roundTrip(company, planId)).toContainEqual(expect.objectContaining({ month: 12 }))

    const [row] = [...(await rowsOf(company, planId)).values()].filter(({ name }) => name === '甲')
    const wish = { node: row?.id, from: 7, total: '300', carry: 'parents', version, reason: '下半年加码' }
    expect((await company.office.post(`/plans/${planId}/amendments`, wish)).status).toBe(200)
    const { amendments } = (await company.person('甲').get(`/plans/${planId}/amendments`)).body
    expect(amendments).toMatchObject([{ fromDay: '2026-06-29', carry: 'parents' }])
    const over = { ...wish, from: 5, version: version + 1 }
    expect((await company.office.post(`/plans/${planId}/amendments`, over)).code).toBe('PERIOD_OVER')
    expectSums(await rowsOf(company, planId))
  })

  it('carries over into a year of 53 weeks, period by period', async () => {
    const company = await companyWith('long', { ...weeks, weekday: 7 })
    const { planId } = await walk(company, 2030, 12)
    const next = await company.office.post('/plans', { metric: 'signed_amount', year: 2031, from: { basis: 'targets', growth: '0' } }) // prettier-ignore
    expect(next.status).toBe(200)
    const { periods } = (await company.office.get('/periods?year=2031')).body
    expect(periods.at(-1)).toMatchObject({ key: '2031-M12', from: '2031-11-23', to: '2032-01-04' })
    const [last, now] = [await rowsOf(company, planId), await rowsOf(company, next.body.plan.id)]
    expect(now.get('甲')?.months).toEqual(last.get('甲')?.months)
  })
})

describe('a plan of a company that lists its periods itself', () => {
  it('has as many cells as the year has periods, and counts in them what fell between their boundaries', async () => {
    const company = await companyWith('own', own)
    await win(company, '2026-06-10', '10')
    await win(company, '2026-06-11', '20')
    const { planId } = await walk(company, 2026, 6)
    const months = (await rowsOf(company, planId)).get('公司')?.months ?? []
    expect(await figures(company, '2026-M01')).toEqual({
      actual: '10',
      target: months[0],
      from: '2026-06-01',
      to: '2026-06-11',
    })
    expect(await figures(company, '2026-M02')).toMatchObject({ actual: '20', target: months[1], to: '2026-07-20' })
    expect(await figures(company, '2026-Q1')).toMatchObject({ actual: '30', to: '2026-07-20' })
    expect(await roundTrip(company, planId)).toContainEqual(expect.objectContaining({ month: 6 }))
  })
})
