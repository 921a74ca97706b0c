import { sql } from 'kysely'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { pino } from 'pino'
import { contextOfPerson, findCompany, systemContext } from '#platform/db/system.ts'
import { inView } from '#platform/db/step.ts'
import { scopeOf } from '#platform/records/sight.ts'
import { openSession } from '#platform/auth/session-store.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { populated, type Name, type Populated } from '#testing/walk/populated.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let here: Populated
let office: TestClient

beforeAll(async () => {
  here = await populated(database, 'here', as)
  office = as(here.somebody('管'))
})

const client = (name: Name) => as(here.somebody(name))
const recordOf = (object: string, name: Name) => `/records/${object}/${here.records[object]?.[name]}`

async function seen(name: Name, object: string): Promise<readonly Name[]> {
  const { body } = await client(name).post(`/records/${object}/query`, { limit: 200 })
  const ids = new Set(body.rows.map(({ id }: { id: string }) => id))
  return (['甲', '乙', '丙', '丁'] as const).filter((owner) => ids.has(here.records[object]?.[owner]))
}

/** How the database would read the records that somebody sees. */
async function planOfSight(name: Name, object: string): Promise<string> {
  const house = { db: database.db, log: pino({ level: 'silent' }) }
  const { companyId } = here.somebody(name)
  const company = (await findCompany(database.db, { id: companyId })) ?? expect.fail('no company')
  const ctx = (await contextOfPerson(systemContext(house, company), here.people[name])) ?? expect.fail('nobody')
  const scope = await scopeOf(ctx, ctx.company.catalogue.get(object))
  const { rows } = await inView(ctx, (tx) =>
    sql<
      Record<string, string>
    >`explain select from ${sql.ref(object)} t where t.company_id = ${companyId} and ${scope}`.execute(tx),
  )
  return rows.map((row) => Object.values(row).join()).join('\n')
}

async function give(name: Name, role: string): Promise<void> {
  const path = `/org/people/${here.people[name]}`
  const { version } = (await office.get(path)).body
  const given = await office.patch(path, { role, version })
  expect(given.status).toBe(200)
}

async function makeRole(zh: string, basis: string, definition: unknown): Promise<string> {
  const made = await office.post('/access/roles', { label: { zh, en: `Role ${zh}` }, basis, definition })
  expect([made.status, made.body.errors]).toEqual([201, undefined])
  return made.body.key
}

