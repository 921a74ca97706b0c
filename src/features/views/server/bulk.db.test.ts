import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { runBulk } from '#platform/bulk/run-bulk.ts'
import { beforeDeletingMany, prepareBulk, resumeBulk, type BulkRequest } from '#platform/bulk/start-bulk.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { verifyLedger } from '#platform/ledger/index.ts'
import { undoOperation } from '#platform/records/undo-operation.ts'
import { createRecord, saveMany, updateRecord } from '#platform/records/save.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let companies = 0

interface House extends SmallCompany {
  readonly admin: TestClient
  readonly boss: Ctx
}

/** A small company with 甲 as representative, 乙 as manager and 丁 as administrator. */
async function house(): Promise<House> {
  const company = await smallCompany(database, { slug: `bulk${(companies += 1)}` })
  const roles = { 甲: 'representative', 乙: 'manager', 丙: 'representative', 丁: 'administrator' }
  for (const [name, role] of Object.entries(roles)) {
    await sql`update person set role = ${role} where id = ${company.people[name]}`.execute(database.owner)
  }
  const admin = as({ companyId: company.ctx.company.id, personId: company.people['丁'] ?? '' })
  return { ...company, admin, boss: company.as('丁', 'administrator') }
}

/** Contacts of 甲, of which no figure is made. */
async function contacts({ ctx, people }: SmallCompany, count: number): Promise<void> {
  const object = ctx.company.catalogue.get('contact')
  for (let at = 0; at < count; at += 500) {
    const values = (place: number) => ({ name: `联系人${at + place}`, ownerId: people['甲'] })
    const rows = Array.from({ length: 500 }, (_, place) => ({ values: values(place) }))
    await inStep(ctx, (step) => saveMany(step, object, rows))
  }
}

/** Won deals of 甲, each worth 1. */
async function deals({ ctx, people, stages }: SmallCompany, count: number): Promise<readonly string[]> {
  const object = ctx.company.catalogue.get('opportunity')
  const ids: string[] = []
  for (let at = 0; at < count; at += 1000) {
    const rows = Array.from({ length: Math.min(1000, count - at) }, (_, place) => ({
      values: {
        name: `单${at + place}`,
        stage: stages['Won'],
        amount: '1',
        closedOn: '2026-03-05',
        ownerId: people['甲'],
      },
    }))
    const results = await inStep(ctx, (step) => saveMany(step, object, rows))
    ids.push(...results.flatMap((result) => (result.ok ? [result.id] : [])))
  }
  return ids
}

async function numbers(ctx: Ctx, query: ReturnType<typeof sql<Record<string, number>>>) {
  return (await inView(ctx, (tx) => query.execute(tx))).rows[0]
}

const ownedBy = (ctx: Ctx, personId: string | undefined, table = 'opportunity') =>
  numbers(
    ctx,
    sql`select count(*)::int as n from ${sql.table(table)} where owner_id = ${personId} and deleted_at is null`,
  )

/** Objects whose statistics a job is to bring up to date, since the last time that this was asked. */
async function statisticsAsked(): Promise<readonly unknown[]> {
  const { rows } = await sql<{ payload: { object: string } }>`
    delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
    where t.id = j.task_id and t.identifier = 'records.statistics' returning j.payload`.execute(database.owner)
  return rows.map(({ payload }) => payload.object)
}

const everything = { filter: { and: [] } }

async function asked(ctx: Ctx, request: Partial<BulkRequest>): Promise<string> {
  return (await prepareBulk(ctx, { object: 'opportunity', which: everything, act: { values: {} }, ...request })).id
}

