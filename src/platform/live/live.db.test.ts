import { once } from 'node:events'
import { request } from 'node:http'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildServer } from '#app/server.ts'
import { createRecord } from '#platform/records/save.ts'
import { createKey } from '#platform/auth/key-store.ts'
import { openSession } from '#platform/auth/session-store.ts'
import { dispatchOnce } from '#platform/events/dispatch.ts'
import { newId } from '#platform/db/new-id.ts'
import { inStep } from '#platform/db/step.ts'
import { openStream, type LiveStream } from '#testing/live-stream.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'
import { startListening } from './listen.ts'

const now = () => new Date('2026-06-15T04:00:00Z')
const { app, database, as } = await testApp({ now })
const log = pino({ level: 'silent' })
const house = { db: database.db, log, now }
const listening = startListening({ url: database.ownerUrl, log })
/** A second process of the same product, as far as one can be told from another. */
const neighbour = await buildServer({
  db: database.db,
  log,
  settings: { publicUrl: null, plainHttp: 'loopback', requestsPerMinute: 1_000_000 },
  webFolder: null,
  now,
})

let company: SmallCompany
let companies = 0
const streams: LiveStream[] = []
const addresses: string[] = []

beforeAll(async () => {
  await listening.ready
  for (const one of [app, neighbour]) addresses.push(await one.listen({ port: 0, host: '127.0.0.1' }))
})
afterAll(async () => {
  await neighbour.close()
  await listening.stop()
})
beforeEach(async () => {
  companies += 1
  company = await smallCompany(database, { slug: `live-${companies}` })
})

const person = (name: string) => ({ companyId: company.ctx.company.id, personId: company.people[name] ?? '' })

async function follow(name: string, headers: Record<string, string> = {}, server = 0) {
  const token = await openSession(database.db, { loginId: null, ...person(name), origin: null })
  const stream = await openStream(`${addresses[server]}/api/v1/live`, { cookie: `terrace=${token}`, ...headers })
  streams.push(stream)
  return { stream, token }
}

async function accountOf(name: string): Promise<string> {
  const { id } = await createRecord(
    company.as(name, 'representative'),
    'account',
    { name: `${name}的客户` },
    { confirmed: true },
  )
  return id
}

/** Somebody in the lead writes a comment on the record of another and mentions people. */
async function comment(accountId: string, text: string, mentions: readonly string[]): Promise<void> {
  await sql`update person set role = 'director' where id = ${company.people['丁'] ?? ''}`.execute(database.owner)
  const answer = await as(person('丁')).post(`/records/account/${accountId}/comments`, {
    text,
    mentions: mentions.map((name) => company.people[name]),
  })
  expect(answer.status).toBe(201)
  while (await dispatchOnce(house));
}