describe('a role of the company', () => {
  afterEach(() => give('甲', 'representative'))

  it('reaches as far in each object as it says, and at once', async () => {
    const key = await makeRole('看单元', 'representative', {
      objects: { account: { see: 'unit', change: 'own' }, contact: { see: 'everything' } },
    })
    await give('甲', key)
    expect(await seen('甲', 'account')).toEqual(['甲', '乙'])
    expect(await seen('甲', 'contact')).toEqual(['甲', '乙', '丙', '丁'])
    expect(await seen('甲', 'opportunity')).toEqual(['甲'])
    const mine = await client('甲').get(recordOf('account', '甲'))
    const theirs = await client('甲').get(recordOf('account', '乙'))
    expect([mine.body.isReadOnly, theirs.body.isReadOnly]).toEqual([undefined, true])
    const refused = await client('甲').patch(recordOf('account', '乙'), { values: { city: '无锡' } })
    expect(refused).toMatchObject({ status: 403, code: 'RECORD_ONLY_SEEN' })
    expect(await client('甲').delete(recordOf('account', '乙'))).toMatchObject({ status: 403 })
    expect(await client('甲').patch(recordOf('account', '丙'), { values: { city: '无锡' } })).toMatchObject({
      status: 404,
    })
  })

  it('does only what it may, whatever its standard role does', async () => {
    const key = await makeRole('只读', 'manager', {
      permissions: { 'org.read': false, 'rate.manage': true },
      objects: { account: { actions: { update: false, create: false, transfer: false } } },
    })
    await give('甲', key)
    const me = await client('甲').get('/me')
    expect(me.body.person.role).toBe(key)
    expect(me.body.permissions).toContain('rate.manage')
    expect(me.body.permissions).not.toContain('org.read')
    expect(await client('甲').get('/org/tree')).toMatchObject({ status: 403, code: 'PERMISSION_MISSING' })
    expect((await client('甲').get('/rates')).status).toBe(200)
    const patched = await client('甲').patch(recordOf('account', '甲'), { values: { city: '无锡' } })
    expect(patched).toMatchObject({ status: 403, code: 'ACTION_NOT_ALLOWED' })
  })

  it('gives no record away without that right', async () => {
    const key = await makeRole('不转移', 'manager', { objects: { contact: { actions: { transfer: false } } } })
    await give('甲', key)
    const given = await client('甲').patch(recordOf('contact', '甲'), { values: { ownerId: here.people['乙'] } })
    expect(given).toMatchObject({ status: 422, body: { errors: [{ field: 'ownerId', code: 'transfer' }] } })
    expect((await client('甲').patch(recordOf('contact', '甲'), { values: { wechat: 'x' } })).status).toBe(200)
  })

  it('is kept sound: no unknown names twice, nothing needed is hidden, nobody loses it unawares', async () => {
    const draft = (definition: unknown, zh = '另一个') =>
      office.post('/access/roles', { label: { zh, en: zh }, basis: 'manager', definition })
    const codes = async (definition: unknown) =>
      (await draft(definition)).body.errors?.map(({ code }: { code: string }) => code)
    expect(await codes({ objects: { account: { fields: { name: 'hidden' } } } })).toEqual(['kept'])
    expect(await codes({ objects: { opportunity: { fields: { stage: 'hidden' } } } })).toEqual(['needed'])
    expect(await codes({ objects: { account: { fields: { annualRevenue: 'masked' } } } })).toEqual(['maskable'])
    expect(await codes({ objects: { product: { see: 'own' } } })).toEqual(['open'])
    expect((await draft({}, '经理')).body.errors[0]).toMatchObject({ field: 'label.zh', code: 'taken' })
    const key = await makeRole('有人用', 'manager', {})
    await give('甲', key)
    expect(await office.delete(`/access/roles/${key}`)).toMatchObject({ status: 409, code: 'ROLE_IN_USE' })
    await give('甲', 'representative')
    expect((await office.delete(`/access/roles/${key}`)).status).toBe(204)
    expect(await office.put('/access/roles/administrator', { label: { zh: 'x', en: 'x' }, definition: {}, version: 0 })).toMatchObject({ status: 422, code: 'ROLE_FIXED' }) // prettier-ignore
  })

  it('takes along what was shared with it and shown to it, and no other role is ever mistaken for it', async () => {
    const key = await makeRole('人事部', 'operations', {})
    const to = { kind: 'role', id: key }
    const label = { zh: '给人事部', en: 'For HR' }
    const filter = { field: 'name', op: 'contains', value: '丙' }
    const rule = await office.post('/access/rules', { object: 'account', label, filter, to, level: 'read' })
    const shares = `${recordOf('account', '丁')}/shares`
    await office.put(shares, { to, level: 'read', part: '人事' })
    const view = await office.post('/views', {
      object: 'account',
      name: '人事部开始',
      kind: 'list',
      definition: {},
      visibility: { to: 'role', role: key },
    })
    expect([rule.status, view.status]).toEqual([201, 200])

    expect((await office.delete(`/access/roles/${key}`)).status).toBe(204)
    expect((await office.get('/access/rules')).body.rules).toEqual([])
    expect((await office.get(shares)).body.shares).toEqual([])
    const { rows } = await sql<{ entry: string }>`
      select object || ' ' || action as entry from audit_entry where operation_id = (
        select operation_id from audit_entry where object = 'role' and action = 'deleted' order by id desc limit 1)
      order by 1`.execute(database.owner)
    expect(rows.map(({ entry }) => entry)).toEqual([
      'account unshared',
      'role deleted',
      'sharing_rule deleted',
      'view deleted',
    ])
    expect(await makeRole('外包', 'operations', {})).not.toBe(key)
  })

  it('is changed as it was seen, or not at all', async () => {
    const save = (version: number, reach: string) =>
      office.put('/access/roles/representative', { label: { zh: '销售代表', en: 'Representative' }, definition: { reach }, version }) // prettier-ignore
    expect((await save(0, 'unit')).body.version).toBe(1)
    expect(await seen('甲', 'account')).toEqual(['甲', '乙'])
    expect(await save(0, 'everything')).toMatchObject({ status: 409, code: 'ACCESS_CHANGED' })
    expect((await office.delete('/access/roles/representative')).status).toBe(204)
    expect(await seen('甲', 'account')).toEqual(['甲'])
  })

  it('of administrators is given by administrators only', async () => {
    const key = await makeRole('人事', 'operations', { permissions: { 'org.access': true } })
    await give('甲', key)
    const path = `/org/people/${here.people['乙']}`
    const { version } = (await office.get(path)).body
    const given = await client('甲').patch(path, { role: 'administrator', version })
    expect(given).toMatchObject({ status: 403, code: 'ADMINISTRATOR_ONLY' })
    const deputy = await makeRole('副管理员', 'administrator', {})
    const deputyGiven = await client('甲').patch(path, { role: deputy, version })
    expect(deputyGiven).toMatchObject({ status: 403, code: 'ADMINISTRATOR_ONLY' })
    await give('乙', deputy)
    expect(await client('甲').post(`${path}/password`)).toMatchObject({ status: 403, code: 'ADMINISTRATOR_ONLY' })
    await give('乙', 'representative')
    const unknown = await client('甲').patch(path, { role: 'nobody_9', version })
    expect(unknown).toMatchObject({ status: 422 })
  })
})

