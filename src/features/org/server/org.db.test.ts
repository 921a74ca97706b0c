import { sql } from 'kysely'
import { pino } from 'pino'
import { beforeAll, describe, expect, it } from 'vitest'
import { standardRole } from '#engine/policy/company-role.ts'
import { roles, type Role } from '#engine/policy/role.ts'
import { inStep } from '#platform/db/step.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { createCompany } from './create-company.ts'
import { ensureHeads, ensurePeople, ensureUnits, pathKey } from './ensure-org.ts'
import { scopeOf, unitsInReach } from './reach.ts'

const now = () => new Date('2026-06-15T04:00:00Z')
const { as, anybody, app, database } = await testApp({ now })
const house = { db: database.db, log: pino({ level: 'silent' }), now }

let admin: TestClient
let companyId = ''
let top = ''
const units: Record<string, string> = {}
const people: Record<string, string> = {}

beforeAll(async () => {
  const created = await createCompany(house, {
    slug: 'org',
    name: '组织公司',
    tiers: ['公司', '大区', '团队'],
    admin: { name: '管理员', identifier: 'admin@org.example', password: 'long grass 7' },
  })
  companyId = created.company.id
  top = created.unitId
  admin = as({ companyId, personId: created.admin?.personId ?? '' })
  for (const name of ['东区', '西区']) units[name] = await makeUnit(name, top)
  units['东一队'] = await makeUnit('东一队', units['东区'] ?? '')
  units['东二队'] = await makeUnit('东二队', units['东区'] ?? '')
  units['西一队'] = await makeUnit('西一队', units['西区'] ?? '')
  for (const [name, unit] of [
    ['甲', '东一队'],
    ['乙', '东二队'],
    ['丙', '西一队'],
  ] as const) {
    people[name] = (await admin.post('/org/people', { name, unitId: units[unit] })).body.id
  }
})

async function makeUnit(name: string, parentId: string, more: object = {}): Promise<string> {
  const answer = await admin.post('/org/units', { name, parentId, ...more })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body.id
}

async function placeOf(person: string, on: string): Promise<string | undefined> {
  const { body } = await admin.get(`/org/tree?on=${on}`)
  return body.units.find((unit: any) => unit.people.some((one: any) => one.name === person))?.name
}

async function parentOf(unit: string, on: string): Promise<string | undefined> {
  const { body } = await admin.get(`/org/tree?on=${on}`)
  const found = body.units.find((one: any) => one.name === unit)
  return body.units.find((one: any) => one.id === found?.parentId)?.name
}

describe('a new company', () => {
  it('stands on one top unit, with fiscal periods around today', async () => {
    const { rows } = await sql<{ kind: string; count: number; first: number; last: number }>`
      select kind, count(*)::int as count, min(year) as first, max(year) as last from period
      where company_id = ${companyId} group by kind order by kind
    `.execute(database.owner)
    expect(rows).toEqual([
      { kind: 'month', count: 84, first: 2022, last: 2028 },
      { kind: 'quarter', count: 28, first: 2022, last: 2028 },
      { kind: 'year', count: 7, first: 2022, last: 2028 },
    ])
    const { body } = await admin.get('/org/tree')
    expect(body.units[0]).toMatchObject({ name: '组织公司', tier: '公司', parentId: null })
  })

  it.each([
    ['slug', { slug: 'No Good' }],
    ['currency', { currency: 'XXY' }],
    ['zone', { zone: 'Moon/Base' }],
    ['fiscalStart', { fiscalStart: 13 }],
  ])('is refused with the field %s named', async (field, bad) => {
    const made = createCompany(house, { slug: 'fresh', name: 'x', ...bad })
    await expect(made).rejects.toMatchObject({ faults: [{ field }] })
  })

  it('leaves nothing behind when it is refused', async () => {
    const taken = createCompany(house, { slug: 'org', name: 'again' })
    await expect(taken).rejects.toMatchObject({ code: 'SLUG_TAKEN' })
    const { rows } = await sql`select from company where name = 'again'`.execute(database.owner)
    expect(rows).toHaveLength(0)
  })
})

