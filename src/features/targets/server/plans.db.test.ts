import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { sumOf } from '#engine/money/decimal.ts'
import { createRecord } from '#platform/records/save.ts'
import { openSession } from '#platform/auth/session-store.ts'
import type { Role } from '#engine/policy/role.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'

const now = () => new Date('2026-06-15T04:00:00Z')
const { app, database, as } = await testApp({ now })
let company: SmallCompany

const unit = (name: string): string => company.units[name] ?? ''
const node = (name: string, of: string): string => `${unit(of)}.${company.people[name] ?? ''}`
const person = (name: string) => as({ companyId: company.ctx.company.id, personId: company.people[name] ?? '' })

async function setRole(name: string, role: Role): Promise<void> {
  await sql`update person set role = ${role} where id = ${company.people[name]}`.execute(database.owner)
}

beforeAll(async () => {
  company = await smallCompany(database)
  await setRole('丁', 'director')
  await setRole('乙', 'manager')
  await sql`update unit set head_id = ${company.people['乙']} where id = ${unit('东区')}`.execute(database.owner)
  for (const [name, amount] of [
    ['甲', '300'],
    ['乙', '100'],
    ['丙', '600'],
    ['丁', '1000'],
  ] as const) {
    await createRecord(company.ctx, 'opportunity', {
      name: `去年的单子 ${name}`,
      stage: company.stages['Won'],
      amount,
      closedOn: '2025-03-05',
      ownerId: company.people[name],
    })
  }
})

interface Row {
  readonly id: string
  readonly parentId: string | null
  readonly months: readonly string[]
  readonly canEdit: boolean
}

/** Every month of every unit is the sum of its children. */
function expectSums(rows: readonly Row[]): void {
  expect(rows.some(({ parentId }) => rows.some(({ id }) => id === parentId))).toBe(true)
  for (const row of rows) {
    const children = rows.filter((each) => each.parentId === row.id)
    if (children.length === 0) continue
    expect(row.months.map((_, month) => sumOf(children.map((child) => child.months[month] ?? '0')))).toEqual(row.months)
  }
}

async function plan(year: number): Promise<{ id: string; version: number }> {
  const { body } = await person('丁').get(`/plans?metric=signed_amount&year=${year}`)
  return body.plans[0]
}

const yearOf = (rows: readonly Row[], id: string) => sumOf(rows.find((row) => row.id === id)?.months ?? [])

