import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limitCalls } from '#platform/outside/post.ts'
import { testApp } from '#testing/test-app.ts'
import { clockOf, littleDirectory, openOffice, type Office } from '#testing/workplace/office.ts'
import { startWorkplace } from '#testing/workplace/start.ts'

const clock = { day: '2026-06-15' }
const { database, as } = await testApp({ now: clockOf(clock), publicUrl: 'http://localhost' })
let office: Office

beforeAll(async () => {
  limitCalls({ allowsPrivate: true, timeoutMs: 1000 })
  const workplace = await startWorkplace('wecom', littleDirectory('wecom'))
  office = await openOffice({ database, as, clock }, 'links', workplace)
})
afterAll(async () => {
  limitCalls({ allowsPrivate: false, timeoutMs: 10_000 })
  await office.workplace.close()
})

const shown = async () =>
  (await office.client.get('/workplaces')).body.connections.find((one: { brand: string }) => one.brand === 'wecom')
const save = (more: object, version = 0) => {
  const { corpId, appId, secret, server } = office.workplace.app
  const wish = { corpId, appId, secret, server, isSignInOn: false, isSyncOn: false, rootDepartment: null, unitId: null }
  return office.client.put('/workplaces/wecom', { ...wish, role: 'representative', version, ...more })
}
const fieldsOf = ({ body }: { body: any }) => body.errors?.map(({ field }: { field: string }) => field)

describe('a connection', () => {
  it('is looked after by whoever may manage workplaces, and by nobody else', async () => {
    const colleague = office.as(office.company.people['甲'] ?? '')
    const run = '/workplaces/wecom/runs/0198a000-0000-7000-8000-000000000000'
    const answers = [
      await colleague.get('/workplaces'),
      await colleague.delete('/workplaces/wecom'),
      await colleague.post('/workplaces/wecom/test'),
      await colleague.post('/workplaces/wecom/runs', { isPreview: true }),
      await colleague.get('/workplaces/wecom/runs'),
      await colleague.get(run),
    ]
    for (const answer of answers) expect(answer).toMatchObject({ status: 403, code: 'PERMISSION_MISSING' })
    expect(await office.client.get(run)).toMatchObject({ status: 404, code: 'WORKPLACE_RUN_NOT_FOUND' })
  })

  it('is not there before it is saved: nothing is tried, synced or cut', async () => {
    expect(await shown()).toMatchObject({
      isConnected: false,
      version: 0,
      backUrl: 'http://localhost/sign-in/workplace',
    })
    for (const answer of [
      await office.client.post('/workplaces/wecom/test'),
      await office.client.post('/workplaces/wecom/runs', { isPreview: false }),
      await office.client.delete('/workplaces/wecom'),
    ])
      expect(answer).toMatchObject({ status: 404, code: 'WORKPLACE_NOT_CONNECTED' })
  })

  it('names the fields that are wrong', async () => {
    expect(fieldsOf(await save({ corpId: null, secret: undefined }))).toEqual(['corpId', 'secret'])
    expect(fieldsOf(await save({ server: 'https://qy.example/path' }))).toEqual(['server'])
    expect(fieldsOf(await save({ unitId: '0198a000-0000-7000-8000-000000000000' }))).toEqual(['unitId'])
    expect(fieldsOf(await save({ role: 'administrator' }))).toEqual(['role'])
    expect(fieldsOf(await save({ role: 'nobody_knows' }))).toEqual(['role'])
  })

  it('is saved, tried and changed by whoever saw it last', async () => {
    expect((await save({})).body).toMatchObject({ isConnected: true, hasSecret: true, version: 1 })
    const { body } = await office.client.post('/workplaces/wecom/test')
    expect(body).toMatchObject({ isReached: true, departments: 4, people: 5, problem: null })
    expect(body.top.map(({ name }: { name: string }) => name)).toEqual(['星河公司', '华东', '客服'])
    expect((await save({ secret: undefined, isSyncOn: true }, 1)).body).toMatchObject({ isSyncOn: true, version: 2 })
    expect(await save({}, 1)).toMatchObject({ status: 409, code: 'WORKPLACE_CHANGED' })
    expect(await save({}, 0)).toMatchObject({ status: 409, code: 'WORKPLACE_CHANGED' })
  })

  it('sends a kept secret to no other server', async () => {
    const elsewhere = { server: 'https://elsewhere.example', secret: undefined }
    expect(fieldsOf(await save(elsewhere, 2))).toEqual(['secret'])
  })

  it('says what is wrong when it is tried, with what the brand said', async () => {
    expect((await save({ secret: 'wrong' }, 2)).status).toBe(200)
    const { body } = await office.client.post('/workplaces/wecom/test')
    expect(body).toMatchObject({ isReached: false, problem: { en: expect.stringContaining('secret') } })
    expect(body.detail).toContain('40001')
    expect((await save({}, 3)).status).toBe(200)
  })

  it('keeps its secret where nobody reads it', async () => {
    expect((await office.sync()).run.state).toBe('done')
    const { secret } = office.workplace.app
    const { rows: tables } = await sql<{ name: string }>`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname in ('public', 'graphile_worker')`.execute(database.owner)
    for (const { name } of tables) {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from ${sql.table(name)} t where position(${secret} in t::text) > 0`.execute(
        database.owner,
      )
      expect([name, rows[0]?.count]).toEqual([name, 0])
    }
    for (const path of ['/workplaces', '/workplaces/wecom/runs', '/audit'])
      expect(JSON.stringify((await office.client.get(path)).body)).not.toContain(secret)
  })

  it('leaves people and units where they are when it is cut, and knows them again when it is back', async () => {
    const before = [await office.standing(), await office.tree()]
    const { body: asked } = await office.client.post('/workplaces/wecom/runs', { isPreview: false })
    expect((await office.client.delete('/workplaces/wecom')).status).toBe(204)
    await office.workOff()
    const { run } = (await office.client.get(`/workplaces/wecom/runs/${asked.id}`)).body
    expect(run).toMatchObject({ state: 'failed', problem: { en: 'It was disconnected' } })
    expect([await office.standing(), await office.tree()]).toEqual(before)
    expect(await shown()).toMatchObject({ isConnected: false, hasSecret: false, isSyncOn: false })
    expect(fieldsOf(await save({ secret: undefined }, (await shown()).version))).toEqual(['secret'])

    await office.connect()
    expect((await office.sync()).changes).toEqual([])
  })

  it('to another company there knows nobody of the one before', async () => {
    await office.connect({ corpId: 'wwanother' })
    expect(await shown()).toMatchObject({ linkedPeople: 0, linkedUnits: 0 })
  })
})