describe('a bulk edit', () => {
  it('transfers thousands of records as one operation that is undone as one', async () => {
    const here = await house()
    const { ctx, boss, people, admin } = here
    await contacts(here, 2_500)
    const id = await asked(boss, { object: 'contact', act: { values: { ownerId: people['乙'] } } })
    let portions = 0
    const done = await runBulk(boss, id, { onPortion: () => void (portions += 1) })
    expect(done).toMatchObject({ state: 'done', rowsTotal: 2_500, changed: 2_500, unchanged: 0, refused: 0 })
    expect(portions).toBe(5)
    expect(await ownedBy(ctx, people['乙'], 'contact')).toEqual({ n: 2_500 })
    const operations = sql<Record<string, number>>`
      select count(distinct operation_id)::int as operations, count(*)::int as entries from audit_entry
      where object = 'contact' and action = 'updated'`
    expect(await numbers(ctx, operations)).toEqual({ operations: 1, entries: 2_500 })
    expect(await numbers(ctx, sql`select count(*)::int as n from bulk_row`)).toEqual({ n: 0 })
    expect(await statisticsAsked()).toEqual(['contact'])

    expect((await admin.post(`/bulk/${id}/undo`)).body).toMatchObject({
      undo: { state: 'queued', changesTotal: 2_500 },
    })
    await undoOperation(boss, done?.operationId ?? '')
    expect((await admin.get(`/bulk/${id}`)).body).toMatchObject({
      undo: { state: 'done', restored: 2_500, skipped: 0 },
    })
    expect(await ownedBy(ctx, people['甲'], 'contact')).toEqual({ n: 2_500 })
    expect(await statisticsAsked()).toEqual(['contact'])
  }, 240_000)

  it('goes on where it was interrupted and changes nothing twice', async () => {
    const here = await house()
    const { ctx, boss, people } = here
    await deals(here, 1200)
    const id = await asked(boss, { act: { values: { ownerId: people['丙'] } } })
    const crash = Object.assign(new Error('the power went out'), { code: 'ECONNRESET' })
    const crashing = runBulk(boss, id, {
      onPortion: () => {
        throw crash
      },
    })
    await expect(crashing).rejects.toBe(crash)
    expect(await ownedBy(ctx, people['丙'])).toEqual({ n: 500 })
    await resumeBulk(ctx)
    expect(await runBulk(boss, id)).toMatchObject({ state: 'done', changed: 1200 })
    expect(await runBulk(boss, id)).toMatchObject({ state: 'done', changed: 1200 })
    const versions = sql<Record<string, number>>`select min(version) as least, max(version) as most from opportunity`
    expect(await numbers(ctx, versions)).toEqual({ least: 2, most: 2 })
    expect(await verifyLedger(ctx)).toEqual([])
  }, 60_000)

  it('stops when asked, and what it did can be undone', async () => {
    const here = await house()
    const { ctx, boss, people, admin } = here
    await deals(here, 1200)
    const id = await asked(boss, { act: { values: { ownerId: people['丙'] } } })
    let stopping: Promise<unknown> | undefined
    const ended = await runBulk(boss, id, { onPortion: () => (stopping ??= admin.post(`/bulk/${id}/cancel`)) })
    await stopping
    expect(ended?.state).toBe('cancelled')
    expect(ended?.changed).toBeLessThan(1200)
    expect(await ownedBy(ctx, people['丙'])).toEqual({ n: ended?.changed })
    expect((await admin.post(`/bulk/${id}/cancel`)).code).toBe('BULK_NOT_RUNNING')
    await admin.post(`/bulk/${id}/undo`)
    await undoOperation(boss, ended?.operationId ?? '')
    expect(await ownedBy(ctx, people['甲'])).toEqual({ n: 1200 })
    expect(await verifyLedger(ctx)).toEqual([])
  }, 60_000)

  it('changes the records that were meant when it was asked for, whatever matches later', async () => {
    const here = await house()
    const { ctx, boss, people } = here
    const [first] = await deals(here, 3)
    const filter = { field: 'ownerId', op: 'eq', value: people['甲'] ?? '' } as const
    const id = await asked(boss, { which: { filter }, act: { values: { ownerId: people['乙'] } } })
    await deals(here, 2)
    await updateRecord(ctx, 'opportunity', first ?? '', { values: { note: '改' } })
    expect(await runBulk(boss, id)).toMatchObject({ rowsTotal: 3, changed: 3 })
    expect(await ownedBy(ctx, people['甲'])).toEqual({ n: 2 })
  })

  it('tells nothing of what it left to those who do not reach it any more', async () => {
    const here = await house()
    const [first = '', second = ''] = await deals(here, 2)
    const manager = here.as('乙', 'manager')
    const id = await asked(manager, { which: { ids: [first, second] }, act: { values: { note: '批量' } } })
    const done = await runBulk(manager, id)
    expect(done).toMatchObject({ changed: 2 })
    await updateRecord(here.boss, 'opportunity', second, { values: { ownerId: here.people['丁'], note: '秘密' } })
    const client = as({ companyId: here.ctx.company.id, personId: here.people['乙'] ?? '' })
    await client.post(`/bulk/${id}/undo`)
    await undoOperation(manager, done?.operationId ?? '')
    const { skipped } = (await client.get(`/operations/${done?.operationId}/undo`)).body
    expect(skipped).toMatchObject([{ id: second, title: null, faults: [{ field: '', code: 'outOfReach' }] }])
    expect(JSON.stringify(skipped)).not.toContain('丁')
  })

  it('leaves a record that somebody changed since when it is undone, and says which', async () => {
    const here = await house()
    const { ctx, boss, people, admin } = here
    const [first = '', second = ''] = await deals(here, 2)
    const id = await asked(boss, { which: { ids: [first, second] }, act: { values: { ownerId: people['乙'] } } })
    const done = await runBulk(boss, id)
    await updateRecord(here.as('乙', 'manager'), 'opportunity', second, {
      values: { ownerId: people['乙'], note: '我的' },
    })
    await admin.post(`/bulk/${id}/undo`)
    await undoOperation(boss, done?.operationId ?? '')
    const { body } = await admin.get(`/bulk/${id}`)
    expect(body.undo).toMatchObject({ state: 'done', restored: 1, skipped: 1 })
    const { skipped } = (await admin.get(`/operations/${body.operationId}/undo`)).body
    expect(skipped).toMatchObject([{ object: 'opportunity', id: second, title: '单1', faults: [{ code: 'changedSince', message: expect.stringContaining('乙') }] }]) // prettier-ignore
    expect(await ownedBy(ctx, people['乙'])).toEqual({ n: 1 })
    expect(await verifyLedger(ctx)).toEqual([])
  })

  it('lists what was refused and why, and changes the rest', async () => {
    const here = await house()
    const { ctx, boss, admin } = here
    const order = async (code: string) => {
      const row = await createRecord(ctx, 'order', {
        code,
        amount: '100',
        orderedOn: '2026-03-01',
        status: 'confirmed',
      })
      return row.id
    }
    const [paid, free] = [await order('有回款'), await order('无回款')]
    await createRecord(ctx, 'payment', { order: paid, amount: '5', receivedOn: '2026-03-02' })
    const id = await asked(boss, { object: 'order', which: { ids: [paid, free] }, act: { delete: true } })
    expect(await runBulk(boss, id)).toMatchObject({ state: 'done', changed: 1, refused: 1 })
    const { rows } = (await admin.get(`/bulk/${id}/refused`)).body
    expect(rows).toMatchObject([{ recordId: paid, title: '有回款', faults: [{ code: 'RECORD_IN_USE' }] }])
    expect((await admin.get(`/records/order/${free}`)).status).toBe(404)
    const twice = await asked(boss, { object: 'order', which: { ids: [paid] }, act: { values: { code: '无回款' } } })
    expect(await runBulk(boss, twice)).toMatchObject({ changed: 1, refused: 0 })
  })
})

