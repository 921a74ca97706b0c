import { randomUUID } from 'node:crypto'
import ExcelJS from 'exceljs'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { sumOf } from '#engine/money/decimal.ts'
import { openSession } from '#platform/auth/session-store.ts'
import { keepSizes, setTerritory } from '#features/market/server/index.ts'
import { createRecord } from '#platform/records/save.ts'
import { inView } from '#platform/db/step.ts'
import { publishedPlan } from '#testing/published-plan.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'
import { readLevels } from './index.ts'
import { planChanges } from './plan-changes.ts'

const { app, database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let company: SmallCompany
let planId: string

const unit = (name: string): string => company.units[name] ?? ''
const node = (name: string, of: string): string => `${unit(of)}.${company.people[name] ?? ''}`
const person = (name: string) => as({ companyId: company.ctx.company.id, personId: company.people[name] ?? '' })
const director = () => person('丁')
const months = (...values: (string | null)[]) => Array.from({ length: 12 }, (_, at) => values[at] ?? null)

beforeAll(async () => {
  company = await smallCompany(database)
  await sql`update person set role = 'director' where id = ${company.people['丁']}`.execute(database.owner)
  await sql`update person set role = 'manager' where id = ${company.people['乙']}`.execute(database.owner)
  await sql`update unit set head_id = ${company.people['乙']} where id = ${unit('东区')}`.execute(database.owner)
  for (const [name, amount] of [
    ['甲', '300'],
    ['丙', '600'],
  ] as const) {
    await createRecord(company.ctx, 'opportunity', {
      name: `去年三季度的单子 ${name}`,
      stage: company.stages['Won'],
      amount,
      closedOn: '2025-08-05',
      ownerId: company.people[name],
    })
  }
  const plan = await publishedPlan(director(), {
    metric: 'signed_amount',
    year: 2026,
    total: '1200000',
    cascade: { method: 'equal' },
  })
  planId = plan.id
})

const version = async (): Promise<number> => (await director().get(`/plans/${planId}`)).body.plan.version

interface GridLevel {
  readonly level: string
  readonly cells: readonly string[]
}

/** Years of the rows of a level, by name, in whole amounts. */
async function yearsAt(level: string): Promise<Readonly<Record<string, number>>> {
  const { body } = await director().get(`/plans/${planId}/grid`)
  const found = body.levels.find((each: GridLevel) => each.level === level)
  return Object.fromEntries(
    body.rows.names.map((name: string, at: number) => {
      const counts = found.cells[at].split(' ')
      const cells = counts.length === 1 ? Array.from({ length: 12 }, () => counts[0]) : counts
      return [name, cells.reduce((sum: number, count: string) => sum + Number(count), 0) / 100]
    }),
  )
}

describe('floor and stretch', () => {
  it('are made from the target by percent and sum on every tier', async () => {
    for (const [level, percent] of [
      ['floor', 85],
      ['stretch', 120],
    ] as const) {
      const made = await director().post(`/plans/${planId}/levels`, { version: await version(), level, percent })
      expect(made.status).toBe(200)
    }
    const { body } = await director().get(`/plans/${planId}`)
    expect(body.plan.levels).toEqual(['floor', 'target', 'stretch'])
    const [floor, target, stretch] = [await yearsAt('floor'), await yearsAt('target'), await yearsAt('stretch')]
    expect([floor['公司'], target['公司'], stretch['公司']]).toEqual([1_020_000, 1_200_000, 1_440_000])
    expect([floor['东区'], stretch['东区']]).toEqual([510_000, 720_000])
    const crossing = await director().post(`/plans/${planId}/levels`, {
      version: await version(),
      level: 'floor',
      percent: 101,
    })
    expect(crossing).toMatchObject({ code: 'PLAN_INVALID', body: { errors: [{ field: 'percent' }] } })
    expect(
      (await person('乙').post(`/plans/${planId}/levels`, { version: 1, level: 'floor', percent: 90 })).status,
    ).toBe(403)
  })

  it('are edited like the target, and never cross it: the message names node and period', async () => {
    const rows = [
      { node: `floor:${unit('西区')}`, months: months('40000') },
      { node: `floor:${unit('东区')}`, months: months('45000') },
    ]
    const alone = await director().patch(`/plans/${planId}`, { version: await version(), reason: 'x', rows: [rows[0]] })
    expect(alone.code).toBe('PLAN_DOES_NOT_SUM')
    const high = await director().patch(`/plans/${planId}`, {
      version: await version(),
      reason: '保底上调',
      rows: [
        { node: unit('公司'), months: months('80000') },
        { node: unit('东区'), months: months('40000') },
        { node: unit('东一队'), months: months('20000') },
        { node: unit('东二队'), months: months('20000') },
        { node: node('甲', '东一队'), months: months('20000') },
        { node: node('乙', '东一队'), months: months('0') },
        { node: node('丙', '东二队'), months: months('20000') },
        { node: unit('西区'), months: months('40000') },
        { node: unit('西一队'), months: months('40000') },
        { node: node('丁', '西一队'), months: months('40000') },
      ],
    })
    expect(high).toMatchObject({ status: 422, code: 'PLAN_LEVELS_CROSSED' })
    expect(high.body.errors[0].message).toBe('Jan 2026 of “公司”: the floor 85000 asks for more than the target 80000')
  })

  it('are read by rows and periods for whoever shows which level is reached', async () => {
    const found = await inView(company.ctx, (tx) => readLevels(tx, { planId, at: null }, [1, 2, 3]))
    expect(found.get(unit('公司'))).toEqual({ floor: 2_550_000_000n, stretch: 3_600_000_000n })
  })

  it('show in the attainment tree which of them a result reaches', async () => {
    const { body } = await director().get('/metrics/signed_amount/tree?period=2026-Q1')
    expect(body.levels).toMatchObject({ floor: '255000', stretch: '360000' })
    const deal = { name: '大单', stage: company.stages['Won'], amount: '270000', closedOn: '2026-02-03' }
    await createRecord(company.ctx, 'opportunity', { ...deal, ownerId: company.people['甲'] })
    const { levels } = (await director().get('/metrics/signed_amount/tree?period=2026-Q1')).body
    expect(levels.reached).toBe('floor')
    await createRecord(company.ctx, 'opportunity', { ...deal, amount: '90000', ownerId: company.people['丁'] })
    expect((await director().get('/metrics/signed_amount/tree?period=2026-Q1')).body.levels.reached).toBe('stretch')
  })
})

describe('a buffer', () => {
  it('lets a unit hand out more than it got, on every level, and is shown', async () => {
    const { body } = await director().get(`/plans/${planId}`)
    const east = unit('东区')
    // One month more for the first team: 105 % of what the region has, on each level.
    const of = (id: string) => body.rows.find((row: { id: string }) => row.id === id)
    const [region] = of(east).months
    const extra = Number(region) * 0.05
    const refused = await director().patch(`/plans/${planId}`, {
      version: await version(),
      reason: '超额 5%',
      rows: [{ node: east, buffer: 500 }],
    })
    expect(refused.code).toBe('PLAN_DOES_NOT_SUM')
    expect(extra).toBeGreaterThan(0)
    const unheld = await director().patch(`/plans/${planId}`, {
      version: await version(),
      reason: 'x',
      rows: [{ node: node('甲', '东一队'), buffer: 500 }],
    })
    expect(unheld).toMatchObject({ code: 'PLAN_INVALID', body: { errors: [{ code: 'no-buffer' }] } })
    for (const level of ['floor', 'stretch']) {
      await director().post(`/plans/${planId}/levels`, { version: await version(), level, percent: null })
    }
    const preview = await director().post(`/plans/${planId}/preview`, {
      node: east,
      cascade: { method: 'current' },
      draft: [{ node: east, buffer: 500 }],
    })
    const changed = Map.groupBy(
      preview.body.changes as { node: string; month: number; after: string }[],
      (each) => each.node,
    )
    const rows = [...changed].map(([id, changes]) => ({
      node: id,
      months: months(
        ...Array.from({ length: 12 }, (_, at) => changes.find(({ month }) => month === at + 1)?.after ?? null),
      ),
    }))
    const saved = await director().patch(`/plans/${planId}`, {
      version: await version(),
      reason: '东区按 105% 分解',
      rows: [{ node: east, buffer: 500 }, ...rows],
    })
    expect(saved.status).toBe(200)
    const years = await yearsAt('target')
    expect(years['东区']).toBe(600_000)
    expect((years['东一队'] ?? 0) + (years['东二队'] ?? 0)).toBe(630_000)
    const grid = (await director().get(`/plans/${planId}/grid`)).body
    expect(grid.rows.buffers).toEqual({ [grid.rows.names.indexOf('东区')]: 500 })
  })
})

async function fileOf(path: string) {
  const session = await openSession(database.db, {
    loginId: null,
    companyId: company.ctx.company.id,
    personId: company.people['丁'] ?? '',
    origin: null,
  })
  const headers = { host: 'localhost', cookie: `terrace=${session}`, 'accept-language': 'en' }
  const file = await app.inject({ url: `/api/v1${path}`, headers })
  return { headers, bytes: file.rawPayload, status: file.statusCode }
}

async function readBack(headers: Record<string, string>, book: ExcelJS.Workbook) {
  const form = new FormData()
  form.append('file', new Blob([Uint8Array.from(Buffer.from(await book.xlsx.writeBuffer()))]), '目标.xlsx')
  const url = `/api/v1/plans/${planId}/sheet/file`
  return (await app.inject({ method: 'POST', url, headers, payload: form })).json()
}

async function bookOf(bytes: Buffer): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(Uint8Array.from(bytes).buffer)
  return book
}

