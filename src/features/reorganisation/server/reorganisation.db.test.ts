import { beforeAll, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { doWhatIsDue } from '#features/org/server/index.ts'
import { newId } from '#platform/db/new-id.ts'
import { asPerson, findCompany } from '#platform/db/system.ts'
import { runRecredit, verifyLedger } from '#platform/ledger/index.ts'
import { createRecord } from '#platform/records/save.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'

let clock = new Date('2026-06-15T04:00:00Z')
const { as, database } = await testApp({ now: () => clock })

let company: SmallCompany
let office: TestClient
let director: TestClient
let rep: TestClient

const person = (name: string): string => company.people[name] ?? ''
const unit = (name: string): string => company.units[name] ?? ''

beforeAll(async () => {
  company = await smallCompany(database)
  const { ctx, stages } = company
  for (const [name, role] of [['丁', 'operations'], ['丙', 'manager'], ['甲', 'representative'], ['乙', 'director']] as const) {
    await sql`update person set role = ${role} where id = ${person(name)}`.execute(database.owner)
  } // prettier-ignore
  office = as({ companyId: ctx.company.id, personId: person('丁') })
  director = as({ companyId: ctx.company.id, personId: person('乙') })
  rep = as({ companyId: ctx.company.id, personId: person('甲') })
  await sql`update unit set head_id = ${person('丙')} where id = ${unit('东区')}`.execute(database.owner)
  for (const [name, amount] of [['甲', '10.01'], ['乙', '20.02'], ['丙', '40.04'], ['丁', '80.08']] as const) {
    const account = (await createRecord(ctx, 'account', { name: `客户${name}`, ownerId: person(name) })).id
    const deal = { account, amount, ownerId: person(name) }
    await createRecord(ctx, 'opportunity', { ...deal, name: `旧${name}`, stage: stages['Won'], closedOn: '2025-03-10' })
    await createRecord(ctx, 'opportunity', { ...deal, name: `新${name}`, stage: stages['Won'], closedOn: '2026-05-10' })
  } // prettier-ignore
})

async function fresh(): Promise<Ctx> {
  const found = await findCompany(database.db, { id: company.ctx.company.id })
  if (!found) throw new Error('the company is gone')
  const who = { id: person('丁'), name: '丁', role: 'operations', loginId: null } as const
  return asPerson({ ...company.ctx, company: found, now: clock, today: clock.toISOString().slice(0, 10) }, who)
}

const prepare = async (steps: readonly object[], effectiveOn = '2026-08-01') =>
  office.post('/reorganisations', { name: '调整', effectiveOn, steps })

async function parentOn(name: string, day: string): Promise<string | undefined> {
  const { body } = await office.get(`/org/tree?on=${day}`)
  const found = body.units.find((one: any) => one.name === name)
  return body.units.find((one: any) => one.id === found?.parentId)?.name
}

async function placeOn(name: string, day: string): Promise<string | undefined> {
  const { body } = await office.get(`/org/tree?on=${day}`)
  return body.units.find((one: any) => one.people.some((other: any) => other.name === name))?.name
}

const figures = async (period: string) => (await office.get(`/metrics/signed_amount/tree?period=${period}`)).body

describe('a prepared reorganisation', () => {
  it('says of each step by its field why it cannot be taken', async () => {
    const refused = async (...steps: readonly object[]) => (await prepare(steps)).body.errors
    expect(await refused({ kind: 'move', unitId: unit('东区'), parentId: unit('东一队') })).toMatchObject([
      { field: 'steps.0.parentId', code: 'cycle' },
    ])
    const stranger = (await office.post('/org/people', { name: '无处' })).body.id
    expect(await refused({ kind: 'head', unitId: unit('西区'), headId: stranger })).toMatchObject([
      { field: 'steps.0.headId', code: 'orphan_head' },
    ])
    const further = { kind: 'assign', newId: newId(), personId: person('甲'), unitId: unit('西区'), share: '100' }
    expect(await refused({ kind: 'rename', unitId: unit('西区'), name: '西部' }, further)).toMatchObject([
      { field: 'steps.1.share', code: 'over_full_time' },
    ])
    expect(await refused({ kind: 'close', unitId: unit('东一队') })).toMatchObject([{ code: 'has_people' }])
    expect((await prepare([], '2026-06-01')).body.errors).toMatchObject([{ field: 'effectiveOn', code: 'past' }])
  })

  it('is for whoever prepares; a representative is told which permission is missing', async () => {
    expect((await rep.get('/reorganisations')).status).toBe(403)
    expect((await director.get('/reorganisations')).status).toBe(200)
    const { id, version } = (await prepare([{ kind: 'rename', unitId: unit('西区'), name: '西部' }])).body
    expect((await director.post(`/reorganisations/${id}/confirm`, { version })).status).toBe(403)
    expect((await office.delete(`/reorganisations/${id}`)).status).toBe(204)
  })

  it('changes nothing until it is confirmed, then all at once from its day; revoked, nothing is left of it', async () => {
    const south = newId()
    const steps = [
      { kind: 'create', newId: south, name: '南区', parentId: unit('公司'), tier: '大区', headId: person('丁') },
      { kind: 'move', unitId: unit('东二队'), parentId: south },
      { kind: 'merge', unitId: unit('西一队'), intoId: unit('西区') },
      { kind: 'people', personIds: [person('乙')], unitId: unit('东二队') },
    ]
    const { id, version } = (await prepare(steps)).body
    const before = await office.get(`/org/tree?on=2026-08-01`)
    expect(await placeOn('乙', '2026-08-01')).toBe('东一队')
    const shown = (await office.get(`/reorganisations/${id}`)).body
    expect(shown.after.map((one: any) => `${one.name} ${one.marks.join()}`)).toContain('南区 new')
    expect(shown.before.find((one: any) => one.name === '西一队').marks).toEqual(['ends', 'leave'])

    const confirmed = await office.post(`/reorganisations/${id}/confirm`, { version })
    expect(confirmed.body, JSON.stringify(confirmed.body)).toMatchObject({ status: 'confirmed', can: { revoke: true } })
    expect(await parentOn('东二队', '2026-07-31')).toBe('东区')
    expect(await parentOn('东二队', '2026-08-01')).toBe('南区')
    expect([await placeOn('丁', '2026-07-31'), await placeOn('丁', '2026-08-01')]).toEqual(['西一队', '西区'])
    expect(await parentOn('西一队', '2026-08-01')).toBeUndefined()
    expect(await placeOn('乙', '2026-08-01')).toBe('东二队')

    const revoked = await office.post(`/reorganisations/${id}/revoke`, { version: confirmed.body.version })
    expect(revoked.body, JSON.stringify(revoked.body)).toMatchObject({ status: 'revoked' })
    const people = ({ body }: any) =>
      body.units.map((one: any) => [one.name, one.people.map((other: any) => other.name)])
    expect(people(await office.get(`/org/tree?on=2026-08-01`))).toEqual(people(before))
    const { revisions } = (await office.get(`/reorganisations/${id}/revisions`)).body
    expect(revisions.map((one: any) => one.kind)).toEqual(['revoked', 'confirmed', 'created'])
  })

  it('cannot be revoked as a whole once somebody moved what it touched', async () => {
    const { id, version } = (await prepare([{ kind: 'people', personIds: [person('乙')], unitId: unit('西区') }])).body
    const { body } = await office.post(`/reorganisations/${id}/confirm`, { version })
    const later = { personId: person('乙'), unitId: unit('东二队'), from: '2026-09-01' }
    expect((await office.post('/org/assignments', later)).status).toBe(200)
    const refused = await office.post(`/reorganisations/${id}/revoke`, { version: body.version })
    expect(refused.body.errors).toMatchObject([{ code: 'changed_since' }])
    const home = { personId: person('乙'), unitId: unit('东一队'), from: '2026-08-01', later: 'replace' }
    expect((await office.post('/org/assignments', home)).status).toBe(200)
  })

  it('tells the second who saves it, and keeps every state it was in', async () => {
    const { id } = (await prepare([])).body
    const wish = { version: 1, name: '甲案', effectiveOn: '2026-08-01', steps: [] }
    expect((await office.put(`/reorganisations/${id}`, wish)).body).toMatchObject({ version: 2, name: '甲案' })
    expect(await office.put(`/reorganisations/${id}`, wish)).toMatchObject({
      status: 409,
      code: 'REORGANISATION_CHANGED',
    })
    const empty = await office.post(`/reorganisations/${id}/confirm`, { version: 2 })
    expect(empty.body.errors).toMatchObject([{ code: 'empty' }])
    for (const act of [
      sql`update reorganisation_revision set steps = '[]'`,
      sql`delete from reorganisation_revision`,
    ]) {
      await expect(act.execute(database.db)).rejects.toThrow(/permission denied/)
    }
    expect((await office.delete(`/reorganisations/${id}`)).status).toBe(204)
  })

  it('gives names and heads on its day, not before', async () => {
    const steps = [
      { kind: 'rename', unitId: unit('西区'), name: '西部大区' },
      { kind: 'head', unitId: unit('西区'), headId: person('丁') },
    ]
    const { id, version } = (await prepare(steps, '2026-06-20')).body
    expect((await office.post(`/reorganisations/${id}/confirm`, { version })).status).toBe(200)
    await doWhatIsDue(await fresh())
    const named = async () => (await office.get('/org/tree')).body.units.find((one: any) => one.id === unit('西区'))
    expect(await named()).toMatchObject({ name: '西区', headName: null })
    clock = new Date('2026-06-20T04:00:00Z')
    await doWhatIsDue(await fresh())
    expect(await named()).toMatchObject({ name: '西部大区', headName: '丁' })
  })
})

describe('the effects of a draft', () => {
  it('tell last year anew along the new tree: the total stays to the cent, nothing is written', async () => {
    const rows = async () =>
      (await sql<{ count: string }>`select count(*) from ledger_row`.execute(database.owner)).rows
    const steps = [
      { kind: 'move', unitId: unit('东二队'), parentId: unit('西区') },
      { kind: 'people', personIds: [person('甲')], unitId: unit('西一队') },
    ]
    const { id } = (await prepare(steps)).body
    const before = await rows()
    const { body } = await office.get(`/reorganisations/${id}/effects?period=2025`)
    expect(await rows()).toEqual(before)
    expect(body.results.total).toEqual({ before: '150.15', after: '150.15' })
    const line = (name: string) => body.results.nodes.find((one: any) => one.name === name)
    expect(line('东区')).toMatchObject({ before: '70.07', after: '20.02', change: '-50.05' })
    expect(line('西部大区')).toMatchObject({ before: '80.08', after: '130.13', change: '50.05' })
    expect(line('西一队')).toMatchObject({ before: '80.08', after: '90.09' })
  })

  it('are none of what moved in the past: a draft that only names a unit changes no figure', async () => {
    // 东一队 stood in the west until the spring of 2025.
    const structure = sql`(select id from structure where company_id = ${company.ctx.company.id} and is_default)`
    await sql`update unit_parent set from_day = '2025-04-01' where unit_id = ${unit('东一队')}`.execute(database.owner)
    await sql`
      insert into unit_parent (company_id, id, structure_id, unit_id, parent_id, from_day, to_day)
      values (${company.ctx.company.id}, ${newId()}, ${structure}, ${unit('东一队')}, ${unit('西区')}, '0001-01-01',
        '2025-04-01')`.execute(database.owner)
    await sql`update company set org_version = org_version + 1`.execute(database.owner)
    const { id } = (await prepare([{ kind: 'rename', unitId: unit('东一队'), name: '东一小队' }])).body
    const { body } = await office.get(`/reorganisations/${id}/effects?period=2025`)
    const line = (name: string) => body.results.nodes.find((one: any) => one.name === name)
    expect(line('东区')).toMatchObject({ before: '70.07', after: '70.07', change: '0' })
    for (const { change } of body.results.nodes) expect(change).toBe('0')
  })

  it('are told by any metric that sums what people brought, and by the years before', async () => {
    const { id } = (await prepare([])).body
    const { choices } = (await office.get(`/reorganisations/${id}/effects`)).body
    expect(choices.periods).toEqual(['2026', '2025', '2024', '2023'])
    const keys = choices.metrics.map(({ key }: { key: string }) => key)
    expect(keys).toEqual(expect.arrayContaining(['signed_amount', 'win_rate', 'pipeline_value']))
    expect(keys).not.toContain('active_customers')
    const asked = await office.get(`/reorganisations/${id}/effects?metric=win_rate&period=2026`)
    expect(asked.body).toMatchObject({ metric: { key: 'win_rate', unit: 'percent' }, period: { key: '2026' } })
  })

  it('are refused for a metric that is not made of what each person brought', async () => {
    const { id } = (await prepare([])).body
    for (const metric of ['active_customers', 'market_share', 'churned_customers']) {
      expect(await office.get(`/reorganisations/${id}/effects?metric=${metric}`)).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'metric', code: 'not_additive' }] },
      })
    }
    expect(await office.get(`/reorganisations/${id}/effects?metric=win_rate`)).toMatchObject({ status: 200 })
  })

  it('tell who leads whom, who sees what, and what movers take along', async () => {
    const { id } = (await prepare([{ kind: 'people', personIds: [person('甲')], unitId: unit('西一队') }])).body
    const { body } = await office.get(`/reorganisations/${id}/effects`)
    expect(body.approvals).toEqual([
      {
        person: { id: person('甲'), name: '甲' },
        before: [{ id: person('丙'), name: '丙' }],
        after: [{ id: person('丁'), name: '丁' }],
      },
    ])
    expect(body.sight).toMatchObject([{ person: { name: '丙' }, loses: [{ name: '甲' }], lost: { accounts: 1, deals: 0 } }])
    expect(body.handOvers).toMatchObject([{ person: { name: '甲' }, from: { name: '东一队' }, to: { name: '西一队' }, accounts: 1 }])
  }) // prettier-ignore

  it('tell what becomes of targets: they stay where the plan put them until it is refreshed', async () => {
    const made = await office.post('/plans', { metric: 'signed_amount', year: 2026, total: '1200.00', cascade: { season: 'even' } })
    expect(made.status, JSON.stringify(made.body)).toBe(200)
    const { id } = (await prepare([{ kind: 'move', unitId: unit('东二队'), parentId: unit('西区') }])).body
    const { body } = await office.get(`/reorganisations/${id}/effects`)
    const [plan] = body.plans
    const of = (name: string) => plan.nodes.find((one: any) => one.name === name)
    expect(plan).toMatchObject({ unit: 'money', year: 2026 })
    expect(of('公司')).toMatchObject({ stays: '1200', refreshed: '1200', change: '0' })
    expect(Number(of('东区').change)).toBe(-Number(of('西部大区').change))
    expect(Number(of('东二队').change)).toBe(0)
    expect(Number(of('东区').change)).toBe(-Number(of('东二队').stays))
  }) // prettier-ignore

  it('begin with a split in two that is proposed and then edited', async () => {
    const { body, status } = await office.post('/reorganisations/split', { unitId: unit('东一队'), effectiveOn: '2026-09-01' })
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body.steps).toMatchObject([{ kind: 'split', unitId: unit('东一队'), name: '东一队 2', personIds: [person('甲')] }])
    const alone = await office.post('/reorganisations/split', { unitId: unit('东二队'), effectiveOn: '2026-09-01' })
    expect(alone.body.errors).toMatchObject([{ code: 'too_few' }])
  }) // prettier-ignore
})