describe('a sharing rule', () => {
  it('shows the records that meet it, and only these, to whom it names', async () => {
    const label = { zh: '大客户给西一队', en: 'Key accounts for West 1' }
    const filter = { field: 'name', op: 'contains', value: '丙' }
    const to = { kind: 'unit', id: here.company.units['西一队'] }
    await give('丁', 'representative')
    expect(await seen('丁', 'account')).toEqual(['丁'])
    const made = await office.post('/access/rules', { object: 'account', label, filter, to, level: 'read' })
    expect(made.status).toBe(201)
    expect(await seen('丁', 'account')).toEqual(['丙', '丁'])
    expect(await seen('甲', 'account')).toEqual(['甲'])
    const found = await client('丁').get(`/search?q=${encodeURIComponent('秘密-here-丙')}`)
    expect(JSON.stringify(found.body)).toContain(here.records['account']?.['丙'])
    expect(await client('丁').patch(recordOf('account', '丙'), { values: { city: '无锡' } })).toMatchObject({ code: 'RECORD_ONLY_SEEN' }) // prettier-ignore
    const why = await client('丁').get(`${recordOf('account', '丙')}/access`)
    expect(why.body.reasons).toEqual([{ kind: 'rule', words: expect.stringContaining('Key accounts for West 1') }])

    const rules = (await office.get('/access/rules')).body.rules
    expect(rules[0]).toMatchObject({ to: { name: '西一队' }, version: 1 })
    const change = { object: 'account', label, filter, to, level: 'write', version: 1 }
    expect((await office.put(`/access/rules/${made.body.id}`, change)).status).toBe(200)
    expect((await client('丁').patch(recordOf('account', '丙'), { values: { city: '无锡' } })).status).toBe(200)
    const taken = await client('丁').patch(recordOf('account', '丙'), { values: { ownerId: here.people['丁'] } })
    expect(taken).toMatchObject({ status: 422, body: { errors: [{ code: 'transfer' }] } })
    expect(await client('丁').delete(recordOf('account', '丙'))).toMatchObject({
      status: 403,
      code: 'RECORD_ONLY_SEEN',
    })
    expect(await office.put(`/access/rules/${made.body.id}`, change)).toMatchObject({ status: 409 })

    expect((await office.delete(`/access/rules/${made.body.id}`)).status).toBe(204)
    expect(await seen('丁', 'account')).toEqual(['丁'])
    expect(await client('丁').get(recordOf('account', '丙'))).toMatchObject({ status: 404 })
  })

  it('shares by a field that is hidden from those with whom it shares', async () => {
    const key = await makeRole('看不见收入', 'representative', { objects: { account: { fields: { city: 'hidden' } } } })
    await give('丁', key)
    const label = { zh: '无锡的客户', en: 'Accounts in Wuxi' }
    const filter = { field: 'city', op: 'eq', value: '无锡' }
    const to = { kind: 'person', id: here.people['丁'] }
    await office.patch(recordOf('account', '丙'), { values: { city: '无锡' } })
    const made = await office.post('/access/rules', { object: 'account', label, filter, to, level: 'read' })
    expect(made.status).toBe(201)
    expect(await seen('丁', 'account')).toEqual(['丙', '丁'])
    const { body } = await client('丁').get(recordOf('account', '丙'))
    expect([body.name.includes('丙'), body.city]).toEqual([true, undefined])
    await office.delete(`/access/rules/${made.body.id}`)
    await give('丁', 'representative')
  })

  it('may look at what a record refers to, and at who looks', async () => {
    const rule = (filter: unknown) => ({
      object: 'contact',
      label: { zh: '规则', en: 'Rule' },
      filter,
      to: { kind: 'role', id: 'representative' },
      level: 'read',
    })
    const made = await office.post('/access/rules', rule({ field: 'account.name', op: 'contains', value: '丙' }))
    expect(await seen('甲', 'contact')).toEqual(['甲', '丙'])
    expect(await planOfSight('甲', 'contact')).toContain('hashed SubPlan')
    await office.delete(`/access/rules/${made.body.id}`)
    const unfit = await office.post('/access/rules', rule({ field: 'nothing', op: 'empty' }))
    expect(unfit).toMatchObject({ status: 422, body: { errors: [{ field: 'filter.nothing' }] } })
  })
})