describe('units', () => {
  it('move with all below them from a day on; earlier days stay', async () => {
    const unit = await makeUnit('游队', units['东区'] ?? '')
    await makeUnit('游小组', unit)
    expect((await admin.post(`/org/units/${unit}/move`, { parentId: units['西区'], from: '2026-04-01' })).status).toBe(
      204,
    )
    expect(await parentOf('游队', '2026-03-31')).toBe('东区')
    expect(await parentOf('游队', '2026-04-01')).toBe('西区')
    expect(await parentOf('游小组', '2026-04-01')).toBe('游队')
  })

  it('cannot stand under one of their own, today or on a planned day', async () => {
    const [east, team] = [units['东区'] ?? '', units['东一队'] ?? '']
    const cycle = await admin.post(`/org/units/${east}/move`, { parentId: team, from: '2026-07-01' })
    expect(cycle).toMatchObject({ status: 422, code: 'UNIT_REFUSED' })
    expect(cycle.body.errors).toMatchObject([{ field: 'parentId', code: 'cycle' }])

    const [a, b] = [await makeUnit('环甲', top), await makeUnit('环乙', top)]
    expect((await admin.post(`/org/units/${a}/move`, { parentId: b, from: '2027-01-01' })).status).toBe(204)
    const later = await admin.post(`/org/units/${b}/move`, { parentId: a, from: '2026-07-01' })
    expect(later.body.errors).toMatchObject([{ field: 'parentId', code: 'cycle' }])
    expect(later.body.errors[0].message).toContain('2027-01-01')
  })

  it('refuse to be moved when they are the top, or under what does not exist yet', async () => {
    const moved = await admin.post(`/org/units/${top}/move`, { parentId: units['东区'], from: '2026-07-01' })
    expect(moved.status).toBe(422)
    const young = await makeUnit('新区', top, { from: '2026-09-01' })
    const early = await admin.post(`/org/units/${units['东一队']}/move`, { parentId: young, from: '2026-08-01' })
    expect(early.body.errors).toMatchObject([{ field: 'from', code: 'not_yet' }])
    const child = await admin.post('/org/units', { name: '更早', parentId: young, from: '2026-08-01' })
    expect(child.body.errors).toMatchObject([{ field: 'from', code: 'not_yet' }])
  })

  it('are closed only when empty, and stay in earlier trees', async () => {
    const full = await admin.post(`/org/units/${units['东一队']}/close`, { on: '2026-07-01' })
    expect(full.body.errors).toMatchObject([{ field: 'on', code: 'has_people' }])
    const above = await admin.post(`/org/units/${units['东区']}/close`, { on: '2026-07-01' })
    expect(above.body.errors).toMatchObject([{ field: 'on', code: 'has_units' }])
    const empty = await makeUnit('空队', top)
    expect((await admin.post(`/org/units/${empty}/close`, { on: '2026-07-01' })).status).toBe(204)
    expect(await parentOf('空队', '2026-06-30')).toBe('组织公司')
    expect(await parentOf('空队', '2026-07-01')).toBeUndefined()
    const assigned = await admin.post('/org/assignments', { personId: people['甲'], unitId: empty, from: '2026-06-20' })
    expect(assigned.body.errors).toMatchObject([{ field: 'from', code: 'closed' }])
  })

  it('merge: people and units below go over from that day', async () => {
    const [from, into] = [await makeUnit('并出', top), await makeUnit('并入', top)]
    await makeUnit('并下', from)
    await admin.post('/org/people', { name: '并人', unitId: from })
    const merged = await admin.post(`/org/units/${from}/merge`, { intoId: into, from: '2026-05-01' })
    expect(merged.status, JSON.stringify(merged.body)).toBe(204)
    expect(await placeOf('并人', '2026-04-30')).toBe('并出')
    expect(await placeOf('并人', '2026-05-01')).toBe('并入')
    expect(await parentOf('并下', '2026-05-01')).toBe('并入')
    expect(await parentOf('并出', '2026-05-01')).toBeUndefined()
  })

  it('tell the second who changes the same unit', async () => {
    const unit = await makeUnit('同改', top)
    expect((await admin.patch(`/org/units/${unit}`, { version: 1, name: '先改' })).body).toEqual({ version: 2 })
    const second = await admin.patch(`/org/units/${unit}`, { version: 1, name: '后改' })
    expect(second).toMatchObject({ status: 409, code: 'UNIT_CHANGED' })
    expect(second.body.details.current).toMatchObject({ name: '先改', version: 2 })
  })

  it('refuse a second of the same name or code beside them', async () => {
    const name = await admin.post('/org/units', { name: '东区', parentId: top })
    expect(name.body.errors).toMatchObject([{ field: 'name', code: 'taken' }])
    await makeUnit('有号', top, { code: 'N1' })
    const code = await admin.post('/org/units', { name: '另一个', parentId: top, code: 'N1' })
    expect(code.body.errors).toMatchObject([{ field: 'code', code: 'taken' }])
  })

  it('have heads who are active and stand somewhere', async () => {
    const head = (await admin.post('/org/people', { name: '无处' })).body.id
    const unit = await makeUnit('待负责', top)
    const refused = await admin.patch(`/org/units/${unit}`, { version: 1, headId: head })
    expect(refused.body.errors).toMatchObject([{ field: 'headId', code: 'orphan_head' }])
    await admin.post('/org/assignments', { personId: head, unitId: unit, from: null })
    expect((await admin.patch(`/org/units/${unit}`, { version: 1, headId: head })).status).toBe(200)
    const left = await admin.post(`/org/people/${head}/deactivate`)
    expect(left.body.errors).toMatchObject([{ code: 'orphan_head' }])
    expect(left.body.errors[0].message).toContain('待负责')
  })
})