describe('deleting many records with what is a part of them', () => {
  it('shows what goes along, takes that along, leaves what has more by now, and brings all of it back', async () => {
    const here = await house()
    const { ctx, boss, admin, people } = here
    const make = async (object: string, values: Record<string, unknown>) =>
      (await createRecord(ctx, object, { ownerId: people['甲'], ...values })).id
    const [one, two, bare, named] = [
      await make('account', { name: '一' }),
      await make('account', { name: '二' }),
      await make('account', { name: '无' }),
      await make('account', { name: '母' }),
    ]
    const contact = await make('contact', { name: '王', account: one })
    const order = await make('order', { code: 'O1', account: one, amount: '5', orderedOn: '2026-03-01' })
    await make('payment', { order, amount: '5', receivedOn: '2026-03-02' })
    await make('contact', { name: '李', account: two })
    await make('account', { name: '女', parent: named })
    const ids = [one, two, bare, named]
    const there = async () => {
      const counts = await Promise.all(
        ['account', 'contact', 'order', 'payment'].map((object) => admin.post(`/records/${object}/totals`, {})),
      )
      return counts.map(({ body }) => body.count)
    }

    const { body: before } = await admin.post('/records/account/bulk/children', { ids })
    expect(before.keptBy).toEqual(['account'])
    expect(new Map(before.children.map((child: any) => [child.object, child.deletable]))).toEqual(
      new Map([['contact', 2], ['order', 1], ['payment', 1]]), // prettier-ignore
    )
    const { status } = await as({ companyId: ctx.company.id, personId: people['丙'] ?? '' }).post(
      '/records/account/bulk/children',
      { ids },
    )
    expect(status).toBe(200)
    const along = { contact: 2, order: 1, payment: 1 }
    const start = (more: object) => admin.post('/records/account/bulk', { ids, ...more })
    expect((await start({ values: { note: 'x' }, along })).code).toBe('INPUT_INVALID')

    const shy = await start({ delete: true })
    expect(await runBulk(boss, shy.body.id)).toMatchObject({ changed: 1, refused: 3 })
    await admin.post(`/records/account/${bare}/restore`)

    await make('contact', { name: '刚来', account: two })
    const asked = await start({ delete: true, along })
    const done = await runBulk(boss, asked.body.id)
    expect(done).toMatchObject({ state: 'done', changed: 2, refused: 2 })
    const { rows } = (await admin.get(`/bulk/${asked.body.id}/refused`)).body
    expect(new Map(rows.map((row: any) => [row.title, row.faults[0].code]))).toEqual(
      new Map([['二', 'MORE_CHILDREN'], ['母', 'RECORD_IN_USE']]), // prettier-ignore
    )
    expect(await there()).toEqual([3, 2, 0, 0])
    const { body: bin } = await admin.post('/bin/contact/query', {})
    expect(bin.rows.find(({ id }: { id: string }) => id === contact)).toMatchObject({ with: { id: one } })

    await admin.post(`/bulk/${asked.body.id}/undo`)
    await undoOperation(boss, done?.operationId ?? '')
    expect(await there()).toEqual([5, 3, 1, 1])
    expect(await verifyLedger(ctx)).toEqual([])
  })

  it('says that there are more than it counts, and still deletes what has none', async () => {
    const { ctx, boss, people } = await house()
    const make = async (object: string, values: Record<string, unknown>) =>
      (await createRecord(ctx, object, { ownerId: people['甲'], ...values })).id
    const [full, bare] = [await make('account', { name: '满' }), await make('account', { name: '空' })]
    for (const name of ['王', '李']) await make('contact', { name, account: full })
    const which = { ids: [full, bare] }
    expect(await beforeDeletingMany(boss, { object: 'account', which }, 1)).toEqual({
      children: [],
      keptBy: [],
      moreThan: 1,
    })
    expect(await beforeDeletingMany(boss, { object: 'account', which }, 2)).toMatchObject({ moreThan: null })
    const { id } = await prepareBulk(boss, { object: 'account', which, act: { delete: true } })
    expect(await runBulk(boss, id)).toMatchObject({ changed: 1, refused: 1 })
  })

  it('ends a portion when many have gone along, and comes to the rest in the next', async () => {
    const { ctx, boss, people } = await house()
    const ids = []
    for (const name of ['一', '二']) {
      const account = (await createRecord(ctx, 'account', { ownerId: people['甲'], name })).id
      const rows = Array.from({ length: 1000 }, (_, at) => ({ values: { name: `${name}${at}`, account } }))
      await inStep(ctx, (step) => saveMany(step, ctx.company.catalogue.get('contact'), rows))
      ids.push(account)
    }
    const act = { delete: true, along: { contact: 2000 } } as const
    const { id } = await prepareBulk(boss, { object: 'account', which: { ids }, act })
    let portions = 0
    const done = await runBulk(boss, id, { onPortion: () => (portions += 1) })
    expect(done).toMatchObject({ state: 'done', changed: 2, refused: 0, along: { contact: 0 } })
    expect(portions).toBe(2)
  })
})