describe('after a confirmed reorganisation', () => {
  it('figures of before stay to the cent, figures of after follow the new tree', async () => {
    const { id, version } = (await prepare([{ kind: 'move', unitId: unit('东二队'), parentId: unit('西区') }])).body
    const [last, now] = [await figures('2025'), await figures('2026')]
    expect((await office.post(`/reorganisations/${id}/confirm`, { version })).status).toBe(200)
    const { rows } = await sql<{ id: string }>`select id from recredit_run`.execute(database.owner)
    for (const run of rows) await runRecredit(await fresh(), run.id)
    clock = new Date('2026-08-05T04:00:00Z')
    await createRecord(await fresh(), 'opportunity', {
      name: '后', stage: company.stages['Won'], amount: '5.00', closedOn: '2026-08-02', ownerId: person('丙'),
      account: (await createRecord(await fresh(), 'account', { name: '后客户' })).id,
    }) // prettier-ignore
    expect(await figures('2025')).toEqual(last)
    expect((await figures('2026')).actual).toBe(String(Number(now.actual) + 5))
    const august = await figures('2026-M08')
    expect(august.children.find((one: any) => one.name === '西部大区').actual).toBe('5')
    expect(await verifyLedger(await fresh())).toEqual([])
  })
})

describe('the health of the tiers', () => {
  it('finds vacancies, single-person units, leavers and people without a unit', async () => {
    const { body } = await office.get('/org/health')
    const found = (kind: string) => body.findings.filter((one: any) => one.kind === kind)
    expect(found('no_head').map((one: any) => one.unit.name)).toContain('公司')
    expect(found('single_person').map((one: any) => one.unit.name)).toContain('东二队')
    expect(found('no_unit').map((one: any) => one.person.name)).toEqual(['无处'])
    expect(body.totals).toMatchObject({ units: 6, people: 4, layers: 3 })
    expect(body.people.find((one: any) => one.name === '甲')).toMatchObject({ accounts: 1 })
    const sheet = await office.get('/org/health/export?format=csv')
    expect(sheet.status).toBe(200)
    expect(sheet.body).toContain('东二队')
  })
})

