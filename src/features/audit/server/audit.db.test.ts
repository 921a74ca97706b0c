import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { createKey } from '#platform/auth/key-store.ts'
import { sealAudit } from '#platform/audit/index.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { populated, type Populated } from '#testing/walk/populated.ts'

const { database, as, anybody } = await testApp()
let here: Populated
let admin: TestClient
let rep: TestClient

beforeAll(async () => {
  here = await populated(database, 'log', as)
  await sql`update person set role = 'administrator' where id = ${here.somebody('管').personId}`.execute(database.owner)
  admin = as(here.somebody('管'))
  rep = as(here.somebody('甲'))
})

const log = async (query: string, client = admin) => client.get(`/audit?${query}`)
const entriesOf = async (query: string) => (await log(query)).body.entries as readonly any[]
const account = async (name: string, more: Record<string, unknown> = {}) =>
  (
    await rep.post(
      '/records/account',
      { values: { name, ...more } },
      { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/126.0' },
    )
  ).body

describe('the audit log', () => {
  it('says who did what to which record, from where, and before and after in words', async () => {
    const { id } = await account('改前', { ownerId: here.somebody('甲').personId })
    await rep.patch(
      `/records/account/${id}`,
      { values: { name: '改后', employees: '12' } },
      { 'x-reason': encodeURIComponent('客户更名') },
    )
    const [updated, created] = await entriesOf(`object=account&record=${id}`)
    expect(updated).toMatchObject({
      personName: '甲',
      actionLabel: 'changed',
      objectLabel: 'Account',
      title: '改后',
      canOpen: true,
      origin: 'page',
      reason: '客户更名',
      address: '127.0.0.1',
      seal: null,
    })
    expect(updated.changes).toEqual([
      { field: 'name', label: 'Name', before: '改前', after: '改后', isErased: false },
      { field: 'employees', label: 'Employees', before: null, after: '12', isErased: false },
    ])
    expect(created.agent).toBe('Chrome · Windows')
    expect(created.changes.find(({ field }: any) => field === 'ownerId')).toMatchObject({ label: 'Owner', after: '甲' })
    await sealAudit(here.company.ctx)
    expect((await entriesOf(`object=account&record=${id}`))[0].seal).toMatch(/^\d+$/)
  })

  it('is narrowed by person, object, act, origin and period', async () => {
    const { id } = await account('筛选')
    const key = { ...here.somebody('甲'), name: '程序', scopes: ['write'], expiresAt: null }
    const { secret } = await createKey(database.db, key)
    await anybody.patch(`/records/account/${id}`, { values: { city: '苏州' } }, { authorization: `Bearer ${secret}` })
    const today = new Date().toISOString().slice(0, 10)
    const of = async (query: string) =>
      (await entriesOf(`record=${id}&${query}`)).map(({ action, origin }) => `${action} ${origin}`)
    expect(await of(`person=${here.somebody('甲').personId}`)).toEqual(['updated key', 'created page'])
    expect(await of(`person=${here.somebody('乙').personId}`)).toEqual([])
    expect(await of('origin=key')).toEqual(['updated key'])
    expect(await of('action=created')).toEqual(['created page'])
    expect(await of('object=contact')).toEqual([])
    expect(await of('from=2020-01-01&to=2020-12-31')).toEqual([])
    expect(await of(`from=${new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)}&to=2099-01-01`)).toHaveLength(
      2,
    )
    expect((await log('from=yesterday')).status).toBe(400)
    expect(today).toHaveLength(10)
  })

  it('goes on behind an entry, whatever is written meanwhile', async () => {
    for (const name of ['甲一', '甲二', '甲三', '甲四']) await account(name)
    const first = (await log('object=account&limit=2')).body
    await account('后来的')
    const second = (await log(`object=account&limit=2&after=${first.after}`)).body
    const names = [...first.entries, ...second.entries].map(({ title }: any) => title)
    expect(names).toEqual(['甲四', '甲三', '甲二', '甲一'])
  })

  it('leaves as a file as it is narrowed, which is an entry itself', async () => {
    await account('=1+1')
    const file = await admin.get('/audit/export?format=csv&object=account&action=created')
    expect(file.headers['content-type']).toContain('text/csv')
    expect(file.body).toContain("'=1+1")
    expect(file.body.split('\n')[0]).toContain('Person')
    const sheet = await admin.get('/audit/export?format=xlsx&object=account')
    expect([sheet.status, sheet.headers['content-disposition']]).toEqual([200, expect.stringContaining('.xlsx')])
    const [told] = await entriesOf('object=audit')
    expect(told).toMatchObject({ action: 'exported', personName: '管' })
    expect(told.changes).toContainEqual(expect.objectContaining({ field: 'format', after: 'xlsx' }))
  })

  it('tells of an export of records the filter in words and how many went', async () => {
    await account('出口甲', { city: '厦门' })
    await account('出口乙', { city: '厦门' })
    const filter = { field: 'city', op: 'eq', value: '厦门' }
    await admin.post('/records/account/export', { format: 'csv', filter, view: '厦门的客户' })
    const [told] = await entriesOf('object=account&action=exported')
    const shown = Object.fromEntries(told.changes.map(({ field, after }: any) => [field, after]))
    expect(shown).toMatchObject({ view: '厦门的客户', rows: '2', format: 'csv' })
    expect(shown.filter).toContain('厦门')
    expect(shown.filter).not.toContain('{')
  })

  it('is for those with the permission', async () => {
    for (const path of ['/audit', '/audit/seal', '/audit/export']) {
      expect([path, (await rep.get(path)).code]).toEqual([path, 'PERMISSION_MISSING'])
    }
  })

  it('hands out its seal', async () => {
    await sealAudit(here.company.ctx)
    const { seal, open } = (await admin.get('/audit/seal')).body
    expect(seal).toMatchObject({
      company: here.company.ctx.company.slug,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(open).toBeGreaterThanOrEqual(0)
  })
})