describe('a plan', () => {
  it('cascades a total by the results of last year through the whole tree, exactly', async () => {
    const made = await person('丁').post('/plans', {
      metric: 'signed_amount',
      year: 2026,
      total: '12000000',
      cascade: { method: 'last_actual', season: 'even' },
    })
    expect(made.body).toMatchObject({
      plan: { total: '12000000', version: 1, unit: '0.01', status: 'draft' },
      notes: [],
    })
    const { body } = await person('丁').get(`/plans/${made.body.plan.id}`)
    expectSums(body.rows)
    expect(body.months).toHaveLength(12)
    const years = ['东区', '西区', '东一队', '东二队'].map((name) => yearOf(body.rows, unit(name)))
    expect(years).toEqual(['6000000', '6000000', '2400000', '3600000'])
    expect(yearOf(body.rows, node('甲', '东一队'))).toBe('1800000')
  })

  it('cascades by equal, and says when there is no history to cascade by', async () => {
    const made = await person('丁').post('/plans', {
      metric: 'signed_amount',
      year: 2024,
      total: '12000000',
      cascade: { method: 'last_actual', season: 'history' },
    })
    expect(made.body.notes).toHaveLength(1)
    const { body } = await person('丁').get(`/plans/${made.body.plan.id}`)
    expectSums(body.rows)
    expect(['东区', '西区', '东一队'].map((name) => yearOf(body.rows, unit(name)))).toEqual([
      '6000000',
      '6000000',
      '3000000',
    ])
  })

  it('is made once per metric and year, for metrics that can be planned, by those who may', async () => {
    const wish = { metric: 'signed_amount', year: 2026, total: '1' }
    expect(await person('丁').post('/plans', wish)).toMatchObject({ status: 409, code: 'PLAN_EXISTS' })
    expect((await person('丁').post('/plans', { ...wish, metric: 'market_size' })).code).toBe('METRIC_NOT_PLANNABLE')
    expect((await person('丁').post('/plans', { ...wish, metric: 'nothing' })).code).toBe('METRIC_NOT_FOUND')
    expect((await person('乙').post('/plans', wish)).code).toBe('PERMISSION_MISSING')
    const fine = await person('丁').post('/plans', { ...wish, year: 2030, total: '0.001' })
    expect(fine).toMatchObject({ code: 'PLAN_INVALID', body: { errors: [{ field: 'total', code: 'too-fine' }] } })
    const bad = await person('丁').post('/plans', { ...wish, total: '-5', cascade: { method: 'magic' } })
    expect(bad.body.errors.map((fault: { field: string }) => fault.field)).toEqual(['total', 'cascade.method'])
  })

  it('previews a cascade without saving it, and refuses what locks forbid', async () => {
    const { id, version } = await plan(2026)
    const preview = await person('丁').post(`/plans/${id}/preview`, { cascade: { method: 'equal' } })
    expect(preview.body.version).toBe(version)
    expect(preview.body.changes).toContainEqual({ node: unit('东一队'), month: 1, before: '200000', after: '250000' })
    expect((await plan(2026)).version).toBe(version)
    const below = await person('丁').post(`/plans/${id}/preview`, { node: unit('东区'), total: '1', cascade: {} })
    expect(below).toMatchObject({ status: 422, code: 'CASCADE_REFUSED' })
    expect((await person('丁').post(`/plans/${id}/preview`, { node: 'nowhere', cascade: {} })).code).toBe(
      'NODE_NOT_FOUND',
    )
  })
})

describe('saving a plan', () => {
  const months = (...values: (string | null)[]) => Array.from({ length: 12 }, (_, at) => values[at] ?? null)

  it('takes changes that sum, with reason and history', async () => {
    const { id, version } = await plan(2026)
    const rows = [
      { node: unit('东一队'), months: months('210000.50') },
      { node: unit('东二队'), months: months('289999.50') },
      { node: node('甲', '东一队'), months: months('150000.50') },
      { node: node('乙', '东一队'), months: months('60000') },
      { node: node('丙', '东二队'), months: months('289999.50') },
    ]
    const saved = await person('丁').patch(`/plans/${id}`, { version, reason: '一队加人', rows })
    expect(saved.body.plan.version).toBe(version + 1)
    const { body } = await person('丁').get(`/plans/${id}/revisions`)
    expect(body.revisions[0]).toMatchObject({
      version: version + 1,
      kind: 'changed',
      reason: '一队加人',
      rows: 5,
      by: { name: '丁' },
    })
    const detail = await person('丁').get(`/plans/${id}/revisions/${version + 1}`)
    const changed = detail.body.rows.find((row: { node: string }) => row.node === unit('东一队'))
    expect([changed.before[0], changed.after[0], changed.lockedAfter]).toEqual(['200000', '210000.5', null])
    expectSums((await person('丁').get(`/plans/${id}`)).body.rows)
  })

  it('refuses sums that do not hold and writes nothing', async () => {
    const { id, version } = await plan(2026)
    const rows = [{ node: unit('东一队'), months: months('1') }]
    const refused = await person('丁').patch(`/plans/${id}`, { version, reason: 'x', rows })
    expect(refused).toMatchObject({ status: 422, code: 'PLAN_DOES_NOT_SUM' })
    expect(refused.body.details.mismatches.map((each: { name: string }) => each.name).toSorted()).toEqual([
      '东一队',
      '东区',
    ])
    expect((await plan(2026)).version).toBe(version)
  })

  it('tells the second of two who changed what, and overwrites nothing', async () => {
    const { id, version } = await plan(2026)
    const lock = (name: string, team: string) => ({
      version,
      reason: `锁定 ${name}`,
      rows: [{ node: node(name, team), locked: Array.from({ length: 12 }, (_, at) => at === 0) }],
    })
    expect((await person('乙').patch(`/plans/${id}`, lock('甲', '东一队'))).status).toBe(200)
    const second = await person('丁').patch(`/plans/${id}`, lock('丙', '东二队'))
    expect(second).toMatchObject({ status: 409, code: 'PLAN_CHANGED' })
    expect(second.body.title).toContain('乙')
    expect(second.body.details).toMatchObject({
      version: version + 1,
      revisions: [{ reason: '锁定 甲', by: { name: '乙' } }],
    })
    expect(second.body.details.changes[0]).toMatchObject({ person: company.people['甲'] })
  })

  it('keeps locked cells until they are unlocked', async () => {
    const { id, version } = await plan(2026)
    const rows = [
      { node: node('甲', '东一队'), months: months('150000') },
      { node: node('乙', '东一队'), months: months('60000.50') },
    ]
    const locked = await person('丁').patch(`/plans/${id}`, { version, reason: 'x', rows })
    expect(locked).toMatchObject({ status: 422, body: { errors: [{ field: 'rows.0.months.0', code: 'locked' }] } })
    const unlock = { ...rows[0], locked: Array.from({ length: 12 }, () => false) }
    expect(
      (await person('丁').patch(`/plans/${id}`, { version, reason: '解锁', rows: [unlock, rows[1]] })).status,
    ).toBe(200)
  })
})

