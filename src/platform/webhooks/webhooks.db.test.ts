import { sql } from 'kysely'
import { pino } from 'pino'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connect } from '#platform/db/connect.ts'
import { dispatchOnce } from '#platform/events/dispatch.ts'
import { sendOnce } from '#platform/lanes/index.ts'
import { limitCalls } from '#platform/outside/post.ts'
import { createRecord } from '#platform/records/save.ts'
import { startReceiver, type Received } from '#testing/receiver.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'

let clock = Date.now()
const now = () => new Date(clock)
const { database, as } = await testApp({ now })
const log: string[] = []
const house = { db: database.db, now, log: pino({ level: 'debug' }, { write: (line: string) => void log.push(line) }) }
const receiver = await startReceiver()
afterAll(() => receiver.close())

let company: SmallCompany
let companies = 0
/** 丁 administers. */
let office: TestClient

beforeEach(async () => {
  companies += 1
  company = await smallCompany(database, { slug: `hooks-${companies}` })
  await sql`update person set role = 'administrator' where id = ${company.people['丁'] ?? ''}`.execute(database.owner)
  office = as(person('丁'))
  receiver.received.length = 0
  receiver.answer = () => ({ status: 204 })
  limitCalls({ allowsPrivate: true, timeoutMs: 300 })
})
afterEach(async () => {
  limitCalls({ allowsPrivate: false, timeoutMs: 10_000 })
  // Their clocks run on in the next test.
  await sql`delete from webhook`.execute(database.owner)
})

const person = (name: string) => ({ companyId: company.ctx.company.id, personId: company.people[name] ?? '' })

async function hook(events: readonly string[] = ['account.*'], path = '/hook') {
  const made = await office.post('/webhooks', { name: 'ERP', url: `${receiver.url}${path}`, events })
  expect(made.status).toBe(201)
  return made.body as { id: string; secret: string; version: number }
}

let names = 0
const account = async (owner = '甲') => {
  names += 1
  const draft = { name: `客户 ${names}`, ownerId: company.people[owner] }
  return (await createRecord({ ...company.ctx, now: now() }, 'account', draft, { confirmed: true })).id
}

/** What came to pass is handed on, and what is due leaves. */
async function settle(): Promise<void> {
  while (await dispatchOnce(house));
  for (let turn = 0; turn < 5; turn += 1) await sendOnce(house)
}
async function pass(seconds: number): Promise<void> {
  clock += seconds * 1000
  await settle()
}
const logOf = async (id: string) => (await office.get(`/webhooks/${id}/deliveries`)).body.deliveries
const verified = (secret: string, { body, headers }: Received) =>
  new Webhook(secret).verify(body, headers as Record<string, string>) as any