async function askingForTheNewest(): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like '%select last_number%'
      and pid <> pg_backend_pid()`.execute(database.owner)
  return rows[0]?.n ?? 0
}

describe('whoever looks on live', () => {
  it('gets a notice when it comes, from whichever process, in the own words', async () => {
    const account = await accountOf('甲')
    const [here, there] = [await follow('甲'), await follow('甲', {}, 1)]
    await comment(account, '请 @甲 看一下', ['甲'])
    for (const { stream } of [here, there]) {
      const { content, id } = await stream.next('notice')
      expect(content).toMatchObject({
        kind: 'comment.mentioned',
        recordId: account,
        quote: '请 @甲 看一下',
        isRead: false,
      })
      expect(content.text).toMatch(/丁/)
      expect(id).toBe('1')
      expect((await stream.next('unread')).content).toEqual({ unread: 1 })
    }
    expect(here.stream.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
      'x-frame-options': 'SAMEORIGIN',
    })
  })

  it('hears nothing of a record that went out of reach meanwhile', async () => {
    const account = await accountOf('甲')
    await comment(account, '请 @甲 看一下', ['甲'])
    await sql`update account set owner_id = ${company.people['丙'] ?? ''} where id = ${account}`.execute(database.owner)
    const mine = await accountOf('甲')
    const { stream } = await follow('甲', { 'last-event-id': '0' })
    await comment(mine, '还有这条 @甲', ['甲'])
    expect((await stream.next('notice')).content).toMatchObject({ recordId: mine, number: 2 })
    expect((await as(person('甲')).get('/notices')).body).toMatchObject({ unread: 1, notices: [{ recordId: mine }] })
  })

  it('goes on after the last notice that arrived', async () => {
    const account = await accountOf('甲')
    for (const text of ['一 @甲', '二 @甲', '三 @甲']) await comment(account, text, ['甲'])
    const { stream } = await follow('甲', { 'last-event-id': '1' })
    expect((await stream.next('notice')).content.quote).toBe('二 @甲')
    expect(await stream.next('notice')).toMatchObject({ id: '3', content: { quote: '三 @甲' } })
  })

  it('is told in every window what was read in one', async () => {
    const account = await accountOf('甲')
    await comment(account, '请 @甲 看一下', ['甲'])
    const { stream } = await follow('甲')
    expect((await stream.next('unread')).content).toEqual({ unread: 1 })
    await as(person('甲')).post('/notices/read', {})
    expect((await stream.next('unread')).content).toEqual({ unread: 0 })
  })

  it('sees how far the own jobs are, and nobody elses', async () => {
    const mine = await follow('甲')
    const other = await follow('乙')
    for (const { stream } of [mine, other]) await stream.next('unread')
    const id = newId()
    await inStep(company.as('甲', 'representative'), ({ tx, ctx }) =>
      sql`insert into bulk_run (company_id, id, object, act, changes, keeps_credit, rows_total, operation_id, created_by, language, changed_count)
        values (${ctx.company.id}, ${id}, 'account', 'update', '{}', false, 10, ${newId()}, ${ctx.actor.personId}, 'zh', 4)`.execute(
        tx,
      ),
    )
    expect((await mine.stream.next('progress')).content).toEqual({
      kind: 'bulk',
      id,
      state: 'queued',
      done: 4,
      total: 10,
    })
    await comment(await accountOf('乙'), '@乙', ['乙'])
    await other.stream.next('notice')
    expect(other.stream.waiting.filter(({ event }) => event === 'progress')).toEqual([])
  })

  it('hears of no other company', async () => {
    const { stream } = await follow('甲')
    const first = company
    company = await smallCompany(database, { slug: `elsewhere-${companies}` })
    await comment(await accountOf('甲'), '@甲', ['甲'])
    company = first
    await comment(await accountOf('甲'), '@甲 这里', ['甲'])
    expect((await stream.next('notice')).content.quote).toBe('@甲 这里')
  })

  it.each([
    [
      'the session ends',
      async (token: string) =>
        void (await app.inject({
          method: 'POST',
          url: '/api/v1/auth/sign-out',
          headers: { cookie: `terrace=${token}`, host: 'localhost' },
        })),
    ],
    [
      'the person is deactivated',
      async () => {
        await sql`update person set is_active = false where id = ${company.people['甲'] ?? ''}`.execute(database.owner)
      },
    ],
  ])('is sent away when %s', async (_what, act) => {
    const { stream, token } = await follow('甲')
    await stream.next('unread')
    await act(token)
    await stream.next('ended')
    await stream.ended
  })

  it('leaves nothing behind when they go away before the stream has begun', async () => {
    const account = await accountOf('甲')
    await comment(account, '@甲', ['甲'])
    const begun = vi.spyOn(globalThis, 'setInterval')
    const ended = vi.spyOn(globalThis, 'clearInterval')
    const token = await openSession(database.db, { loginId: null, ...person('甲'), origin: null })
    await database.owner.transaction().execute(async (tx) => {
      await sql`lock table notice_reader in access exclusive mode`.execute(tx)
      const gone = once(app.server, 'connection')
      const sent = request(`${addresses[0]}/api/v1/live`, {
        headers: { accept: 'text/event-stream', cookie: `terrace=${token}` },
        agent: false,
      }).on('error', () => undefined)
      sent.end()
      const [socket] = await gone
      const isClosed = once(socket, 'close')
      await vi.waitFor(async () => expect(await askingForTheNewest()).toBe(1), 20_000)
      sent.destroy()
      await isClosed
    })
    const { stream } = await follow('甲')
    await stream.next('unread')
    stream.close()
    const beats = begun.mock.results.filter((_one, at) => begun.mock.calls[at]?.[1] === 20_000)
    await vi.waitFor(() =>
      expect(beats.map(({ value }) => ended.mock.calls.some(([timer]) => timer === value))).toEqual([true]),
    )
    vi.restoreAllMocks()
  })

  it('may be a program with a key', async () => {
    const key = { ...person('甲'), name: 'test', scopes: ['read'], expiresAt: null }
    const { secret } = await createKey(database.db, key)
    const stream = await openStream(`${addresses[0]}/api/v1/live`, { authorization: `Bearer ${secret}` })
    await comment(await accountOf('甲'), '@甲', ['甲'])
    expect((await stream.next('notice')).content.kind).toBe('comment.mentioned')
    stream.close()
  })

  it('is nobody without a session', async () => {
    const stream = await openStream(`${addresses[0]}/api/v1/live`, {})
    expect(stream.response.statusCode).toBe(401)
    await stream.ended
  })

  it('gets what happened since and no more, where no stream is asked for', async () => {
    const account = await accountOf('甲')
    for (const text of ['一 @甲', '二 @甲']) await comment(account, text, ['甲'])
    const answer = await as(person('甲')).get('/live?after=1', { accept: '*/*' })
    expect(answer.headers['content-type']).toMatch(/^text\/event-stream/)
    expect(answer.body).toMatch(
      /^id: 2\nevent: notice\ndata: .*二 @甲.*\n\nid: 2\nevent: unread\ndata: {"unread":2}\n\n$/,
    )
  })
})
