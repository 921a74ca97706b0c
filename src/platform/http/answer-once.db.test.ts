import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/db/new-id.ts'
import { enter, inStep } from '#platform/db/step.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { populated, type Populated } from '#testing/walk/populated.ts'
import { dropOldAnswers } from './answer-store.ts'

const { database, as, anybody } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let here: Populated
let office: TestClient

beforeAll(async () => {
  here = await populated(database, 'here', as)
  office = as(here.somebody('管'))
})

const once = (key = newId()) => ({ 'idempotency-key': key })
const create = (name: string, headers: Record<string, string>, client = office) =>
  client.post('/records/account', { values: { name }, confirmed: true }, headers)

async function countOf(name: string): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) from account where name = ${name}`.execute(
    database.owner,
  )
  return Number(rows[0]?.count)
}

/** Holds a record that others refer to, so that whoever refers to it anew has to wait. */
async function whileHeld(id: string, act: () => Promise<void>): Promise<void> {
  await database.db.transaction().execute(async (tx) => {
    await enter(tx, here.company.ctx)
    await sql`select id from account where id = ${id} for update`.execute(tx)
    await act()
  })
}

/** Until somebody waits for a lock that another transaction holds: the server process that waits. */
async function whoWaits(): Promise<number> {
  for (;;) {
    const { rows } = await sql<{ pid: number }>`
      select pid from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(database.owner)
    if (rows[0]) return rows[0].pid
    await setTimeout(10)
  }
}

describe('a change with an idempotency key', () => {
  it('is made once, however often it is sent, and answered as it was the first time', async () => {
    const key = once()
    const first = await create('只一次', key)
    expect(first.status).toBe(201)
    expect(first.headers['idempotency-replayed']).toBeUndefined()
    const again = await create('只一次', key)
    expect([again.status, again.body, again.headers['etag']]).toEqual([201, first.body, first.headers['etag']])
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(await countOf('只一次')).toBe(1)
  })

  it('is made again without a key, or with another one', async () => {
    await create('三次', once())
    await create('三次', once())
    await create('三次', {})
    expect(await countOf('三次')).toBe(3)
  })

  it('holds for changes and deletions, whose empty answer is repeated too', async () => {
    const { body } = await create('改一次', {})
    const change = once()
    const first = await office.patch(`/records/account/${body.id}`, { values: { city: '杭州' } }, change)
    expect((await office.patch(`/records/account/${body.id}`, { values: { city: '杭州' } }, change)).body).toEqual(
      first.body,
    )
    const removal = once()
    expect((await office.delete(`/records/account/${body.id}`, undefined, removal)).status).toBe(204)
    const again = await office.delete(`/records/account/${body.id}`, undefined, removal)
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([204, 'true'])
    expect((await office.delete(`/records/account/${body.id}`, undefined, once())).code).toBe('RECORD_NOT_FOUND')
  })

  it('is refused where the same key came with another body or address', async () => {
    const key = once()
    await create('第一个', key)
    expect(await create('第二个', key)).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' })
    const elsewhere = await office.post('/records/task', { values: { name: '第一个' } }, key)
    expect(elsewhere).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' })
    expect(await countOf('第二个')).toBe(0)
  })

  it("is another person's own", async () => {
    const key = once()
    const mine = await create('各自', key)
    const hers = await create('各自', key, as(here.somebody('甲')))
    expect([mine.status, hers.status]).toEqual([201, 201])
    expect(hers.body.id).not.toBe(mine.body.id)
  })

  it('leaves nothing behind when it is refused, so that it can be sent mended', async () => {
    const key = once()
    expect((await office.post('/records/account', { values: {} }, key)).status).toBe(422)
    expect((await create('补好了', key)).status).toBe(201)
  })

  it('is told to wait while the first is under way', async () => {
    const key = once()
    const account = here.records['account']?.甲 ?? ''
    const send = () => office.post('/records/contact', { values: { name: '同时', account } }, key)
    let first: ReturnType<typeof send> | undefined
    await whileHeld(account, async () => {
      first = send()
      await whoWaits()
      const second = await send()
      expect(second).toMatchObject({ status: 409, code: 'IDEMPOTENCY_KEY_BUSY' })
      expect(Number(second.headers['retry-after'])).toBeGreaterThan(0)
    })
    const answer = await first
    expect(answer?.status).toBe(201)
    expect((await send()).body).toEqual(answer?.body)
  })

  it('is either whole or not there when its connection dies in the middle of the act', async () => {
    const key = once()
    const account = here.records['account']?.甲 ?? ''
    const send = () => office.post('/records/contact', { values: { name: '断线', account } }, key)
    let first: ReturnType<typeof send> | undefined
    await whileHeld(account, async () => {
      first = send()
      const pid = await whoWaits()
      await sql`select pg_terminate_backend(${pid})`.execute(database.owner)
      expect((await first)?.status).toBe(503)
    })
    const retried = await send()
    expect([retried.status, retried.headers['idempotency-replayed']]).toEqual([201, undefined])
    const { rows } = await sql`select id from contact where name = '断线'`.execute(database.owner)
    expect(rows).toHaveLength(1)
  })

  it('does not notice that several parts of an act ask at once', async () => {
    const { units } = here.company
    const moved = await office.post('/org/units', { name: '新队', parentId: units['东区'] }, once())
    expect(moved.status).toBeLessThan(300)
    const rows = Array.from({ length: 20 }, (_, at) => ({ values: { name: `一批${at}` } }))
    const key = once()
    const first = await office.post('/records/account/bulk', { act: 'create', rows }, key)
    const again = await office.post('/records/account/bulk', { act: 'create', rows }, key)
    expect(again.body).toEqual(first.body)
    expect(await countOf('一批7')).toBe(1)
  })

  it('is forgotten after a day', async () => {
    const key = once()
    await create('隔天', key)
    await sql`update kept_answer set created_at = now() - interval '25 hours'`.execute(database.owner)
    expect((await create('隔天', key)).headers['idempotency-replayed']).toBeUndefined()
    await sql`update kept_answer set created_at = now() - interval '25 hours'`.execute(database.owner)
    await inStep(here.company.ctx, ({ tx }) => dropOldAnswers(tx, here.company.ctx))
    expect((await sql`select key from kept_answer`.execute(database.owner)).rows).toEqual([])
  })
})

