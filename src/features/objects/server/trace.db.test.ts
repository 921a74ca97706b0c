import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { createKey } from '#platform/auth/key-store.ts'
import { runBulk } from '#platform/bulk/run-bulk.ts'
import { undoOperation } from '#platform/records/undo-operation.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { populated, type Populated } from '#testing/walk/populated.ts'

const { database, as, anybody } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
const both = (zh: string) => ({ zh, en: zh })
let here: Populated
let office: TestClient
let rep: TestClient

beforeAll(async () => {
  here = await populated(database, 'here', as)
  office = as(here.somebody('管'))
  rep = as(here.somebody('甲'))
})

const make = async (values: Record<string, unknown>, object = 'account') =>
  (await rep.post(`/records/${object}`, { values })).body

const change = async (id: string, values: Record<string, unknown>, client = rep, object = 'account') =>
  (await client.patch(`/records/${object}/${id}`, { values })).body

const historyOf = async (id: string, client = rep, object = 'account') =>
  (await client.get(`/records/${object}/${id}/history`)).body.entries as readonly any[]

const undo = async (id: string, body: Record<string, unknown> = {}, object = 'account', at = 0) =>
  rep.post(`/records/${object}/${id}/history/${(await historyOf(id, rep, object))[at].id}/undo`, body)

describe('undoing one change of a record', () => {
  it('sets its fields back, as a change like every other', async () => {
    const { id } = await make({ name: '旧名', city: '杭州', annualRevenue: '100.50' })
    await change(id, { name: '新名', annualRevenue: '200.00' })
    await change(id, { note: '别的' })
    const back = await undo(id, {}, 'account', 1)
    expect(back.body).toMatchObject({ name: '旧名', annualRevenue: '100.5', city: '杭州', note: '别的', version: 4 })
    const [entry] = await historyOf(id)
    expect(entry).toMatchObject({ action: 'updated', kind: 'record.undo', via: 'page', personName: '甲', run: null })
    expect(entry.before).toEqual({ name: '新名', annualRevenue: '200' })
    expect((await undo(id)).body.name).toBe('新名')
  })

  it('shows what stands there where a field has changed again, and does what is then chosen', async () => {
    const { id } = await make({ name: '一', city: '杭州' })
    await change(id, { name: '二', city: '宁波' })
    const { version } = await change(id, { name: '三' }, office)
    const refused = await undo(id, {}, 'account', 1)
    expect([refused.status, refused.code]).toEqual([409, 'CHANGE_OVERTAKEN'])
    expect(refused.body.details).toEqual({ version, fields: [{ field: 'name', before: '一', after: '二', now: '三' }] })
    const stale = await undo(id, { version: version - 1, fields: ['city'] }, 'account', 1)
    expect(stale.code).toBe('RECORD_CHANGED')
    const chosen = await undo(id, { version, fields: ['city'] }, 'account', 1)
    expect(chosen.body).toMatchObject({ name: '三', city: '杭州' })
    expect((await undo(id, { fields: ['name'] }, 'account', 2)).body.name).toBe('一')
  })

  it('is refused where a unique value stands elsewhere by now', async () => {
    const { id } = await make({ name: '编号', code: 'X1' })
    await change(id, { code: 'X2' })
    await make({ name: '另一个', code: 'X1' })
    const refused = await undo(id)
    expect([refused.code, refused.body.errors[0].field]).toEqual(['RECORD_INVALID', 'code'])
    expect((await undo(id, {}, 'account', 1)).code).toBe('CHANGE_NOT_FOUND')
  })

  it('is refused by rules that the company made since', async () => {
    const { id } = await make({ name: '规则', city: '喀什' })
    await change(id, { city: '杭州' })
    const refuses = { field: 'city', op: 'eq', value: '喀什' }
    const rules = [{ name: both('不去'), refuses, message: both('喀什不送货'), field: 'city' }]
    expect((await office.put('/shape/objects/account/setup', { rules })).status).toBe(200)
    const refused = await undo(id)
    expect([refused.code, refused.body.errors[0].field]).toEqual(['RECORD_INVALID', 'city'])
    await office.put('/shape/objects/account/setup', { rules: [] })
    expect((await undo(id)).body.city).toBe('喀什')
  })

  it('warns where the record may be there already, until that is meant', async () => {
    const { id } = await make({ name: '重名农场有限公司' })
    await change(id, { name: '改名牧场有限公司' })
    await make({ name: '重名农场有限公司' })
    const warned = await undo(id)
    expect([warned.code, warned.body.details.canConfirm]).toEqual(['RECORD_DUPLICATE', true])
    expect((await undo(id, { confirmed: true })).body.name).toBe('重名农场有限公司')
  })

  it('reopens a deal with everything that winning it had set', async () => {
    const { stages } = here.company
    const { id } = await make({ name: '商机', stage: stages['Proposal'], amount: '5' }, 'opportunity')
    await change(id, { stage: stages['Won'] }, rep, 'opportunity')
    const back = (await undo(id, {}, 'opportunity')).body
    expect(back).toMatchObject({ stage: stages['Proposal'], status: 'open', closedOn: null })
  })

  it('is for those who reach the record', async () => {
    const { id } = await make({ name: '我的' })
    await change(id, { name: '改' })
    const [entry] = await historyOf(id)
    const other = as(here.somebody('丙'))
    expect((await other.post(`/records/account/${id}/history/${entry.id}/undo`, {})).status).toBe(404)
  })
})

