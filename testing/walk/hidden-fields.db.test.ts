import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { testApp, type Answer, type TestClient } from '#testing/test-app.ts'
import { ask } from './ask.ts'
import { hintsFor } from './hints.ts'
import { populated, type Populated } from './populated.ts'
import { requestsFor } from './requests.ts'

const seed = Number(process.env['WALK_SEED'] ?? 20260615)
const runsPerRoute = 8
const { app, database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let here: Populated
let office: TestClient

/** What stands in fields that are hidden from 乙, in records that 乙 reaches. */
const secret = '暗语-一二三'
const phone = '13912345678'

beforeAll(async () => {
  here = await populated(database, 'here', as)
  office = as(here.somebody('管'))
  const [account, contact, deal] = ['account', 'contact', 'opportunity'].map((key) => here.records[key]?.['甲'])
  const tell = (object: string, id: string | undefined, values: Record<string, unknown>) =>
    office.patch(`/records/${object}/${id}`, { values })
  await tell('account', account, { note: secret })
  await tell('contact', contact, { wechat: secret, phone })
  await tell('opportunity', deal, { note: secret })
  const order = here.records['order']?.['甲']
  await tell('order', order, { note: secret })
  const made = await office.post('/access/roles', {
    label: { zh: '受限经理', en: 'Limited manager' },
    basis: 'manager',
    definition: {
      permissions: { 'plan.manage': true },
      objects: {
        account: { actions: { export: true }, fields: { note: 'hidden' } },
        contact: { fields: { wechat: 'hidden', phone: 'masked' } },
        opportunity: { fields: { note: 'hidden', amount: 'hidden' } },
        order: { actions: { read: false } },
      },
    },
  })
  expect(made.status).toBe(201)
  const person = await office.get(`/org/people/${here.people['乙']}`)
  const given = await office.patch(`/org/people/${here.people['乙']}`, {
    role: made.body.key,
    version: person.body.version,
  })
  expect(given.status).toBe(200)
})

const limited = () => as(here.somebody('乙'))
const textOf = (answer: Answer) => (typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))