describe('cells pasted into a list', () => {
  it('change each record to its own values as one operation, and are undone as one', async () => {
    const here = await house()
    const { ctx, boss, admin } = here
    const [first, second, third] = await deals(here, 3)
    const rows = [
      { id: first, version: 1, values: { amount: '10', note: 'a' } },
      { id: second, version: 7, values: { amount: '20' } },
      { id: third, values: { amount: 'many' } },
    ]
    const { body } = await admin.post('/records/opportunity/rows', { rows })
    expect(body).toMatchObject({ state: 'done', rowsTotal: 3, changed: 1, refused: 2 })
    const { body: refused } = await admin.get(`/bulk/${body.id}/refused`)
    expect(refused.rows.map((row: any) => row.faults[0].code)).toEqual(['changed', 'number'])
    expect(refused.next).toBeNull()
    const { rows: later } = (await admin.get(`/bulk/${body.id}/refused?after=${refused.rows[0].recordId}`)).body
    expect(later).toEqual(refused.rows.slice(1))
    const amounts = sql<Record<string, number>>`select sum(amount)::int as sum from opportunity`
    expect(await numbers(ctx, amounts)).toEqual({ sum: 12 })
    await admin.post(`/bulk/${body.id}/undo`)
    const operation = sql<{ id: string }>`select operation_id as id from bulk_run where id = ${body.id}`
    const [run] = (await inView(ctx, (tx) => operation.execute(tx))).rows
    await undoOperation(boss, run?.id ?? '')
    expect(await numbers(ctx, amounts)).toEqual({ sum: 3 })
    expect(await verifyLedger(ctx)).toEqual([])
    expect((await admin.post('/records/opportunity/rows', { rows: [rows[0], rows[0]] })).code).toBe('INPUT_INVALID')
  })
})

