import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { sql } from 'kysely'
import { connect } from '#platform/db/connect.ts'
import { migrate } from '#platform/db/migrate.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { databaseWithStandby } from '#testing/standby.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { followReplica, type Replica } from './replica.ts'

const pair = await databaseWithStandby()
await migrate(pair.primary.ownerUrl, 'migrations')
const owner = connect(pair.primary.ownerUrl, { max: 2 })
/** Two app processes on one database, each with a pool and a replica of its own. */
const one = await processOf()
const other = await processOf()
afterAll(async () => {
  for (const { replica, connection } of [one, other]) {
    await replica.stop()
    await connection.close()
  }
  await owner.close()
  await pair.stop()
})

async function processOf() {
  const connection = connect(pair.primary.appUrl)
  const database = {
    db: connection.db,
    owner: owner.db,
    appUrl: pair.primary.appUrl,
    appRole: null,
    ownerUrl: pair.primary.ownerUrl,
  }
  const from = { replica: 0, primary: 0 }
  const replica: Replica = await followReplica({
    primary: connection.db,
    url: pair.standby.appUrl,
    log: pino({ level: 'silent' }),
    mostLag: 2,
    everyMs: 20,
    onRead: (place) => void (from[place] += 1),
  })
  const { as } = await testApp({ database })
  return { connection, database, replica, from, as }
}

let company: SmallCompany
let writer: TestClient
let reader: TestClient
let writerElsewhere: TestClient

beforeAll(async () => {
  company = await smallCompany(one.database, { slug: 'pair' })
  const idOf = (name: string) => company.people[name] ?? ''
  for (const name of ['甲', '乙']) {
    await sql`update person set role = 'director' where id = ${idOf(name)}`.execute(owner.db)
  }
  const as = (app: typeof one, name: string) => app.as({ companyId: company.ctx.company.id, personId: idOf(name) })
  writer = as(one, '甲')
  writerElsewhere = as(other, '甲')
  reader = as(one, '乙')
  await caughtUp()
})

const caughtUp = () => vi.waitFor(() => expect(one.replica.lag()).toBe(0), { timeout: 10_000 })

const namesSeenBy = async (client: TestClient, headers: Record<string, string> = {}) => {
  const { body } = await client.post('/records/account/query', { limit: 200 }, headers)
  return (body.rows as { name: string }[]).map((row) => row.name)
}
const create = (name: string) => writer.post('/records/account', { values: { name }, confirmed: true })

describe('a replica', () => {
  it('serves the reads of people, and none of their writes', async () => {
    const before = one.from.replica
    await create('华东机械')
    await vi.waitFor(async () => expect(await namesSeenBy(reader)).toContain('华东机械'))
    expect(one.from.replica).toBeGreaterThan(before)
  })

  it('that stands still hides nothing from whoever wrote it, in whichever process they ask', async () => {
    await caughtUp()
    await pair.standby.holdStill()
    try {
      const written = await create('停住时写的')
      expect(written.status).toBe(201)
      const cookie = String(written.headers['set-cookie']).split(';')[0] ?? ''
      expect(cookie).toMatch(/^terrace-position=/)
      // Somebody else reads the copy, and is a moment behind.
      expect(await namesSeenBy(reader)).not.toContain('停住时写的')
      expect(await namesSeenBy(writer)).toContain('停住时写的')
      expect((await writer.get(`/records/account/${written.body.id}`)).status).toBe(200)
      // The other process did not see the write; the caller remembers it.
      const position = String(written.headers['terrace-position'])
      expect(await namesSeenBy(writerElsewhere)).not.toContain('停住时写的')
      expect(await namesSeenBy(writerElsewhere, { 'terrace-position': position })).toContain('停住时写的')
    } finally {
      await pair.standby.goOn()
    }
    await vi.waitFor(async () => expect(await namesSeenBy(reader)).toContain('停住时写的'))
  })

  it('never shows the company as it was before its organisation or its objects were changed', async () => {
    await caughtUp()
    const namesInTree = async () => JSON.stringify((await reader.get('/org/tree')).body)
    await namesInTree()
    await pair.standby.holdStill()
    try {
      const unit = company.units['东一队'] ?? ''
      await sql`update unit set name = '改名的队' where id = ${unit}`.execute(owner.db)
      await sql`update company set org_version = org_version + 1 where id = ${company.ctx.company.id}`.execute(owner.db)
      expect(await namesInTree()).toContain('改名的队')
    } finally {
      await pair.standby.goOn()
    }
  })

  it('that lags too far behind is not read from', async () => {
    await caughtUp()
    await pair.standby.holdStill()
    try {
      await create('落后很久')
      expect(await namesSeenBy(reader)).not.toContain('落后很久')
      await vi.waitFor(async () => expect(await namesSeenBy(reader)).toContain('落后很久'), { timeout: 10_000 })
      expect(one.replica.lag()).toBeGreaterThan(2)
    } finally {
      await pair.standby.goOn()
    }
  })

  it('that goes away takes no read with it, and is used again when it is back', async () => {
    await caughtUp()
    await pair.standby.kill()
    // Nobody waits until it is noticed.
    expect(await namesSeenBy(reader)).toContain('华东机械')
    await create('副本不在时写的')
    expect(await namesSeenBy(reader)).toContain('副本不在时写的')
    await vi.waitFor(() => expect(one.replica.lag()).toBeUndefined())
    await pair.standby.start()
    await caughtUp()
    const before = one.from.replica
    expect(await namesSeenBy(reader)).toContain('副本不在时写的')
    expect(one.from.replica).toBeGreaterThan(before)
  })

  it('of a database that follows no other is none', async () => {
    const connection = connect(pair.primary.appUrl, { max: 2 })
    const replica = await followReplica({
      primary: connection.db,
      url: pair.primary.appUrl,
      log: pino({ level: 'silent' }),
      mostLag: 2,
    })
    expect(replica.lag()).toBeUndefined()
    await replica.stop()
    await connection.close()
  })
})