describe('people', () => {
  it('move from a day on, also backdated, and stood elsewhere before', async () => {
    const moved = await admin.post('/org/assignments', {
      personId: people['甲'],
      unitId: units['西一队'],
      from: '2026-03-01',
    })
    expect(moved.status).toBe(200)
    expect(await placeOf('甲', '2026-02-28')).toBe('东一队')
    expect(await placeOf('甲', '2026-03-01')).toBe('西一队')
    const { rows } = await sql<{ from_day: string; to_day: string; unit_id: string }>`
      select from_day, to_day, unit_id from credit_span where person_id = ${people['甲']} order by from_day
    `.execute(database.owner)
    expect(rows).toEqual([
      { from_day: '-infinity', to_day: '2026-03-01', unit_id: units['东一队'] },
      { from_day: '2026-03-01', to_day: 'infinity', unit_id: units['西一队'] },
    ])
  })

  it('are asked about a later move before an earlier one is written', async () => {
    const before = { personId: people['甲'], unitId: units['东二队'], from: '2026-02-01' }
    const asked = await admin.post('/org/assignments', before)
    expect(asked).toMatchObject({ status: 409, code: 'LATER_MOVE', body: { details: { day: '2026-03-01' } } })
    expect((await admin.post('/org/assignments', { ...before, later: 'keep' })).status).toBe(200)
    expect(await placeOf('甲', '2026-02-15')).toBe('东二队')
    expect(await placeOf('甲', '2026-03-01')).toBe('西一队')
  })

  it('leave spans without a unit where nobody assigned them', async () => {
    const { id } = (await admin.post('/org/people', { name: '间隔', unitId: units['东一队'], from: '2025-01-01' })).body
    const [{ id: assignment }] = (await admin.get(`/org/people/${id}`)).body.assignments
    await admin.post(`/org/assignments/${assignment}/end`, { on: '2025-06-01' })
    await admin.post('/org/assignments', { personId: id, unitId: units['东二队'], from: '2025-09-01' })
    const { rows } = await sql<{ span: string }>`
      select concat_ws(' ', from_day, to_day, coalesce(unit_id::text, '-')) as span from credit_span
      where person_id = ${id} order by from_day
    `.execute(database.owner)
    expect(rows.map((row) => row.span)).toEqual([
      '-infinity 2025-01-01 -',
      `2025-01-01 2025-06-01 ${units['东一队']}`,
      '2025-06-01 2025-09-01 -',
      `2025-09-01 infinity ${units['东二队']}`,
    ])
  })

  it('work at most full time over all their units', async () => {
    const second = { personId: people['乙'], unitId: units['西一队'], from: '2026-01-01', isMain: false, share: '40' }
    const over = await admin.post('/org/assignments', second)
    expect(over.body.errors).toMatchObject([{ field: 'share', code: 'over_full_time' }])
    const [{ id }] = (await admin.get(`/org/people/${people['乙']}`)).body.assignments
    expect((await admin.patch(`/org/assignments/${id}`, { share: '60' })).status).toBe(204)
    expect((await admin.post('/org/assignments', second)).status).toBe(200)
  })

  it('sign in with a one-time password, which they must change first', async () => {
    const { id } = (
      await admin.post('/org/people', { name: '新人', phone: '+86 139 0000 0001', unitId: units['东一队'] })
    ).body
    const { identifier, password } = (await admin.post(`/org/people/${id}/password`)).body
    expect(identifier).toBe('13900000001')
    const entered = await anybody.post('/auth/sign-in', { identifier, password })
    expect(entered.body).toMatchObject({ mustChangePassword: true })
    const cookie = { cookie: String(entered.headers['set-cookie']).split(';')[0] ?? '' }
    expect((await anybody.get('/org/tree', cookie)).code).toBe('PASSWORD_CHANGE_NEEDED')
    expect((await anybody.get('/me', cookie)).body.mustChangePassword).toBe(true)
    await anybody.post('/me/password', { current: password, next: 'my own grass 9' }, cookie)
    expect((await anybody.get('/org/tree', cookie)).status).toBe(200)
    await admin.post(`/org/people/${id}/deactivate`)
    expect((await anybody.get('/me', cookie)).status).toBe(401)
  })

  it('without an e-mail or phone cannot be invited yet', async () => {
    const answer = await admin.post(`/org/people/${people['丙']}/password`)
    expect(answer).toMatchObject({ status: 422, code: 'LOGIN_MISSING' })
  })

  it("of one company cannot be used to enter another: a shared login is its owner's alone", async () => {
    await createCompany(house, {
      slug: 'other',
      name: '别家',
      admin: { name: '别家', identifier: 'boss@other.example', password: 'long grass 7' },
    })
    const { id } = (await admin.post('/org/people', { name: '冒名', email: 'boss@other.example' })).body
    const stolen = await admin.post(`/org/people/${id}/password`)
    expect(stolen).toMatchObject({ status: 409, code: 'LOGIN_ELSEWHERE' })
    const still = await anybody.post('/auth/sign-in', { identifier: 'boss@other.example', password: 'long grass 7' })
    expect(still.body.company.slug).toBe('other')
  })

  it('always include one active administrator', async () => {
    const { body } = await admin.get('/me')
    const self = body.person.id
    expect((await admin.post(`/org/people/${self}/deactivate`)).code).toBe('LAST_ADMINISTRATOR')
    const { version } = (await admin.get(`/org/people/${self}`)).body
    expect((await admin.patch(`/org/people/${self}`, { version, role: 'director' })).code).toBe('LAST_ADMINISTRATOR')
  })

  it('are found by part of the name, page by page', async () => {
    const first = await admin.get('/org/people?limit=3')
    expect(first.body.people).toHaveLength(3)
    const second = await admin.get(`/org/people?limit=3&after=${first.body.after}`)
    const ids = [...first.body.people, ...second.body.people].map((one: any) => one.id)
    expect(new Set(ids).size).toBe(6)
    expect((await admin.get(`/org/people?search=${encodeURIComponent('丙')}`)).body.people).toMatchObject([
      { name: '丙', unitName: '西一队' },
    ])
    expect((await admin.get('/org/people?search=%25')).body.people).toEqual([])
  })
})