describe('a webhook', () => {
  it('is told of what it chose, signed by the Standard Webhooks scheme', async () => {
    const { secret, id } = await hook()
    const record = await account()
    await settle()
    const [call] = receiver.received
    expect(receiver.received).toHaveLength(1)
    expect(verified(secret, call as Received)).toMatchObject({
      type: 'account.created',
      timestamp: expect.stringMatching(/Z$/),
      data: { sequence: 1, object: 'account', id: record, record: { name: `客户 ${names}` } },
    })
    expect(await logOf(id)).toMatchObject([
      { event: 'account.created', state: 'delivered', tries: 1, attempts: [{ status: 204, problem: null }] },
    ])
    expect(call?.headers['webhook-id']).toBe((await logOf(id))[0].id)
  })

  it('hears nothing of other events', async () => {
    await hook(['opportunity.*', '*.deleted'])
    const id = await account()
    await settle()
    expect(receiver.received).toEqual([])
    await office.delete(`/records/account/${id}`)
    await settle()
    expect(receiver.received.map(({ body }) => JSON.parse(body).type)).toEqual(['account.deleted'])
  })

  it('is told only what its owner may see now', async () => {
    const { id, secret } = await hook()
    await sql`update person set role = 'representative' where id = ${company.people['丁'] ?? ''}`.execute(
      database.owner,
    )
    await account('甲')
    const own = await account('丁')
    await settle()
    expect(receiver.received.map((call) => verified(secret, call).data.id)).toEqual([own])
    await sql`update person set role = 'administrator' where id = ${company.people['丁'] ?? ''}`.execute(database.owner)
    expect((await logOf(id)).map(({ state }: { state: string }) => state)).toEqual(['delivered', 'unseen'])
  })

  it('is told nothing more once its owner has left', async () => {
    await hook()
    await sql`update person set is_active = false where id = ${company.people['丁'] ?? ''}`.execute(database.owner)
    await account()
    await settle()
    expect(receiver.received).toEqual([])
  })

  it('keeps its secret to itself: shown once, in no answer, table or log', async () => {
    const { secret, id, version } = await hook()
    receiver.answer = () => ({ status: 500, body: 'x' })
    await account()
    await settle()
    const answers = [
      await office.get('/webhooks'),
      await office.get(`/webhooks/${id}/deliveries`),
      await office.patch(`/webhooks/${id}`, { version, name: 'anders' }),
    ]
    const { rows } = await sql<{ all: string }>`
      select (select jsonb_agg(w)::text from webhook w) || (select jsonb_agg(a)::text from audit_entry a) as all`.execute(
      database.owner,
    )
    const told = [JSON.stringify(answers.map(({ body }) => body)), rows[0]?.all ?? '', log.join('')].join('')
    expect(told).toContain('anders')
    expect(told).not.toContain(secret)
    expect(told).not.toContain(secret.slice('whsec_'.length))
  })

  it('signs with both secrets after a change, and with the new one alone in the end', async () => {
    const { id, secret: former } = await hook()
    const { secret } = (await office.post(`/webhooks/${id}/secret`, { hours: 2 })).body
    await account()
    await settle()
    for (const one of [secret, former])
      expect(verified(one, receiver.received[0] as Received).type).toBe('account.created')
    await pass(2 * 3600)
    await account()
    await settle()
    const last = receiver.received.at(-1) as Received
    expect(last.headers['webhook-signature']).not.toContain(' ')
    // Their check goes by the real time, which the test is ahead of.
    const { 'webhook-id': message, 'webhook-timestamp': at, 'webhook-signature': signature } = last.headers
    const sign = (by: string) => new Webhook(by).sign(String(message), new Date(Number(at) * 1000), last.body)
    expect(signature).toBe(sign(secret))
    expect(signature).not.toBe(sign(former))
  })
})