describe('a record shared by hand', () => {
  it('is seen by whom it is shared with until the last day, changed only if it is shared for that', async () => {
    const path = recordOf('opportunity', '丙')
    const share = (name: Name, to: unknown, more = {}) =>
      client(name).put(`${path}/shares`, { to, level: 'read', ...more })
    const toHer = { kind: 'person', id: here.people['甲'] }
    expect(await share('甲', toHer)).toMatchObject({ status: 404 })
    expect((await share('丙', toHer, { part: '售前', until: '2026-06-15' })).status).toBe(200)
    expect(await seen('甲', 'opportunity')).toEqual(['甲', '丙'])
    const why = await client('甲').get(`${path}/access`)
    expect(why.body.reasons).toEqual([{ kind: 'share', words: expect.stringContaining('售前') }])
    const found = await client('甲').get(`/search?q=${encodeURIComponent('秘密-here-丙')}`)
    expect(JSON.stringify(found.body)).toContain(here.records['opportunity']?.['丙'])
    expect(await client('甲').patch(path, { values: { name: '改' } })).toMatchObject({ code: 'RECORD_ONLY_SEEN' })
    const onward = await share('甲', { kind: 'person', id: here.people['丁'] })
    expect(onward).toMatchObject({ status: 403, code: 'RECORD_ONLY_SEEN' })

    expect((await share('丙', toHer, { level: 'write' })).status).toBe(200)
    expect((await client('甲').patch(path, { values: { name: '改' } })).status).toBe(200)
    const listed = (await client('丙').get(`${path}/shares`)).body
    expect([listed.canShare, listed.shares.length, listed.shares[0].to.name]).toEqual([true, 1, '甲'])
    expect((await client('甲').get(`${path}/shares`)).body.canShare).toBe(false)

    expect((await client('丙').delete(`${path}/shares/${listed.shares[0].id}`)).status).toBe(204)
    expect(await seen('甲', 'opportunity')).toEqual(['甲'])
    expect(await share('丙', { kind: 'person', id: here.company.units['东区'] })).toMatchObject({ status: 422 })
    expect(await share('丙', toHer, { until: '2026-06-14' })).toMatchObject({ status: 422 })
  })

  it('reaches everybody below a unit, and whoever looks at it once it was merged', async () => {
    const path = recordOf('account', '丁')
    const east = { kind: 'below', id: here.company.units['东区'] }
    expect((await office.put(`${path}/shares`, { to: east, level: 'read' })).status).toBe(200)
    expect(await seen('甲', 'account')).toContain('丁')
    expect(await seen('丙', 'account')).toContain('丁')
    const gone = {
      object: 'account',
      winnerId: here.records['account']?.['乙'],
      loserIds: [here.records['account']?.['丁']],
    }
    expect((await office.post('/merges', gone)).status).toBeLessThan(300)
    expect(await seen('丙', 'account')).toEqual(['乙', '丙'])
  })
})