describe('reach', () => {
  it('of a manager: the units headed or mainly stood in, and below, with their people', async () => {
    const company = await findCompany(database.db, { id: companyId })
    if (!company) throw new Error('the company was made before')
    const ctx = systemContext(house, company)
    const { unit, elsewhere, inside, outside } = await inStep(ctx, async (step) => {
      const { idOf } = await ensureUnits(step, [['界区', '界一队'], ['界区', '界二队'], ['别区']])
      const rows = [
        { name: '界经理', unitId: idOf.get(pathKey(['界区'])) ?? '', role: 'manager' as const },
        { name: '界员', unitId: idOf.get(pathKey(['界区', '界二队'])) ?? '' },
        { name: '别员', unitId: idOf.get(pathKey(['别区'])) ?? '' },
      ]
      const { ids } = await ensurePeople(step, rows)
      const elsewhere = idOf.get(pathKey(['别区'])) ?? ''
      return { unit: rows[0]?.unitId ?? '', elsewhere, inside: ids.slice(0, 2), outside: ids[2] ?? '' }
    })
    const of = (role: Role) => ({
      ...ctx,
      actor: { personId: inside[0] ?? null, loginId: null, name: '', role: standardRole(role) },
    })
    expect(await scopeOf(of('director'))).toBe('everything')
    expect(await scopeOf(of('representative'))).toEqual([inside[0]])
    expect(new Set(await scopeOf(of('manager')))).toEqual(new Set(inside))

    const manager = as({ companyId, personId: inside[0] ?? '' })
    // Who helps elsewhere part of the time does not manage there.
    const [{ id: main }] = (await admin.get(`/org/people/${inside[0]}`)).body.assignments
    expect((await admin.patch(`/org/assignments/${main}`, { share: '80' })).status).toBe(204)
    const help = { personId: inside[0], unitId: elsewhere, from: '2026-06-01', isMain: false, share: '20' }
    expect((await admin.post('/org/assignments', help)).status).toBe(200)
    const helping = await findCompany(database.db, { id: companyId })
    if (!helping) throw new Error('the company was made before')
    expect(new Set(await scopeOf({ ...of('manager'), company: helping }))).toEqual(new Set(inside))
    expect(await unitsInReach({ ...of('manager'), company: helping })).not.toContain(elsewhere)
    expect(await unitsInReach({ ...of('manager'), company: helping })).toHaveLength(3)
    expect(await unitsInReach(of('director'))).toBe('everything')
    expect(await unitsInReach(of('representative'))).toEqual([])

    await admin.post('/org/assignments', { personId: outside, unitId: unit, from: '2026-06-15' })
    const fresh = await findCompany(database.db, { id: companyId })
    if (!fresh) throw new Error('the company was made before')
    expect(await scopeOf({ ...of('manager'), company: fresh })).toContain(outside)
    expect((await manager.get(`/org/people/${outside}`)).status).toBe(200)
  })
})

