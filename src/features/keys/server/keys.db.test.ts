import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { populated, type Name, type Populated } from '#testing/walk/populated.ts'

const { database, as, anybody } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let here: Populated
let there: Populated
let office: TestClient

beforeAll(async () => {
  here = await populated(database, 'here', as)
  there = await populated(database, 'there', as)
  office = as(here.somebody('管'))
})

async function made(scopes: readonly string[], name: Name = '管') {
  const { status, body } = await as(here.somebody(name)).post('/keys', { name: '程序', scopes, days: null })
  expect(status).toBe(201)
  const headers = { authorization: `Bearer ${body.secret}` }
  const client = {
    get: (path: string) => anybody.get(path, headers),
    post: (path: string, sent?: unknown) => anybody.post(path, sent, headers),
    patch: (path: string, sent?: unknown) => anybody.patch(path, sent, headers),
    put: (path: string, sent?: unknown) => anybody.put(path, sent, headers),
    delete: (path: string) => anybody.delete(path, undefined, headers),
  }
  return { id: String(body.key.id), secret: String(body.secret), ...client }
}

const account = () => `/records/account/${here.records['account']?.甲}`

describe('an API key', () => {
  it('is shown once, kept hashed, and recognised by its beginning', async () => {
    const key = await made(['read'])
    expect(key.secret).toMatch(/^terrace_[\w-]{43}$/)
    const { rows } = await sql<Record<string, unknown>>`
      select * from api_key where id = ${key.id}`.execute(database.owner)
    expect(JSON.stringify(rows)).not.toContain(key.secret)
    const [listed] = (await office.get('/keys')).body.keys
    expect(listed).toMatchObject({ id: key.id, name: '程序', scopes: ['read'], personName: '管', lastUsedAt: null })
    expect(key.secret.startsWith(listed.prefix)).toBe(true)
    expect(listed.prefix).toHaveLength(14)
  })

  it('tells when it was used last', async () => {
    const key = await made(['read'])
    await key.get('/me')
    const { keys } = (await office.get('/keys')).body
    expect(keys.find(({ id }: { id: string }) => id === key.id).lastUsedAt).toMatch(/^20/)
  })

  it('does nothing any more once it is revoked, has expired, or its person is deactivated', async () => {
    const [revoked, expired, orphaned] = [await made(['write']), await made(['write']), await made(['write'], '丙')]
    for (const key of [revoked, expired, orphaned]) expect((await key.get('/me')).status).toBe(200)
    expect((await office.delete(`/keys/${revoked.id}`)).status).toBe(204)
    await sql`update api_key set expires_at = now() - interval '1 second' where id = ${expired.id}`.execute(
      database.owner,
    )
    await office.post(`/org/people/${here.people.丙}/deactivate`)
    for (const key of [revoked, expired, orphaned]) {
      expect(await key.get('/me')).toMatchObject({ status: 401, code: 'SIGN_IN_NEEDED' })
      expect((await key.post('/records/account', { values: { name: '死的' } })).status).toBe(401)
    }
    await office.post(`/org/people/${here.people.丙}/activate`)
    expect((await orphaned.get('/me')).status).toBe(401)
  })

  it('is made, revoked and used under audit', async () => {
    const key = await made(['write'])
    const { body } = await key.post('/records/account', { values: { name: '程序建的' } })
    const { entries } = (await key.get(`/records/account/${body.id}/history`)).body
    expect(entries[0]).toMatchObject({ via: 'key', personName: '管' })
    await office.delete(`/keys/${key.id}`)
    const { rows } = await sql<{ action: string; after: unknown }>`
      select action, after from audit_entry where object = 'api_key' and record_id = ${key.id} order by id`.execute(
      database.owner,
    )
    expect(rows.map(({ action }) => action)).toEqual(['created', 'revoked'])
    expect(rows[0]?.after).toMatchObject({ name: '程序', scopes: ['write'] })
  })

  it('expires on its day', async () => {
    const { body } = await office.post('/keys', { name: '程序', scopes: ['read'], days: 90 })
    expect(Date.parse(body.key.expiresAt) - Date.now()).toBeCloseTo(90 * 86_400_000, -5)
  })

  it('never may more than its person', async () => {
    const key = await made(['write'], '甲')
    const hers = await key.post('/records/account/query', {})
    expect(hers.body.rows.map(({ ownerId }: { ownerId: string }) => ownerId)).toEqual([here.people.甲])
    expect(await key.get('/shape')).toMatchObject({ code: 'PERMISSION_MISSING' })
  })

  it('opens nothing of another company', async () => {
    const key = await made(['write'])
    expect(await key.get(`/records/account/${there.records['account']?.甲}`)).toMatchObject({
      code: 'RECORD_NOT_FOUND',
    })
  })
})