describe('whoever lacks a field', () => {
  it('reads nothing of it by any route, whatever is asked for', async () => {
    const client = limited()
    const hints = hintsFor([here])
    for (const route of app.served.filter((each) => each.access !== 'public')) {
      if (/\/me(\/|$)|\/reveal$/.test(route.path)) continue
      for (const asked of fc.sample(requestsFor(route, hints), { seed, numRuns: runsPerRoute })) {
        const text = textOf(await ask(client, route, asked, 'en'))
        const told = `${route.method} ${route.path} ${JSON.stringify(asked).slice(0, 500)}`
        expect(text.includes(secret), `${told} tells what is hidden`).toBe(false)
        expect(text.includes(phone), `${told} tells what is masked`).toBe(false)
      }
    }
  }, 120_000)

  it('is answered about it as about a field that never was', async () => {
    const client = limited()
    const told = async (field: string) => {
      const asked = [
        await client.post('/records/account/query', { filter: { field, op: 'contains', value: '暗语' } }),
        await client.post('/records/account/query', { sort: [{ field }] }),
        await client.post('/records/account/query', { fields: [field] }),
        await client.post('/records/account/totals', { groupBy: field }),
        await client.post('/records/contact/query', { filter: { field: `account.${field}`, op: 'notEmpty' } }),
        await client.post('/filters/read', { object: 'account', text: `${field}: 暗语` }),
        await client.post('/records/account', { values: { name: '新', [field]: 'x' } }),
      ]
      return asked.map(({ status, code, body }) => [
        status,
        code,
        JSON.stringify(body.errors ?? body.faults).replaceAll(field, '?'),
      ])
    }
    expect(await told('note')).toEqual(await told('nope'))
  })

  it('finds no record by it, and no figure that it makes', async () => {
    const client = limited()
    for (const text of ['暗语', secret, phone, phone.slice(-4), '1391234']) {
      const found = await client.get(`/search?q=${encodeURIComponent(text)}`)
      expect([text, found.status, found.body.objects ?? found.body]).toEqual([text, 200, expect.anything()])
      expect(textOf(found)).not.toContain(here.records['contact']?.['甲'])
    }
    const metrics = await client.get('/metrics')
    const keys = metrics.body.metrics.map(({ key }: { key: string }) => key)
    expect(keys).toContain('activities')
    expect(keys).not.toContain('signed_amount')
    expect(keys).not.toContain('sales_amount')
    expect(await client.get('/metrics/signed_amount/tree?period=2026')).toMatchObject({ status: 404 })
  })

  it('guesses nothing of it by what is said of duplicates', async () => {
    const client = limited()
    const ask = (one: TestClient) => one.post('/records/contact/duplicates', { values: { phone } })
    const id = here.records['contact']?.['甲']
    expect((await ask(office)).body.suspicions).toMatchObject([{ field: 'phone', suspect: { id } }])
    expect((await ask(client)).body.suspicions).toEqual([])
    const refused = await client.post('/records/contact', { values: { name: '猜一猜', phone } })
    expect(refused).toMatchObject({
      code: 'RECORD_DUPLICATE',
      body: { details: { suspects: [{ id: null, title: null }] } },
    })
  })

  it('meets no object that the role may not read', async () => {
    const client = limited()
    const objects = await client.get('/objects')
    expect(objects.body.objects.map(({ key }: { key: string }) => key)).not.toContain('order')
    const order = here.records['order']?.['甲']
    for (const path of ['order', 'nothing']) {
      expect(await client.get(`/records/${path}/${order}`)).toMatchObject({ status: 404, code: 'OBJECT_NOT_FOUND' })
      expect(await client.post(`/records/${path}/query`, {})).toMatchObject({ status: 404, code: 'OBJECT_NOT_FOUND' })
    }
    const counted = await client.post('/records/account/query', {
      filter: { children: 'order', via: 'account', aggregate: 'count', op: 'ge', value: 1 },
    })
    expect(counted).toMatchObject({ status: 400, code: 'FILTER_INVALID' })
  })

  it('keeps what is hidden when the rest is changed, and the search and the ledger with it', async () => {
    const client = limited()
    const id = here.records['account']?.['甲']
    const changed = await client.patch(`/records/account/${id}`, { values: { industry: null, city: '苏州' } })
    expect(changed.status).toBe(200)
    expect(changed.body).not.toHaveProperty('note')
    const whole = await office.get(`/records/account/${id}`)
    expect(whole.body).toMatchObject({ note: secret, city: '苏州' })
    const deal = here.records['opportunity']?.['甲']
    expect((await client.patch(`/records/opportunity/${deal}`, { values: { name: '改名' } })).status).toBe(200)
    expect((await office.get(`/records/opportunity/${deal}`)).body).toMatchObject({ note: secret, amount: '100' })
    const history = await client.get(`/records/account/${id}/history`)
    expect(textOf(history)).toContain('苏州')
    expect(textOf(history)).not.toContain('note')
  })

  it('sees a masked number in part, fills it where it is empty, and reveals it on record', async () => {
    const client = limited()
    const id = here.records['contact']?.['甲']
    expect((await client.get(`/records/contact/${id}`)).body.phone).toBe('139****5678')
    const changed = await client.patch(`/records/contact/${id}`, { values: { phone: '13900000000' } })
    expect(changed).toMatchObject({ status: 422, body: { errors: [{ field: 'phone', code: 'masked' }] } })
    const own = here.records['contact']?.['乙']
    const filled = await client.patch(`/records/contact/${own}`, { values: { phone: '13700001111' } })
    expect([filled.status, filled.body.phone]).toEqual([200, '137****1111'])
    const shown = await client.post(`/records/contact/${id}/reveal`, { field: 'phone', reason: '回访' })
    expect([shown.status, shown.body.value]).toEqual([200, phone])
    const history = await office.get(`/records/contact/${id}/history`)
    expect(history.body.entries[0]).toMatchObject({ action: 'revealed', personId: here.people['乙'] })
    expect(await client.post(`/records/contact/${id}/reveal`, { field: 'wechat' })).toMatchObject({ status: 422 })
    const others = here.records['contact']?.['丁']
    expect(await client.post(`/records/contact/${others}/reveal`, { field: 'phone' })).toMatchObject({ status: 404 })
  })
})