describe('an administrator who looks as somebody else', () => {
  const looksOf = async () => {
    const { rows } = await sql<{ entry: string }>`
      select action || ' ' || record_id as entry from audit_entry where action like 'view-as%' order by id`.execute(
      database.owner,
    )
    return rows.map(({ entry }) => entry)
  }

  it('sees what they see, changes nothing, and it stands on record', async () => {
    const begun = await office.post('/access/view-as', { personId: here.people['甲'], reason: '排查' })
    expect([begun.status, begun.body.name]).toEqual([200, '甲'])
    expect((await office.get('/me')).body).toMatchObject({ person: { name: '甲' }, viewedBy: { name: '管' } })
    const { rows } = (await office.post('/records/contact/query', {})).body
    expect(rows.every(({ ownerId }: { ownerId: string }) => ownerId === here.people['甲'])).toBe(true)
    expect(await office.patch(recordOf('account', '甲'), { values: { city: '无锡' } })).toMatchObject({
      status: 403,
      code: 'ONLY_VIEWING',
    })
    expect((await office.post('/search/opened', { object: 'account', id: here.records['account']?.['甲'] })).status).toBeLessThan(500) // prettier-ignore
    expect((await office.delete('/access/view-as')).status).toBe(204)
    expect((await office.get('/me')).body).toMatchObject({ person: { name: '管' } })
    expect(await looksOf()).toEqual([`view-as ${here.people['甲']}`, `view-as-ended ${here.people['甲']}`])
  })

  it('looks in the session that said so only, and not by what a browser sends along', async () => {
    const refused = await client('丁').post('/access/view-as', { personId: here.people['甲'] })
    expect(refused).toMatchObject({ status: 403, code: 'PERMISSION_MISSING' })
    const noted = await looksOf()
    const me = await office.get('/me', { cookie: `${await sessionCookie()}; terrace-view-as=${here.people['甲']}` })
    expect(me.body.person.name).toBe('管')
    expect(me.body.viewedBy).toBeUndefined()
    expect(await looksOf()).toEqual(noted)
  })

  it('is signed in: a program with a key looks with its own eyes only', async () => {
    const { body } = await office.post('/keys', { name: '脚本', scopes: ['write'], days: null })
    const asked = { personId: here.people['甲'] }
    const refused = await office.post('/access/view-as', asked, { authorization: `Bearer ${body.secret}`, cookie: '' })
    expect(refused).toMatchObject({ status: 403 })
  })
})

async function sessionCookie(name: Name = '管'): Promise<string> {
  const token = await openSession(database.db, { loginId: null, origin: null, ...here.somebody(name) })
  return `terrace=${token}`
}