describe('the history of a record', () => {
  it('tells what came by an API key', async () => {
    const { id } = await make({ name: '接口' })
    const { secret: key } = await createKey(database.db, {
      ...here.somebody('甲'),
      name: '程序',
      scopes: ['write'],
      expiresAt: null,
    })
    await anybody.patch(`/records/account/${id}`, { values: { city: '苏州' } }, { authorization: `Bearer ${key}` })
    expect((await historyOf(id)).map(({ kind, via }) => [kind, via])).toEqual([
      ['record.update', 'key'],
      ['record.create', 'page'],
    ])
  })

  it('leads to the operation over many records, whose undo takes all of it back', async () => {
    const [one, other] = [await make({ name: '批一' }), await make({ name: '批二' })]
    const run = (await rep.post('/records/account/bulk', { ids: [one.id, other.id], values: { city: '无锡' } })).body
    await runBulk(here.company.as('甲', 'representative'), run.id)
    const [entry] = await historyOf(one.id)
    expect(entry).toMatchObject({ kind: 'bulk.update', run: { kind: 'bulk', id: run.id } })
    const { operationId } = entry.run
    const operation = (await rep.get(`/operations/${operationId}`)).body
    expect(operation).toMatchObject({ personName: '甲', records: 2, undo: null, run: { kind: 'bulk', id: run.id } })

    expect((await historyOf(one.id, as(here.somebody('乙'))))[0]?.run).toBeNull()
    expect((await as(here.somebody('乙')).get(`/operations/${operationId}`)).code).toBe('OPERATION_NOT_FOUND')
    expect((await as(here.somebody('乙')).post(`/operations/${operationId}/undo`)).status).toBe(404)

    const asked = await rep.post(`/operations/${operationId}/undo`)
    expect(asked.body.undo.state).toBe('queued')
    expect((await rep.get(`/operations/${operationId}/undo`)).body).toEqual({ undo: asked.body.undo, skipped: [] })
    expect((await as(here.somebody('乙')).get(`/operations/${operationId}/undo`)).status).toBe(404)
    await undoOperation(here.company.as('甲', 'representative'), operationId)
    expect((await rep.get(`/operations/${operationId}`)).body.undo).toMatchObject({ state: 'done', restored: 2 })
    const [undone] = await historyOf(other.id)
    expect(undone).toMatchObject({ kind: 'undo', run: { kind: 'bulk', id: run.id, operationId } })
  })

  it('tells that there is more than the newest 200 changes', async () => {
    const { id } = await make({ name: '常改' })
    const ask = async () => (await rep.get(`/records/account/${id}/history`)).body
    const add = (count: number) =>
      sql`
        insert into audit_entry (company_id, id, operation_id, step_id, at, person_id, object, record_id, action, before, after)
        select company_id, gen_random_uuid(), operation_id, step_id, at, person_id, object, record_id, 'updated', before, after
        from audit_entry, generate_series(1, ${count}::int) where record_id = ${id} and action = 'created'`.execute(
        database.owner,
      )
    await add(199)
    expect([(await ask()).entries.length, (await ask()).hasMore]).toEqual([200, false])
    await add(1)
    expect([(await ask()).entries.length, (await ask()).hasMore]).toEqual([200, true])
  })

  it('knows nothing of operations of before', async () => {
    const { id } = await make({ name: '从前' })
    await sql`update operation set via = null`.execute(database.owner)
    expect((await historyOf(id))[0]).toMatchObject({ kind: 'record.create', via: null, run: null })
  })
})