describe('growing by files', () => {
  it('twice changes nothing, and heads are set at once', async () => {
    const company = await findCompany(database.db, { id: companyId })
    if (!company) throw new Error('the company was made before')
    const ctx = systemContext(house, company)
    const grow = () =>
      inStep(ctx, async (step) => {
        const grown = await ensureUnits(step, [['组织公司', 'Central', 'Dustin'], ['Central', 'Melvin'], ['East']])
        const unitId = grown.idOf.get(pathKey(['组织公司', 'Central', 'Dustin'])) ?? ''
        const rows = ['Dustin Brinkmann', 'Anna Snelling', 'Moses Frase'].map((name) => ({ name, unitId }))
        const made = await ensurePeople(step, [...rows, ...rows.slice(0, 1)])
        await ensureHeads(step, [{ unitId, personId: made.ids[0] ?? '' }])
        return { units: grown.created, people: made.created, moved: made.moved, same: made.ids[0] === made.ids[3] }
      })
    expect(await grow()).toEqual({ units: 4, people: 3, moved: 0, same: true })
    expect(await grow()).toEqual({ units: 0, people: 0, moved: 0, same: true })
    const { body } = await admin.get('/org/tree')
    expect(body.units.find((unit: any) => unit.name === 'Dustin')).toMatchObject({
      headName: 'Dustin Brinkmann',
      tier: '团队',
      people: [{ name: 'Dustin Brinkmann' }, { name: 'Anna Snelling' }, { name: 'Moses Frase' }],
    })
  })
})