describe('who may do what', () => {
  it('lets a manager change what is below the own unit, whose top stays', async () => {
    const { id, version } = await plan(2026)
    const { body } = await person('乙').get(`/plans/${id}`)
    expect(body.rows.map((row: Row) => row.id)).not.toContain(unit('西区'))
    expect(body.rows[0]).toMatchObject({ id: unit('东区'), parentId: null, canEdit: false })
    expect(body.rows.slice(1).every((row: Row) => row.canEdit)).toBe(true)
    const year = Array.from({ length: 12 }, () => '1')
    const top = await person('乙').patch(`/plans/${id}`, {
      version,
      reason: 'x',
      rows: [{ node: unit('东区'), months: year }],
    })
    expect(top).toMatchObject({ code: 'PLAN_INVALID', body: { errors: [{ field: 'rows.0.node', code: 'fixed' }] } })
    const far = await person('乙').patch(`/plans/${id}`, {
      version,
      reason: 'x',
      rows: [{ node: unit('西区'), months: year }],
    })
    expect(far).toMatchObject({ code: 'PLAN_INVALID', body: { errors: [{ code: 'unknown-node' }] } })
    const preview = await person('乙').post(`/plans/${id}/preview`, { cascade: { method: 'equal' } })
    expect(preview.body.changes.every(({ node: changed }: { node: string }) => changed !== unit('东区'))).toBe(true)
    expect((await person('乙').post(`/plans/${id}/preview`, { total: '9', cascade: {} })).code).toBe('CASCADE_REFUSED')
  })

  it('tells a manager of changes within the own reach only', async () => {
    const { id, version } = await plan(2026)
    const locked = Array.from({ length: 12 }, (_, at) => at === 1)
    const rows = [{ node: unit('西区'), locked }]
    expect((await person('丁').patch(`/plans/${id}`, { version, reason: '锁定西区', rows })).status).toBe(200)
    const late = await person('乙').patch(`/plans/${id}`, { version, reason: 'x', rows: [{ node: unit('东区') }] })
    expect(late).toMatchObject({ code: 'PLAN_CHANGED', body: { details: { changes: [] } } })
    expect(late.body.details.revisions).toMatchObject([{ by: null, reason: null, rows: 0 }])
    expect(late.body.title).toContain('Somebody')
  })

  it('lets a representative read the own row only', async () => {
    const draft = await plan(2026)
    await person('丁').post(`/plans/${draft.id}/publish`, { version: draft.version })
    const { id, version } = await plan(2026)
    const { body } = await person('甲').get(`/plans/${id}`)
    expect(body.rows).toMatchObject([{ id: node('甲', '东一队'), canEdit: false }])
    expect(body.plan.can).toEqual({ edit: false, manage: false })
    const saved = await person('甲').patch(`/plans/${id}`, {
      version,
      reason: 'x',
      rows: [{ node: node('甲', '东一队') }],
    })
    expect(saved).toMatchObject({ status: 403, code: 'PERMISSION_MISSING' })
    const { body: history } = await person('甲').get(`/plans/${id}/revisions/1`)
    expect(history.rows).toHaveLength(1)
    await person('丁').post(`/plans/${id}/path`, { version, act: 'reopen', comment: '再改' })
  })

  it('shows nothing to another company', async () => {
    const other = await smallCompany(database, { slug: 'other' })
    await sql`update person set role = 'director' where id = ${other.people['甲']}`.execute(database.owner)
    const stranger = as({ companyId: other.ctx.company.id, personId: other.people['甲'] ?? '' })
    const { id, version } = await plan(2026)
    expect((await stranger.get('/plans')).body.plans).toEqual([])
    for (const answer of [
      await stranger.get(`/plans/${id}`),
      await stranger.get(`/plans/${id}/sheet`),
      await stranger.get(`/plans/${id}/revisions`),
      await stranger.patch(`/plans/${id}`, { version, reason: 'x', rows: [{ node: unit('东区') }] }),
      await stranger.post(`/plans/${id}/publish`, { version }),
      await stranger.delete(`/plans/${id}`),
    ]) {
      expect(answer).toMatchObject({ status: 404, code: 'PLAN_NOT_FOUND' })
    }
  })
})

