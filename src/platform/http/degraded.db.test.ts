import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildServer } from '#app/server.ts'
import { connect } from '#platform/db/connect.ts'
import { folderStore, keepContentIn, verifyFiles } from '#platform/files/index.ts'
import { createRecord } from '#platform/records/save.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { testApp, type Answer, type TestClient } from '#testing/test-app.ts'
import { uploadTo } from '#testing/upload.ts'

const { as, database } = await testApp()
const folder = mkdtempSync(join(temporaryFolder(), 'terrace-degraded-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let company: SmallCompany
let client: TestClient

beforeAll(async () => {
  company = await smallCompany(database, { slug: 'degraded' })
  const personId = company.people['甲'] ?? ''
  await sql`update person set role = 'operations' where id = ${personId}`.execute(database.owner)
  client = as({ companyId: company.ctx.company.id, personId })
  await client.get('/me')
})

describe('while the database cannot be reached', () => {
  it('every request is told so, and when to come again; the process is alive and not ready', async () => {
    const { db, close } = connect('postgres://nobody:x@127.0.0.1:9/none')
    const app = await buildServer({
      db,
      log: pino({ level: 'silent' }),
      settings: { publicUrl: null, plainHttp: 'loopback', requestsPerMinute: 3000 },
      webFolder: null,
    })
    const ask = (url: string, language = 'en') =>
      app.inject({ url, headers: { cookie: 'terrace=x', 'accept-language': language } })
    const refused = await ask('/api/v1/me')
    expect(refused.statusCode).toBe(503)
    expect(refused.headers['retry-after']).toBe('5')
    expect(refused.json()).toMatchObject({ code: 'DATABASE_UNAVAILABLE', status: 503 })
    expect((await ask('/api/v1/me', 'zh')).json().title).toMatch(/数据库暂时无法使用/)
    expect((await ask('/healthz')).statusCode).toBe(200)
    expect((await ask('/readyz')).statusCode).toBe(503)
    await app.close()
    await close()
  })

  it('what is under way ends in the same words, and everything goes on by itself', async () => {
    let isOver = false
    const answers: Answer[] = []
    const work = async (nth: number) => {
      for (let turn = 0; !isOver; turn += 1) {
        const values = { name: `Under way ${nth} ${turn}`, code: `W${nth}-${turn}` }
        answers.push(await client.post('/records/account', { values, confirmed: true }))
      }
    }
    const working = Promise.all([1, 2, 3, 4].map(work))
    // As a restart does, again and again: every connection of the app is ended.
    for (let times = 0; times < 15; times += 1) {
      const before = answers.length
      while (answers.length < before + 3) await new Promise((resolve) => setImmediate(resolve))
      await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`.execute(database.owner)
    }
    isOver = true
    await working
    const unexpected = answers.filter(({ status, code }) => status !== 201 && code !== 'DATABASE_UNAVAILABLE')
    expect(unexpected.map(({ status, body }) => [status, body])).toEqual([])
    expect(answers.filter(({ status }) => status === 503).length).toBeGreaterThan(0)
    const { rows } = await sql<{ code: string }>`select code from account where code ~ '^W'`.execute(database.owner)
    const kept = new Set(rows.map((row) => row.code))
    const promised = answers.filter(({ status }) => status === 201).map(({ body }) => String(body.code))
    expect(promised.filter((code) => !kept.has(code))).toEqual([])
    expect((await client.get('/me')).status).toBe(200)
  })
})

describe('while the disk is full', () => {
  it('an upload is refused with the reason and leaves nothing behind; there is room again without a restart', async () => {
    const store = folderStore(folder)
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    const keep = (put: typeof store.put) =>
      keepContentIn({
        store: { ...store, put },
        arrivals: join(folder, 'arriving'),
        mostBytesPerFile: 1e6,
        mostBytes: null,
      })
    const { id } = await createRecord(company.ctx, 'account', { name: '甲方' }, { confirmed: true })
    const path = `/records/account/${id}/files`
    keep(async () => {
      throw full
    })
    const refused = await uploadTo(client, path, 'a.txt', '合同条款')
    expect(refused).toMatchObject({ status: 503, code: 'NO_ROOM_LEFT' })
    expect(refused.headers['retry-after']).toBe('5')
    expect((await client.get(path)).body.files).toEqual([])
    keep(store.put)
    expect((await uploadTo(client, path, 'a.txt', '合同条款')).status).toBe(201)
    expect(await verifyFiles(company.ctx)).toEqual([])
  })

  it('of the database, a save is refused with the reason and others go on reading', async () => {
    await sql`
      create function no_room() returns trigger language plpgsql as $$
      begin raise exception 'could not extend file' using errcode = '53100'; end $$`.execute(database.owner)
    await sql`create trigger full_disk before insert on account execute function no_room()`.execute(database.owner)
    const values = { name: '存不下' }
    expect(await client.post('/records/account', { values })).toMatchObject({ status: 503, code: 'NO_ROOM_LEFT' })
    expect((await client.post('/records/account/query', {})).status).toBe(200)
    await sql`drop trigger full_disk on account`.execute(database.owner)
    expect((await client.post('/records/account', { values })).status).toBe(201)
  })
})