describe('the scopes of a key', () => {
  it('let a reading key read everything and change nothing', async () => {
    const key = await made(['read'])
    expect((await key.get(account())).status).toBe(200)
    expect((await key.post('/records/account/query', {})).status).toBe(200)
    expect((await key.get('/metrics/signed_amount/tree?period=2026')).status).toBe(200)
    for (const refused of [
      await key.post('/records/account', { values: { name: '不行' } }),
      await key.patch(account(), { values: { city: '不行' } }),
      await key.delete(account()),
      await key.post('/records/account/bulk', { act: 'create', rows: [{ values: { name: '不行' } }] }),
      await key.post('/plans', { metric: 'won_deals', year: 2026, total: '1' }),
    ]) {
      expect(refused).toMatchObject({ status: 403, code: 'KEY_SCOPE_MISSING' })
    }
  })

  it('confine a key to the records of some objects, also by filters and references', async () => {
    const key = await made(['contact:write', 'product:read'])
    expect((await key.post('/records/contact/query', {})).status).toBe(200)
    expect((await key.post('/records/product/query', {})).status).toBe(200)
    expect(await key.post('/records/product', { values: { name: 'x' } })).toMatchObject({
      code: 'KEY_SCOPE_MISSING',
      body: { details: { scope: 'product:write' } },
    })
    expect(await key.get(account())).toMatchObject({ body: { details: { scope: 'account:read' } } })
    const secret = { filter: { field: 'account.code', op: 'contains', value: '秘密' } }
    expect(await key.post('/records/contact/query', secret)).toMatchObject({ code: 'FILTER_INVALID' })
    const pointing = { name: '指过去', account: here.records['account']?.甲 }
    expect((await key.post('/records/contact', { values: pointing })).status).toBe(422)
    expect((await key.post('/records/contact', { values: { name: '自己的' } })).status).toBe(201)
    for (const path of ['/metrics', '/org/tree', '/search?q=x', '/bulk', '/imports', '/plans']) {
      expect(await key.get(path), path).toMatchObject({ status: 403, code: 'KEY_SCOPE_MISSING' })
    }
    const { objects } = (await key.get('/objects')).body
    const can = Object.fromEntries(objects.map((one: { key: string; can: unknown }) => [one.key, one.can]))
    expect([can.contact.update, can.product.update, can.account]).toEqual([true, false, undefined])
  })

  it('confine what a job does that was asked for with a key', async () => {
    const key = await made(['account:write'])
    const ids = [here.records['account']?.甲]
    const start = (act: unknown) => key.post('/records/account/bulk', { ids, ...Object(act) })
    expect((await start({ delete: true, along: { contact: 1 } })).code).toMatch(/OBJECT_NOT_FOUND|ACTION_NOT_ALLOWED/)
    expect((await start({ delete: true, along: { contact: 0 } })).status).toBe(200)
  })

  it('may name an object only where the contract confines the answer to it', async () => {
    const key = await made(['account:read'])
    expect((await key.get('/metrics/signed_amount/tree?period=2026&object=account')).status).toBe(403)
    expect((await key.post('/filters/read', { object: 'account', text: 'name:x' })).status).toBe(200)
    expect((await key.post('/filters/read', { object: 'order', text: 'x' })).status).toBe(403)
  })

  it('give single permissions', async () => {
    const key = await made(['permission:plan.read'])
    expect((await key.get('/plans')).status).toBe(200)
    // A figure tells of its records: whoever may not read these does not read it.
    expect((await key.get('/metrics/signed_amount/tree?period=2026')).status).toBe(404)
    const reading = await made(['permission:plan.read', 'opportunity:read'])
    expect((await reading.get('/metrics/signed_amount/tree?period=2026')).status).toBe(200)
    expect((await key.get('/shape')).status).toBe(403)
    expect((await key.get(account())).status).toBe(403)
  })

  it('never let a program change what lets people in', async () => {
    const key = await made(['write'])
    for (const refused of [
      await key.post('/keys', { name: '再来', scopes: ['write'], days: null }),
      await key.delete(`/keys/${key.id}`),
      await key.post('/me/password', { current: 'x', next: 'long grass 9' }),
    ]) {
      expect(refused).toMatchObject({ status: 403, code: 'KEY_NOT_HERE' })
    }
  })

  it('never let a program of an administrator make itself a door, or a role', async () => {
    const powers = ['org.read', 'org.access', 'org.people', 'sign_in.manage', 'access.manage', 'workplace.manage']
    const program = await made(powers.map((key) => `permission:${key}`))
    const somebody = `/org/people/${here.people.甲}`
    const { version } = (await office.get(somebody)).body
    const refused = [
      await program.post(`${somebody}/password`),
      await program.post(`/sign-in${somebody.replace('/org', '')}/invitation`, { byMail: false }),
      await program.post(`/sign-in${somebody.replace('/org', '')}/second-factor/reset`),
      await program.post('/sign-in/settings/sso-test', { issuer: 'https://id.example' }),
      await program.put('/workplaces/wecom', { version: 0, server: 'https://id.example' }),
      await program.delete('/workplaces/wecom'),
      await program.post('/access/roles', { label: { zh: '全能', en: 'All' }, basis: 'operations' }),
      await program.patch(somebody, { role: 'operations', version }),
      await program.post('/org/people', { name: '新人', role: 'operations' }),
    ]
    expect(refused.map(({ code }) => code)).toEqual(refused.map(() => 'KEY_NOT_HERE'))
    expect((await program.patch(somebody, { employeeNo: 'T-77', version })).status).toBe(200)
  })

  it('that can be chosen are what the person may', async () => {
    const { objects, permissions } = (await as(here.somebody('甲')).get('/keys/scopes')).body
    const keys = (list: readonly { key: string }[]) => list.map(({ key }) => key)
    expect(keys(objects)).toContain('account')
    expect(keys(permissions)).not.toContain('shape.manage')
    expect(keys((await office.get('/keys/scopes')).body.permissions).length).toBeGreaterThan(keys(permissions).length)
  })
})

describe("everybody's keys", () => {
  it('are seen and revoked by the administrator alone', async () => {
    const key = await made(['read'], '乙')
    expect((await as(here.somebody('丁')).get('/keys/all')).status).toBe(403)
    expect(await as(here.somebody('丁')).delete(`/keys/${key.id}`)).toMatchObject({ code: 'KEY_NOT_FOUND' })
    expect(await as(there.somebody('管')).delete(`/keys/${key.id}`)).toMatchObject({ code: 'KEY_NOT_FOUND' })
    const { keys } = (await office.get('/keys/all')).body
    expect(keys.find(({ id }: { id: string }) => id === key.id)).toMatchObject({ personName: '乙' })
    expect((await office.delete(`/keys/${key.id}`)).status).toBe(204)
    expect((await key.get('/me')).status).toBe(401)
  })
})