describe('the wide sheet', () => {
  it('goes out as rows and CSV, and comes back without a difference', async () => {
    const { id } = await plan(2026)
    const sheet = (await person('丁').get(`/plans/${id}/sheet`)).body
    expect(sheet.header).toHaveLength(15)
    const csv = await person('丁').get(`/plans/${id}/sheet?format=csv`)
    expect(csv.body.startsWith('\uFEFFUnit,Person,Jan 2026')).toBe(true)
    const back = await person('丁').post(`/plans/${id}/sheet`, { rows: [sheet.header, ...sheet.rows] })
    expect(back.body).toMatchObject({ changes: [], mismatches: [], faults: [] })
  })

  it('goes out and comes back as a workbook', async () => {
    const { id } = await plan(2026)
    const session = await openSession(database.db, {
      loginId: null,
      companyId: company.ctx.company.id,
      personId: company.people['丁'] ?? '',
      origin: null,
    })
    const headers = { host: 'localhost', cookie: `terrace=${session}` }
    const file = await app.inject({ url: `/api/v1/plans/${id}/sheet?format=xlsx`, headers })
    expect(file.rawPayload.subarray(0, 2).toString()).toBe('PK')
    const form = new FormData()
    form.append('file', new Blob([Uint8Array.from(file.rawPayload)]), '目标.xlsx')
    const back = await app.inject({ method: 'POST', url: `/api/v1/plans/${id}/sheet/file`, headers, payload: form })
    expect(back.json()).toMatchObject({ changes: [], mismatches: [], faults: [] })
    const nothing = await person('丁').post(`/plans/${id}/sheet/file`, {})
    expect(nothing).toMatchObject({ status: 400, code: 'SHEET_MISSING' })
  })

  it('shows differences, sums that do not match and cells that cannot be used before anything is saved', async () => {
    const { id, version } = await plan(2026)
    const rows = [
      ['单位', '姓名', '1月', '2月'],
      ['东一队', '甲', '20万', 'abc'],
      ['公司', '', '1000000', ''],
    ]
    const { body } = await person('丁').post(`/plans/${id}/sheet`, { rows })
    expect(body.faults).toMatchObject([{ row: 2, column: '2月', text: 'abc', message: 'not a number' }])
    expect(body.mismatches).toMatchObject([{ name: '公司', month: 1, own: '1000000', children: '1050000' }])
    expect(body.changes).toContainEqual({ node: node('甲', '东一队'), month: 1, before: '150000', after: '200000' })
    expect((await plan(2026)).version).toBe(version)
    expect((await person('丁').post(`/plans/${id}/sheet`, { rows: [['x']] })).status).toBe(400)
  })
})