describe('a reorganisation of another structure', () => {
  it('changes neither who approves nor who sees what: both go by the default one', async () => {
    const made = await office.post('/org/structures', { nameZh: '产品线', nameEn: 'Product lines', topName: '产品线' })
    const { key, topId } = made.body
    const line = (await office.post('/org/units', { name: '设备', parentId: topId })).body.id
    for (const [name, unitId] of [['甲', topId], ['丁', line]] as const) {
      await office.post('/org/assignments', { personId: person(name), unitId, from: '2026-01-01' })
    } // prettier-ignore
    const { version } = (await office.get(`/org/tree?structure=${key}`)).body.units.find((one: any) => one.id === line)
    expect((await office.patch(`/org/units/${line}`, { version, headId: person('丁') })).status).toBe(200)
    const draft = await office.post('/reorganisations', {
      ...{ name: '产品线调整', effectiveOn: '2026-11-01', structure: key },
      steps: [{ kind: 'people', personIds: [person('甲')], unitId: line }],
    })
    const effects = (await office.get(`/reorganisations/${draft.body.id}/effects`)).body
    expect(effects).toMatchObject({ approvals: [], sight: [], plans: [], handOvers: [{ person: { name: '甲' } }] })
  })
})

describe('several reorganisations', () => {
  it('keeps several names of a unit apart by their days, and takes none from it until then', async () => {
    for (const [name, day] of [['西南大区', '2026-10-01'], ['东南大区', '2026-10-10']] as const) {
      const { id, version } = (await prepare([{ kind: 'rename', unitId: unit('西区'), name }], day)).body
      expect((await office.post(`/reorganisations/${id}/confirm`, { version })).status).toBe(200)
    } // prettier-ignore
    const drawn = async (day: string) => {
      const { id } = (await prepare([], day)).body
      const { before } = (await office.get(`/reorganisations/${id}`)).body
      return before.find((one: any) => one.id === unit('西区')).name
    }
    expect([await drawn('2026-10-05'), await drawn('2026-10-15')]).toEqual(['西南大区', '东南大区'])
    const taken = await office.post('/org/units', { name: '东南大区', parentId: unit('公司') })
    expect(taken.body.errors).toMatchObject([{ field: 'name', code: 'taken' }])

    clock = new Date('2026-10-20T04:00:00Z')
    await doWhatIsDue(await fresh())
    const tree = (await office.get('/org/tree')).body
    expect(tree.units.find((one: any) => one.id === unit('西区')).name).toBe('东南大区')
  })

  it('begins from what somebody else confirmed at the same moment', async () => {
    const [first, second] = [unit('西区'), unit('东二队')]
    const drafts = []
    for (const unitId of [first, second]) {
      drafts.push((await prepare([{ kind: 'people', personIds: [person('乙')], unitId }], '2026-12-01')).body)
    }
    const done = await Promise.all(
      drafts.map(({ id, version }) => office.post(`/reorganisations/${id}/confirm`, { version })),
    )
    expect(done.map(({ status }) => status)).toEqual([200, 200])
    const { body } = await office.get(`/org/people/${person('乙')}`)
    expect(body.assignments.filter((one: any) => one.to === null)).toHaveLength(1)
  })
})