describe('a receiver that fails', () => {
  it('is sent again at once where somebody asks for it, however long the receiver was to be left alone', async () => {
    const { id } = await hook()
    receiver.answer = () => ({ status: 500 })
    await account()
    await settle()
    receiver.answer = () => ({ status: 204 })
    const [failed] = await logOf(id)
    expect(failed).toMatchObject({ state: 'waiting', tries: 1 })
    await office.post(`/webhooks/${id}/replay`, { deliveries: [failed.id] })
    await settle()
    expect(await logOf(id)).toMatchObject([{ state: 'delivered', attempts: [{ status: 204 }, { status: 500 }] }])
  })

  it('is tried again after 30 seconds, 2 minutes, 10 minutes, with the same id', async () => {
    const { id } = await hook()
    receiver.answer = () => ({ status: 503, body: '忙' })
    await account()
    await settle()
    const counts = [receiver.received.length]
    for (const seconds of [29, 1, 119, 1, 599, 1]) {
      await pass(seconds)
      counts.push(receiver.received.length)
    }
    expect(counts).toEqual([1, 1, 2, 2, 3, 3, 4])
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    receiver.answer = () => ({ status: 200 })
    await pass(1800)
    expect(await logOf(id)).toMatchObject([
      {
        state: 'delivered',
        tries: 5,
        attempts: [{ status: 200 }, { status: 503, answer: '忙', problem: 'status' }, {}, {}, {}],
      },
    ])
    expect((await office.get('/webhooks')).body.webhooks).toMatchObject([{ failuresInRow: 0, isOn: true }])
  })

  it('is left alone as long as it asks for', async () => {
    await hook()
    receiver.answer = () => ({ status: 429, headers: { 'retry-after': '300' } })
    await account()
    await settle()
    await pass(299)
    expect(receiver.received).toHaveLength(1)
    await pass(1)
    expect(receiver.received).toHaveLength(2)
  })

  it('is turned off after 20 failures in a row, its people are told, and goes on where it stopped', async () => {
    const { id, version } = await hook()
    receiver.answer = () => ({ status: 500 })
    for (let at = 0; at < 3; at += 1) await account()
    await settle()
    for (let hour = 0; receiver.received.length < 20 && hour < 200; hour += 1) await pass(3600)
    expect(receiver.received).toHaveLength(20)
    await pass(100_000)
    expect(receiver.received).toHaveLength(20)
    expect((await office.get('/webhooks')).body.webhooks).toMatchObject([
      { isOn: false, stoppedAt: expect.any(String), failuresInRow: 20, waiting: expect.any(Number) },
    ])
    expect((await office.get('/notices')).body.notices).toMatchObject([
      { kind: 'webhook.stopped', text: expect.stringContaining('ERP'), page: '/connections?tab=webhooks' },
    ])
    await account()
    await settle()
    receiver.answer = () => ({ status: 200 })
    await office.patch(`/webhooks/${id}`, { version, isOn: true })
    await pass(100_000)
    const states = (await logOf(id)).map(({ state }: { state: string }) => state)
    expect(states[0]).toBe('delivered')
    expect(states).not.toContain('waiting')
  })

  it('that says it is gone is turned off at once', async () => {
    await hook()
    receiver.answer = () => ({ status: 410 })
    await account()
    await settle()
    expect((await office.get('/webhooks')).body.webhooks).toMatchObject([{ isOn: false }])
  })

  it('gets in the end what was given up, one by one or all since a moment', async () => {
    const { id } = await hook()
    await account()
    await settle()
    await sql`update webhook_delivery set state = 'dead', next_at = null where webhook_id = ${id}`.execute(
      database.owner,
    )
    await pass(60)
    await account()
    await settle()
    const [second, first] = await logOf(id)
    receiver.received.length = 0
    expect((await office.post(`/webhooks/${id}/replay`, { deliveries: [first.id] })).body).toEqual({ replayed: 1 })
    await settle()
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([first.id])
    const since = '2020-01-01T00:00:00Z'
    expect((await office.post(`/webhooks/${id}/replay`, { since, onlyDead: true })).body).toEqual({ replayed: 0 })
    expect((await office.post(`/webhooks/${id}/replay`, { since })).body).toEqual({ replayed: 2 })
    await settle()
    expect(receiver.received.slice(1).map(({ headers }) => headers['webhook-id'])).toEqual([first.id, second.id])
  })

  it('is told one thing without counting all others that wait or were told', async () => {
    const { id } = await hook()
    await account()
    while (await dispatchOnce(house));
    const asked: string[] = []
    const watched = connect(database.appUrl, {
      ...(database.appRole === null ? {} : { role: database.appRole }),
      onQuery: ({ query }) => void asked.push(query.sql),
    })
    await sendOnce({ ...house, db: watched.db })
    await watched.close()
    expect(receiver.received).toHaveLength(1)
    expect(asked.filter((text) => text.includes('webhook_delivery') && /count\(|max\(|min\(/.test(text))).toEqual([])
    await sql`delete from webhook_delivery where webhook_id = ${id}`.execute(database.owner)
    const { webhooks } = (await office.get('/webhooks')).body
    expect(webhooks.map(({ lastDeliveredAt }: any) => Date.parse(lastDeliveredAt))).toEqual([clock])
  })

  it('by hanging holds up no other', async () => {
    await hook(['account.*'], '/hangs')
    await hook(['account.*'], '/fine')
    receiver.answer = ({ path }) => (path === '/hangs' ? 'hang' : { status: 200 })
    await account()
    while (await dispatchOnce(house));
    const sending = sendOnce(house)
    await expect.poll(() => receiver.received.some(({ path }) => path === '/fine')).toBe(true)
    await sending
    const { webhooks } = (await office.get('/webhooks')).body
    expect(webhooks.map(({ lastDeliveredAt }: any) => lastDeliveredAt !== null)).toEqual([false, true])
    expect(await logOf(webhooks[0].id)).toMatchObject([{ attempts: [{ status: null, problem: 'timeout' }] }])
  })
})

describe('an address', () => {
  it('in a private network is neither kept nor called, unless the server allows it', async () => {
    await hook()
    limitCalls({ allowsPrivate: false })
    for (const url of [
      'https://127.0.0.1/x',
      'https://[::1]/x',
      'https://localhost/x',
      'https://10.1.2.3/',
      'https://169.254.169.254/',
    ]) {
      const refused = await office.post('/webhooks', { name: 'x', url, events: ['*'] })
      expect(refused).toMatchObject({ status: 422, code: 'WEBHOOK_INVALID', body: { errors: [{ field: 'url' }] } })
    }
    expect((await office.post('/webhooks', { name: 'x', url: 'http://example.com/', events: ['*'] })).status).toBe(422)
    await account()
    await settle()
    expect(receiver.received).toEqual([])
    const { webhooks } = (await office.get('/webhooks')).body
    expect(await logOf(webhooks[0].id)).toMatchObject([{ attempts: [{ problem: 'private-address' }] }])
  })

  it('that leads elsewhere is not followed there', async () => {
    const { id } = await hook()
    receiver.answer = ({ path }) =>
      path === '/hook' ? { status: 302, headers: { location: `${receiver.url}/inside` } } : { status: 200 }
    await account()
    await settle()
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook'])
    expect(await logOf(id)).toMatchObject([{ state: 'waiting', attempts: [{ status: 302 }] }])
  })
})

describe('webhooks', () => {
  it('are the business of those who hold the permission, in their own company', async () => {
    const { id } = await hook()
    expect(await as(person('甲')).get('/webhooks')).toMatchObject({ status: 403, code: 'PERMISSION_MISSING' })
    company = await smallCompany(database, { slug: `elsewhere-${companies}` })
    await sql`update person set role = 'administrator' where id = ${company.people['丁'] ?? ''}`.execute(database.owner)
    const stranger = as(person('丁'))
    expect((await stranger.get('/webhooks')).body.webhooks).toEqual([])
    for (const answer of [
      await stranger.get(`/webhooks/${id}/deliveries`),
      await stranger.patch(`/webhooks/${id}`, { version: 1, isOn: false }),
      await stranger.post(`/webhooks/${id}/secret`, {}),
      await stranger.post(`/webhooks/${id}/replay`, { since: '2020-01-01T00:00:00Z' }),
      await stranger.delete(`/webhooks/${id}`),
    ]) {
      expect(answer).toMatchObject({ status: 404, code: 'WEBHOOK_NOT_FOUND' })
    }
  })

  it('are not overwritten by whoever saw an older version, and listen to events that exist', async () => {
    const { id, version } = await hook()
    expect((await office.patch(`/webhooks/${id}`, { version, name: 'A' })).status).toBe(200)
    expect(await office.patch(`/webhooks/${id}`, { version, name: 'B' })).toMatchObject({ code: 'WEBHOOK_CHANGED' })
    const wrong = { name: 'x', url: `${receiver.url}/x`, events: ['nothing.created', '*.created'] }
    expect(await office.post('/webhooks', wrong)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'events.0' }] },
    })
  })
})