describe('the life of a plan', () => {
  it('takes in a newcomer at zero, so that sums hold', async () => {
    const { id, version } = await plan(2026)
    await sql`
      with newcomer as (insert into person (company_id, id, name) values (${company.ctx.company.id}, gen_random_uuid(), '戊') returning id)
      insert into assignment (company_id, id, structure_id, person_id, unit_id, from_day)
      select ${company.ctx.company.id}, gen_random_uuid(), s.id, newcomer.id, ${unit('西一队')}, '2026-06-01'
      from newcomer, structure s where s.company_id = ${company.ctx.company.id}`.execute(database.owner)
    const refreshed = await person('丁').post(`/plans/${id}/refresh`, { version })
    expect(refreshed.body).toMatchObject({ added: 1, plan: { version: version + 1 } })
    const { body } = await person('丁').get(`/plans/${id}`)
    expectSums(body.rows)
    expect(body.rows.some((row: { name: string }) => row.name === '戊')).toBe(true)
  })

  it('is published once and then cannot be deleted; a draft can', async () => {
    const published = await plan(2026)
    const answer = await person('丁').post(`/plans/${published.id}/publish`, { version: published.version })
    expect(answer.body.plan.status).toBe('published')
    expect((await person('丁').delete(`/plans/${published.id}`)).code).toBe('PLAN_PUBLISHED')
    const draft = await plan(2024)
    expect((await person('丁').delete(`/plans/${draft.id}`)).status).toBe(204)
    expect((await person('丁').get(`/plans/${draft.id}`)).code).toBe('PLAN_NOT_FOUND')
  })
})