describe('who may', () => {
  let here: House
  let of: (name: string) => TestClient
  let ids: readonly string[]
  beforeAll(async () => {
    here = await house()
    of = (name) => as({ companyId: here.ctx.company.id, personId: here.people[name] ?? '' })
    ids = await deals(here, 3)
  })

  it('changes only records in reach, to people in reach', async () => {
    const { people } = here
    const none = await of('丙').post('/records/opportunity/bulk', { ...everything, values: { note: 'x' } })
    expect(none.code).toBe('BULK_NOTHING')
    const { body } = await of('乙').post('/records/opportunity/bulk', { ids, ownerId: people['丁'] })
    expect(body).toMatchObject({ state: 'queued', rowsTotal: 3 })
    expect(await runBulk(here.as('乙', 'manager'), body.id)).toMatchObject({ changed: 0, refused: 3 })
    const { rows } = (await of('乙').get(`/bulk/${body.id}/refused`)).body
    expect(rows[0].faults).toMatchObject([{ field: 'ownerId', code: 'person' }])
  })

  it('keeps a bulk edit to who asked for it and the office, and to its company', async () => {
    const other = await house()
    const { body } = await of('甲').post('/records/opportunity/bulk', { ids, values: { note: 'x' } })
    for (const client of [of('丙'), of('乙'), other.admin]) {
      for (const path of ['', '/refused']) expect((await client.get(`/bulk/${body.id}${path}`)).status).toBe(404)
      for (const path of ['/cancel', '/undo']) expect((await client.post(`/bulk/${body.id}${path}`)).status).toBe(404)
    }
    expect((await here.admin.get(`/bulk/${body.id}`)).status).toBe(200)
    expect((await of('甲').post(`/bulk/${body.id}/undo`)).code).toBe('BULK_RUNNING')
  })

  it('refuses at once what no record could take', async () => {
    const start = (more: object) => here.admin.post('/records/opportunity/bulk', { ids, ...more })
    expect((await start({ values: { amount: 'many' } })).code).toBe('RECORD_INVALID')
    expect((await start({ values: { status: 'won' } })).code).toBe('RECORD_INVALID')
    expect((await start({ values: {} })).code).toBe('RECORD_INVALID')
    expect((await start({})).code).toBe('INPUT_INVALID')
    expect((await start({ values: { note: 'x' }, delete: true })).code).toBe('INPUT_INVALID')
    expect((await start({ ...everything, values: { note: 'x' } })).code).toBe('INPUT_INVALID')
    const products = await of('甲').post('/records/product/bulk', { ...everything, values: { series: 'x' } })
    expect(products.code).toBe('ACTION_NOT_ALLOWED')
  })
})