describe('the export', () => {
  it('holds every unit and person in the language of the reader', async () => {
    const csv = await admin.get('/org/export?format=csv')
    expect(csv.headers['content-type']).toContain('text/csv')
    expect(csv.body).toContain('Unit path')
    expect(csv.body).toContain('组织公司 / 东区 / 东二队')
    expect((await admin.get('/org/export?format=xlsx')).status).toBe(200)
  })
})

/** Who may do what; everybody else is told which permission is missing. */
const rights: readonly (readonly [
  act: string,
  allowed: readonly Role[],
  (client: TestClient) => Promise<{ status: number }>,
])[] = [
  ['see the tree', roles, (client) => client.get('/org/tree')],
  ['find people', roles, (client) => client.get('/org/people')],
  [
    'create a unit',
    ['administrator', 'operations'],
    (client) => client.post('/org/units', { name: newName(), parentId: top }),
  ],
  ['add a person', ['administrator', 'operations'], (client) => client.post('/org/people', { name: newName() })],
  ['add a manager', ['administrator'], (client) => client.post('/org/people', { name: newName(), role: 'manager' })],
  ['activate a person', ['administrator'], (client) => client.post(`/org/people/${people['丙']}/activate`)],
  [
    'preview a hand-over',
    ['administrator', 'operations'],
    (client) => client.get(`/org/people/${people['丙']}/hand-over`),
  ],
  ['export', ['administrator', 'operations', 'director'], (client) => client.get('/org/export?format=csv')],
]

let names = 0
const newName = () => `名${names++}`

describe.each(roles)('a %s', (role) => {
  it.each(rights)('may %s or is told why not', async (_act, allowed, act) => {
    const { id } = (await admin.post('/org/people', { name: newName(), role, unitId: top })).body
    const { status, ...answer } = (await act(as({ companyId, personId: id }))) as { status: number; code?: string }
    if (allowed.includes(role)) expect(status).toBeLessThan(300)
    else expect({ status, code: answer.code }).toEqual({ status: 403, code: 'PERMISSION_MISSING' })
  })
})

describe('setup', () => {
  const remote = (path: string, payload: object, headers: object = {}) =>
    app.inject({
      method: 'POST',
      url: `/api/v1${path}`,
      payload,
      remoteAddress: '10.0.0.9',
      headers: { host: 'terrace.example', ...headers },
    })

  it('is over once there is a company', async () => {
    expect((await anybody.get('/setup')).body).toMatchObject({ needed: false, canCreate: false, tokenNeeded: false })
    const again = await anybody.post('/setup/company', {
      name: '又一家',
      slug: 'again',
      admin: { name: '我', identifier: 'me@again.example', password: 'long grass 7' },
    })
    expect(again).toMatchObject({ status: 409, code: 'SETUP_DONE' })
  })

  it('offers no demo off this machine, behind a proxy, or under a foreign name', async () => {
    expect((await remote('/setup/demo/sign-in', { persona: 'director' })).json().code).toBe('DEMO_NOT_ALLOWED')
    const proxied = await anybody.post('/setup/demo', undefined, { 'x-forwarded-for': '1.2.3.4' })
    expect(proxied.code).toBe('DEMO_NOT_ALLOWED')
    const rebound = await anybody.post('/setup/demo', undefined, { host: 'evil.example' })
    expect(rebound.code).toBe('DEMO_NOT_ALLOWED')
  })
})