describe('attainment', () => {
  it('shows actual, target, pace and gap at every node, the unit being the sum of its people', async () => {
    await createRecord(company.ctx, 'opportunity', {
      name: '今年的单子',
      stage: company.stages['Won'],
      amount: '500000',
      closedOn: '2026-05-05',
      ownerId: company.people['甲'],
    })
    const { body } = await person('丁').get('/metrics/signed_amount/tree?period=2026-Q2')
    expect(body).toMatchObject({ id: unit('公司'), actual: '500000', target: '3000000', gap: '2500000', kind: 'unit' })
    expect(body.attainment).toBeCloseTo(0.166667, 6)
    expect(body.meta.period).toMatchObject({ key: '2026-Q2', from: '2026-04-01', to: '2026-07-01' })
    expect(body.meta.period.elapsed).toBeGreaterThan(0.8)
    expect(body.pace).toBeCloseTo(body.attainment - Number(body.expected) / 3_000_000, 5)
    expect(body.light).toBe('far-behind')
    const east = body.children.find((child: { name: string }) => child.name === '东区')
    expect(sumOf(body.children.map((child: { target: string }) => child.target))).toBe('3000000')
    const first = east.children.find((child: { name: string }) => child.name === '东一队')
    expect(first.children.find((child: { name: string }) => child.name === '甲')).toMatchObject({
      id: node('甲', '东一队'),
      actual: '500000',
      target: '450000',
      light: 'ahead',
    })
  })

  it('opens each figure to its records, whose sum it is, and to its months', async () => {
    const { body } = await person('丁').get(`/metrics/signed_amount/records?period=2025&node=${unit('东区')}`)
    expect([body.total, body.count]).toEqual(['1000', 3])
    expect(sumOf(body.rows.map((row: { value: string }) => row.value))).toBe('1000')
    const page = await person('丁').get('/metrics/signed_amount/records?period=2025&limit=1&cursor=1')
    expect(page.body).toMatchObject({ count: 4, cursor: '2', total: '2000' })
    const series = await person('丁').get(`/metrics/signed_amount/series?period=2026&node=${node('甲', '东一队')}`)
    expect(series.body).toHaveLength(12)
    expect(series.body[4]).toEqual({
      key: '2026-M05',
      label: { zh: '2026年5月', en: 'May 2026' },
      from: '2026-05-01',
      actual: '500000',
      target: '150000',
    })
    expect(series.body[7].actual).toBeNull()
  })

  it('asks by today for the months of the plan that are over and the working days of the running one', async () => {
    const year = (await person('丁').get('/metrics/signed_amount/tree?period=2026')).body
    const months = (await person('丁').get('/metrics/signed_amount/series?period=2026')).body
    const june = (await person('丁').get('/metrics/signed_amount/tree?period=2026-M06')).body
    const over = months.slice(0, 5).map(({ target }: { target: string }) => Number(target))
    const due = over.reduce((sum: number, target: number) => sum + target, Number(june.expected))
    expect(Number(year.expected)).toBeCloseTo(due, 2)
    expect(year.pace).toBeCloseTo(year.attainment - due / Number(year.target), 5)
  })

  it('has no target for a metric without a plan, and says so', async () => {
    const { body } = await person('丁').get('/metrics/win_rate/tree?period=2026')
    expect(body).toMatchObject({ actual: '1', target: null, attainment: null, light: null, reason: 'no-target' })
  })

  it('shows a representative the own figures only', async () => {
    const { body } = await person('甲').get('/metrics/signed_amount/tree?period=2026-Q2')
    expect(body).toMatchObject({ kind: 'person', name: '甲', target: '450000', children: [] })
    const other = await person('甲').get(`/metrics/signed_amount/records?period=2025&node=${node('丙', '东二队')}`)
    expect(other).toMatchObject({ status: 404, code: 'NODE_NOT_FOUND' })
  })

  it.each([
    ['/metrics/nothing/tree', 404, 'METRIC_NOT_FOUND'],
    ['/metrics/signed_amount/tree?period=2026-Q9', 400, 'PERIOD_INVALID'],
    ['/metrics/signed_amount/tree?node=x', 404, 'NODE_NOT_FOUND'],
    ['/metrics/signed_amount/records?cursor=abc', 400, 'CURSOR_INVALID'],
    ['/metrics/signed_amount/series?period=soon', 400, 'PERIOD_INVALID'],
    ['/periods?year=abc', 400, 'INPUT_INVALID'],
  ])('refuses %s', async (path, status, code) => {
    expect(await person('丁').get(path)).toMatchObject({ status, code })
  })

  it('lists periods and metrics', async () => {
    const { body } = await person('甲').get('/periods')
    expect(body.current).toEqual({ year: '2026', quarter: '2026-Q2', month: '2026-M06' })
    expect([...new Set(body.periods.map((period: { year: number }) => period.year))]).toEqual([2027, 2026, 2025])
    const metrics = (await person('甲').get('/metrics')).body.metrics
    expect(metrics.find((metric: { key: string }) => metric.key === 'win_rate')).toMatchObject({ plannable: true })
    expect(metrics.find((metric: { key: string }) => metric.key === 'market_size')).toMatchObject({ plannable: false })
  })
})