describe('an idempotency key', () => {
  it.each([['空 格'], ['a b'], ['x'.repeat(201)], ['']])('that reads "%.20s" is refused', async (key) => {
    const answer = await create('不行', { 'idempotency-key': Buffer.from(key).toString('latin1') })
    expect(answer).toMatchObject({ status: 400, code: 'IDEMPOTENCY_KEY_INVALID' })
  })

  it('is no matter to what only reads', async () => {
    const key = once()
    expect((await office.post('/records/account/query', {}, key)).status).toBe(200)
    expect((await office.get('/me', key)).headers['idempotency-replayed']).toBeUndefined()
  })

  it('is not taken where a secret is answered, which is kept nowhere', async () => {
    const id = here.people['甲']
    const hook = { name: 'ERP', url: 'https://erp.example', events: ['*'] }
    for (const answer of [
      await office.post(`/org/people/${id}/password`, undefined, once()),
      await office.post(`/sign-in/people/${id}/invitation`, { byMail: false }, once()),
      await office.post('/webhooks', hook, once()),
      await office.post(`/webhooks/${id}/secret`, {}, once()),
    ]) {
      expect(answer).toMatchObject({ status: 400, code: 'IDEMPOTENCY_NOT_HERE' })
    }
  })

  it('is not taken where people change their own way in: refused attempts count there', async () => {
    const change = { current: 'wrong', next: 'long grass 9' }
    expect(await office.post('/me/password', change, once())).toMatchObject({ code: 'IDEMPOTENCY_NOT_HERE' })
    expect((await anybody.post('/auth/sign-in', { identifier: 'a@b.c', password: 'x' }, once())).status).toBe(401)
  })
})