/** The cell of a row under a column, in the first sheet. */
function cellOf(book: ExcelJS.Workbook, name: string, column: number): ExcelJS.Cell {
  let found: ExcelJS.Cell | undefined
  book.worksheets[0]?.eachRow((row) => {
    if (row.getCell(2).text === name) found = row.getCell(column)
  })
  if (!found) throw new Error(`no row ${name}`)
  return found
}

const january = 3

describe('the workbook', () => {
  it('goes out with formulas, locks and the buffer, and comes back without a difference', async () => {
    const { headers, bytes } = await fileOf(`/plans/${planId}/workbook`)
    const book = await bookOf(bytes)
    expect(book.worksheets.map(({ name }) => name)).toEqual(['Target', '_terrace'])
    expect(cellOf(book, '公司', january).formula).toMatch(/^SUM\(/)
    expect(cellOf(book, '东区', january).formula).toContain('ROUND(')
    expect(cellOf(book, 'Over-assignment 5 %', january).formula).toContain('-')
    expect(cellOf(book, '甲', january).protection).toMatchObject({ locked: false })
    expect(await readBack(headers, book)).toMatchObject({
      changes: [],
      mismatches: [],
      faults: [],
      crossings: [],
      outdated: null,
    })
  })

  it('shows what was edited, where units follow, and where an overwritten sum does not match; nothing is saved', async () => {
    const before = await version()
    const { headers, bytes } = await fileOf(`/plans/${planId}/workbook`)
    const book = await bookOf(bytes)
    const cell = cellOf(book, '丁', january)
    const was = Number(cell.value)
    cell.value = was + 1000
    const follows = await readBack(headers, book)
    expect(follows.mismatches).toEqual([])
    expect(follows.changes).toContainEqual({
      node: node('丁', '西一队'),
      month: 1,
      before: String(was),
      after: String(was + 1000),
    })
    expect(follows.changes.map((each: { node: string }) => each.node)).toContain(unit('公司'))
    cellOf(book, '公司', january).value = 1
    expect((await readBack(headers, book)).mismatches).toMatchObject([{ name: '公司', month: 1, own: '1' }])
    cell.value = 'viel'
    expect((await readBack(headers, book)).faults).toMatchObject([{ text: 'viel', message: 'not a number' }])
    expect(await version()).toBe(before)
  })

  it('tells that the plan changed meanwhile, and keeps what the plan changed', async () => {
    const { headers, bytes } = await fileOf(`/plans/${planId}/workbook`)
    const { body } = await director().get(`/plans/${planId}`)
    const value = (id: string) => Number(body.rows.find((row: { id: string }) => row.id === id).months[1])
    const raised = [unit('公司'), unit('西区'), unit('西一队'), node('丁', '西一队')]
    const saved = await director().patch(`/plans/${planId}`, {
      version: await version(),
      reason: '二月上调',
      rows: raised.map((id) => ({ node: id, months: months(null, String(value(id) + 500)) })),
    })
    expect(saved.status).toBe(200)
    const book = await bookOf(bytes)
    expect(await readBack(headers, book)).toMatchObject({ changes: [], outdated: { names: '丁', both: [] } })
    cellOf(book, '丁', january + 1).value = 7
    expect((await readBack(headers, book)).outdated.both).toEqual([{ node: node('丁', '西一队'), month: 2 }])
  })
})

describe('the change log', () => {
  it('tells cell by cell who changed what, of a node and below, by a person, in a period, also as a file', async () => {
    const all = (await director().get(`/plans/${planId}/changes`)).body
    expect(all.next).toBeNull()
    const read: string[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await planChanges(company.ctx, planId, { ...(cursor ? { cursor } : {}) }, 7)
      expect(page.changes.length).toBeLessThanOrEqual(7)
      read.push(...page.changes.map((each) => `${each.version} ${each.node} ${each.month}`))
      cursor = page.next
    }
    expect(read).toEqual(all.changes.map((each: any) => `${each.version} ${each.node} ${each.month}`))
    expect(all.changes[0]).toMatchObject({ by: { name: '丁' }, reason: '二月上调', month: 2, level: 'target' })
    const west = (await director().get(`/plans/${planId}/changes?node=${unit('西区')}&period=2026-M02`)).body.changes
    expect(west.every((each: { month: number; name: string }) => each.month === 2 && each.name !== '东区')).toBe(true)
    expect(west.length).toBeGreaterThan(0)
    const nobody = await director().get(`/plans/${planId}/changes?by=${company.people['甲']}`)
    expect(nobody.body.changes).toEqual([])
    const own = (await person('甲').get(`/plans/${planId}/changes`)).body.changes
    expect(new Set(own.map((each: { node: string }) => each.node.split(':').at(-1)))).toEqual(
      new Set([node('甲', '东一队')]),
    )
    const csv = await director().get(`/plans/${planId}/changes?format=csv&node=${node('丁', '西一队')}`)
    expect(csv.body).toContain('二月上调')
  })
})

describe('what a target is entered relative to', () => {
  it('is the result of the period named, or of the same period a year before, and stays with the row', async () => {
    const ask = (query: string) => director().get(`/plans/${planId}/basis?node=${node('甲', '东一队')}&${query}`)
    expect((await ask('first=7&last=9')).body).toMatchObject({ base: '2025-Q3', amount: '300' })
    expect((await ask('first=1&last=1&base=2025-Q3')).body).toMatchObject({ base: '2025-Q3', amount: '300' })
    expect((await ask('first=8&last=8')).body).toMatchObject({ base: '2025-M08', amount: '300' })
    expect((await ask('first=1&last=5')).code).toBe('PERIOD_INVALID')
    const bases = [{ first: 7, last: 9, percent: '20', base: '2025-Q3', amount: '300' }]
    const saved = await director().patch(`/plans/${planId}`, {
      version: await version(),
      reason: '+20%',
      rows: [{ node: node('甲', '东一队'), bases }],
    })
    expect(saved.status).toBe(200)
    const { body } = await director().get(`/plans/${planId}`)
    expect(body.rows.find((row: { id: string }) => row.id === node('甲', '东一队')).bases).toEqual(bases)
  })
})

describe('ramp curves', () => {
  it('are kept by name for those who make plans', async () => {
    const id = randomUUID()
    const curve = { name: '新人标准', percents: [30, 60] }
    expect((await director().put(`/ramp-curves/${id}`, curve)).body.curve).toEqual({ id, ...curve })
    expect((await director().put(`/ramp-curves/${randomUUID()}`, curve)).code).toBe('CURVE_EXISTS')
    expect((await person('乙').put(`/ramp-curves/${id}`, curve)).status).toBe(403)
    expect((await person('乙').get('/ramp-curves')).body.curves).toEqual([{ id, ...curve }])
    expect((await director().delete(`/ramp-curves/${id}`)).status).toBe(204)
    expect((await director().delete(`/ramp-curves/${id}`)).code).toBe('CURVE_NOT_FOUND')
  })
})

describe("next year's plan", () => {
  it('starts from the targets of this year, raised, with buffers; children sum', async () => {
    const this_year = await yearsAt('target')
    const made = await director().post('/plans', {
      metric: 'signed_amount',
      year: 2027,
      from: { basis: 'targets', growth: '10' },
      reason: '在今年基础上增长 10%',
    })
    expect(made.status).toBe(200)
    const { body } = await director().get(`/plans/${made.body.plan.id}`)
    const yearOf = (name: string) => Number(sumOf(body.rows.find((row: { name: string }) => row.name === name).months))
    expect(yearOf('公司')).toBeCloseTo((this_year['公司'] ?? 0) * 1.1, 2)
    expect(yearOf('东一队')).toBeCloseTo((this_year['东一队'] ?? 0) * 1.1, 0)
    expect(body.rows.find((row: { name: string }) => row.name === '东区').buffer).toBe(500)
    expect(
      (await director().post('/plans', { metric: 'signed_amount', year: 2020, from: { basis: 'targets' } })).code,
    ).toBe('BASE_PLAN_MISSING')
  })

  it('starts from results', async () => {
    const made = await director().post('/plans', {
      metric: 'signed_amount',
      year: 2028,
      from: { basis: 'actuals', year: 2025, growth: '-10' },
    })
    expect(made.body.plan.total).toBe('810')
  })

  it('needs a total or a year to start from', async () => {
    const none = await director().post('/plans', { metric: 'signed_amount', year: 2029 })
    expect(none).toMatchObject({ code: 'PLAN_INVALID', body: { errors: [{ field: 'total' }] } })
  })
})

it('refuses a blend whose parts do not make a whole, and names it', async () => {
  const blend = (headcount: number) =>
    director().post(`/plans/${planId}/preview`, {
      node: unit('公司'),
      cascade: { method: 'blend', blend: { lastActual: 60, headcount } },
    })
  expect(await blend(90)).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'cascade.blend', code: 'not-whole', message: expect.stringContaining('150') }] },
  })
  expect((await blend(40)).status).toBe(200)
})

