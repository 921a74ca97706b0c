import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { verifyLedger } from '#platform/ledger/index.ts'
import { undoOperation } from '#platform/records/undo-operation.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { populated, type Populated } from '#testing/walk/populated.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let here: Populated
let office: TestClient

beforeAll(async () => {
  here = await populated(database, 'here', as)
  office = as(here.somebody('管'))
})

const send = (object: string, body: object, client = office) => client.post(`/records/${object}/bulk`, body)

async function namesWith(start: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from account where starts_with(name, ${start}) and deleted_at is null order by code, name`.execute(
    database.owner,
  )
  return rows.map(({ name }) => name)
}

const accounts = (start: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({ values: { name: `${start}${at}`, code: `${start}-${at}` } }))

describe('rows in bulk', () => {
  it('are made by the thousand, answered in their order, and undone as one', async () => {
    const rows = accounts('批', 5000)
    const startedAt = Date.now()
    const { status, body } = await send('account', { act: 'create', rows })
    console.log(`5,000 accounts made in ${Date.now() - startedAt} ms`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ act: 'create', state: 'done', rowsTotal: 5000, changed: 5000, refused: 0 })
    expect(body.rows).toHaveLength(5000)
    const { rows: stored } = await sql<{ id: string; name: string }>`
      select id, name from account where starts_with(name, '批')`.execute(database.owner)
    const byId = new Map(stored.map(({ id, name }) => [id, name]))
    expect(byId.get(body.rows[0].id)).toBe('批0')
    expect(byId.get(body.rows[4999].id)).toBe('批4999')
    expect((await office.get(`/bulk/${body.id}`)).body.changed).toBe(5000)
    expect((await office.post(`/bulk/${body.id}/undo`)).status).toBe(200)
    await undoOperation(here.company.ctx, body.operationId)
    expect(await namesWith('批')).toEqual([])
  }, 60_000)

  it('that are not valid write nothing, and the others stand', async () => {
    const rows = [
      { values: { name: '好的' } },
      { values: { name: '' } },
      { values: { name: '也好', annualRevenue: 'x' } },
    ]
    const { body } = await send('account', { act: 'create', rows })
    expect(body.rows.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, false, false])
    expect(body.rows[1].errors[0]).toMatchObject({ field: 'name', code: 'required', message: 'Required' })
    expect(body.rows[2].errors[0].field).toBe('annualRevenue')
    expect(body).toMatchObject({ changed: 1, refused: 2 })
    expect(await namesWith('也好')).toEqual([])
  })

  it('stand or fall together where that is asked', async () => {
    const rows = [...accounts('整', 3), { values: { name: '' } }]
    const refused = await send('account', { act: 'create', rows, atomic: true })
    expect(refused).toMatchObject({ status: 422, code: 'BULK_REFUSED_WHOLE' })
    expect(refused.body.errors).toMatchObject([{ field: 'rows.3.name', code: 'required' }])
    expect(await namesWith('整')).toEqual([])
    expect((await send('account', { act: 'create', rows: rows.slice(0, 3), atomic: true })).status).toBe(200)
    expect(await namesWith('整')).toHaveLength(3)
  })

  it('are recognised by a unique field: made where new, changed where known', async () => {
    await send('account', { act: 'create', rows: accounts('认', 2) })
    const rows = [
      { values: { code: '认-1', name: '认1改' } },
      { values: { code: '认-2', name: '认2' } },
      { values: { code: '认-0', name: '认0' } },
      { values: { code: '认-2', name: '又一次' } },
      { values: { name: '认没有编号' } },
    ]
    const { body } = await send('account', { act: 'upsert', by: 'code', rows })
    expect(
      body.rows.map((row: { action?: string; errors?: { code: string }[] }) => row.action ?? row.errors?.[0]?.code),
    ).toEqual(['updated', 'created', 'unchanged', 'twice', 'required'])
    expect(await namesWith('认')).toEqual(['认0', '认1改', '认2'])
    expect(await send('account', { act: 'upsert', by: 'city', rows })).toMatchObject({ status: 400 })
    expect(await send('account', { act: 'upsert', rows })).toMatchObject({ status: 400 })
  })

  it('change records by id or unique field, only in the version that was seen, and only in reach', async () => {
    const { body: made } = await send('account', { act: 'create', rows: accounts('改', 3) })
    const [one, two] = made.rows
    const hidden = here.records['account']?.丁
    const rows = [
      { id: one.id, version: 1, values: { city: '杭州' } },
      { id: two.id, version: 7, values: { city: '杭州' } },
      { values: { code: '改-2', city: '杭州' } },
      { values: { code: '没有', city: '杭州' } },
      { id: one.id, values: { city: '苏州' } },
    ]
    const { body } = await send('account', { act: 'update', by: 'code', rows })
    expect(
      body.rows.map((row: { ok: boolean; errors?: { code: string }[] }) => row.errors?.[0]?.code ?? row.ok),
    ).toEqual([true, 'changed', true, 'notFound', 'twice'])
    const refused = await office.get(`/bulk/${body.id}/refused`)
    expect(refused.body.rows.map(({ recordId }: { recordId: string }) => recordId)).toContain(two.id)
    const { body: mine } = await send(
      'account',
      { act: 'update', rows: [{ id: hidden, values: { city: '看不到' } }] },
      as(here.somebody('甲')),
    )
    expect(mine.rows[0]).toMatchObject({ ok: false, errors: [{ code: 'notFound' }] })
  })

  it('tell no more of a record out of reach than that its unique value is taken', async () => {
    const hidden = here.records['account']?.丁
    await send('account', { act: 'update', rows: [{ id: hidden, values: { code: '藏-1' } }] })
    const her = as(here.somebody('甲'))
    const rows = [{ values: { code: '藏-1', city: '看不到' } }, { values: { code: '藏-1', city: '再来' } }]
    const told = async (act: string) => {
      const { body } = await send('account', { act, by: 'code', rows }, her)
      const { body: refused } = await her.get(`/bulk/${body.id}/refused`)
      expect(JSON.stringify([body, refused])).not.toContain(hidden)
      return body.rows.map((row: { errors: { field: string; code: string }[] }) =>
        row.errors.map(({ field, code }) => `${field} ${code}`),
      )
    }
    expect(await told('upsert')).toEqual([['code taken'], ['code twice']])
    expect(await told('update')).toEqual([['code notFound'], ['code twice']])
  })

  it('are deleted unless others refer to them', async () => {
    const { body: made } = await send('account', { act: 'create', rows: accounts('删', 2) })
    const used = here.records['account']?.甲
    const rows = [{ id: made.rows[0].id }, { id: used }, { id: made.rows[1].id, version: 9 }]
    const { body } = await send('account', { act: 'delete', rows })
    expect(
      body.rows.map((row: { action?: string; errors?: { code: string }[] }) => row.action ?? row.errors?.[0]?.code),
    ).toEqual(['deleted', 'RECORD_IN_USE', 'changed'])
    expect(await namesWith('删')).toEqual(['删1'])
  })

  it('go the one way in: rules of the room, ledger and history', async () => {
    const { stages } = here.company
    const deal = (at: number) => ({
      values: {
        name: `大单${at}`,
        stage: stages['Won'],
        amount: '10',
        closedOn: '2026-03-05',
        ownerId: here.people.甲,
      },
    })
    const { body } = await send('opportunity', { act: 'create', rows: Array.from({ length: 30 }, (_, at) => deal(at)) })
    expect(body.changed).toBe(30)
    expect(await verifyLedger(here.company.ctx)).toMatchObject([])
    const { entries } = (await office.get(`/records/opportunity/${body.rows[3].id}/history`)).body
    expect(entries[0]).toMatchObject({ kind: 'bulk.create', run: { kind: 'bulk', id: body.id } })
  })

  it('need the right to do with the object what is asked', async () => {
    const rows = [{ values: { name: '阶段' } }]
    expect(await send('stage', { act: 'create', rows }, as(here.somebody('甲')))).toMatchObject({
      status: 403,
      code: 'ACTION_NOT_ALLOWED',
    })
  })

  it('are 5,000 at most', async () => {
    const answer = await send('account', { act: 'create', rows: accounts('多', 5001) })
    expect(answer).toMatchObject({ status: 400, code: 'INPUT_INVALID' })
    expect(answer.body.errors).toMatchObject([{ field: 'rows', code: 'too_big' }])
  })
})