it('cascades by what is in the pipeline, and says that no market is known', async () => {
  await createRecord(company.ctx, 'opportunity', {
    name: '在谈的单子',
    stage: Object.entries(company.stages).find(([name]) => name !== 'Won' && name !== 'Lost')?.[1],
    amount: '1000',
    engagedOn: '2026-05-01',
    ownerId: company.people['丁'],
  })
  const { body } = await director().post(`/plans/${planId}/preview`, {
    node: unit('公司'),
    cascade: { method: 'potential' },
  })
  expect(body.notes).toHaveLength(1)
  const east = body.changes.filter((each: { node: string }) => each.node === unit('东区'))
  expect(east.map((each: { after: string }) => each.after)).toEqual(Array.from({ length: 12 }, () => '0'))
})

it('goes by the newest market that was told where none is of the year of the plan, and names its year', async () => {
  const { ctx } = company
  await setTerritory(ctx, unit('东区'), { regions: ['浙江'], industries: [] })
  await setTerritory(ctx, unit('西区'), { regions: ['四川'], industries: [] })
  const size = { industry: '', currency: '', source: '行业协会', confidence: 'high' as const, toldOn: '2026-02-01' }
  const told = { ...size, from: '2025-01-01', to: '2026-01-01' }
  await keepSizes(ctx, [
    { ...told, region: '浙江', amount: '1000' },
    { ...told, region: '四川', amount: '3000' },
    { ...size, region: '浙江', amount: '9000', from: '2026-01-01', to: '2027-01-01' },
  ])
  const { body } = await director().post(`/plans/${planId}/preview`, {
    node: unit('公司'),
    cascade: { method: 'potential' },
  })
  expect(JSON.stringify(body.notes)).toContain('2025 财年')
})
