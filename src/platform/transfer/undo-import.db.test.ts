import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mappingSchema } from '#engine/transfer/mapping.ts'
import { inView } from '#platform/db/step.ts'
import { verifyLedger } from '#platform/ledger/index.ts'
import { undoOperation } from '#platform/records/undo-operation.ts'
import { createRecord, updateRecord } from '#platform/records/save.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { keepFilesIn, storeFile } from './file-store.ts'
import { runImport } from './run-import.ts'
import { prepareImport, showImport } from './start-import.ts'

const folder = mkdtempSync(join(tmpdir(), 'terrace-undo-'))
afterAll(() => rmSync(folder, { recursive: true }))
const days = { later: 0 }
const { database, as } = await testApp({ now: () => new Date(Date.now() + days.later * 86_400_000) })
let company: SmallCompany
let office: TestClient

beforeAll(async () => {
  keepFilesIn(folder)
  company = await smallCompany(database, { now: new Date() })
  await sql`update person set role = 'administrator' where id = ${company.people['丙']}`.execute(database.owner)
  office = as({ companyId: company.ctx.company.id, personId: company.people['丙'] ?? '' })
})

const deals = {
  object: 'opportunity',
  upsertKey: 'code',
  columns: { code: 'code', name: 'name', stage: 'stage', amount: 'amount', owner: 'ownerId', closed: 'closedOn' },
}

async function imported(csv: string, { isDry = false, mapping = deals }: { isDry?: boolean; mapping?: object } = {}) {
  const { ctx } = company
  const file = await storeFile(ctx, 'deals.csv', [Buffer.from(csv)])
  const { id } = await prepareImport(ctx, { fileId: file.id, mapping: mappingSchema.parse(mapping), isDry })
  return runImport(ctx, id)
}

const csvOf = (count: number, prefix: string) =>
  `code,name,stage,amount,owner,closed\n${Array.from({ length: count }, (_, at) => `${prefix}${at},Deal ${at},Won,100.5,${at % 2 ? '甲' : '丁'},2025-03-0${(at % 9) + 1}`).join('\n')}\n`

async function sums() {
  const { rows } = await inView(company.ctx, (tx) =>
    sql`
      select metric, year, unit_id as unit, person_id as person, numerators, denominators, row_counts as counts from rollup_year
      where row_count > 0 order by 1, 2, 3, 4, 5`.execute(tx),
  )
  return rows
}

describe('undoing an import', () => {
  it('leaves records, figures and ledger as they were before', async () => {
    const { ctx } = company
    await createRecord(ctx, 'opportunity', {
      code: 'U7', name: 'Old', stage: company.stages['Won'], amount: '3', closedOn: '2025-01-05',
    }) // prettier-ignore
    const before = await sums()
    const run = await imported(csvOf(1100, 'U'))
    expect(run).toMatchObject({ created: 1099, updated: 1 })
    expect(await sums()).not.toEqual(before)

    const asked = await office.post(`/imports/${run.id}/undo`)
    expect(asked.body).toMatchObject({ undoableUntil: null, undo: { state: 'queued', entriesTotal: 1100 } })
    await undoOperation(ctx, run.operationId)
    const shown = await office.get(`/imports/${run.id}`)
    expect(shown.body.undo).toMatchObject({ state: 'done', removed: 1099, restored: 1, skipped: 0, entriesDone: 1100 })
    expect(await sums()).toEqual(before)
    expect(await verifyLedger(ctx)).toEqual([])
    const { rows } = await inView(ctx, (tx) =>
      sql`select name, trim_scale(amount)::text as amount, owner_id as owner from opportunity where deleted_at is null`.execute(
        tx,
      ),
    )
    expect(rows).toEqual([{ name: 'Old', amount: '3', owner: null }])
    expect((await office.post(`/imports/${run.id}/undo`)).body.undo).toMatchObject({ state: 'done', removed: 1099 })
    expect(await imported(csvOf(3, 'U'))).toMatchObject({ created: 3 })
  }, 60_000)

  it('says beforehand how much was touched since, and afterwards what it left', async () => {
    const { ctx, as: seenBy } = company
    const run = await imported(csvOf(3, 'T'))
    const { rows } = await inView(ctx, (tx) =>
      sql<{ id: string }>`select id from opportunity where code = 'T1'`.execute(tx),
    )
    await updateRecord(seenBy('丁', 'administrator'), 'opportunity', rows[0]?.id ?? '', { values: { note: 'mine' } })
    const path = `/imports/${run.id}/undo`
    expect((await office.get(path)).body).toEqual({ records: 3, touched: 1, skipped: [] })
    await office.post(path)
    await undoOperation(ctx, run.operationId)
    expect((await office.get(path)).body.skipped).toMatchObject([
      { object: 'opportunity', recordId: rows[0]?.id, title: 'Deal 1', faults: [{ code: 'changedSince' }] },
    ])
    expect(await verifyLedger(ctx)).toEqual([])
  })

  it('is offered for thirty days, for imports that wrote records', async () => {
    const offered = async (id: string) => {
      const until = (await office.get(`/imports/${id}`)).body.undoableUntil
      const { code } = await office.post(`/imports/${id}/undo`)
      return [until !== null, code]
    }
    const fresh = await imported(csvOf(2, 'F'))
    days.later = 31
    expect(await offered(fresh.id)).toEqual([false, 'IMPORT_NOT_UNDOABLE'])
    days.later = 29
    expect(await offered(fresh.id)).toEqual([true, undefined])
    days.later = 0
    const org = { object: 'org', columns: { unit: 'unit', name: 'name' } }
    for (const run of [
      await imported(csvOf(2, 'D'), { isDry: true }),
      await imported('code,name,stage,amount,owner,closed\n'),
      await imported('unit,name\n北区,新人\n', { mapping: org }),
    ]) {
      expect(await offered(run.id)).toEqual([false, 'IMPORT_NOT_UNDOABLE'])
    }
  })

  it('is for those who may import and see the import', async () => {
    const run = await imported(csvOf(2, 'P'))
    const seller = as({ companyId: company.ctx.company.id, personId: company.people['甲'] ?? '' })
    expect((await seller.post(`/imports/${run.id}/undo`)).code).toBe('IMPORT_NOT_FOUND')
    expect((await seller.get(`/imports/${run.id}/undo`)).code).toBe('IMPORT_NOT_FOUND')
    await sql`update import_run set created_by = ${company.people['甲']} where id = ${run.id}`.execute(database.owner)
    expect((await seller.get(`/imports/${run.id}`)).body.undoableUntil).toBeNull()
    expect((await seller.post(`/imports/${run.id}/undo`)).code).toBe('NOT_ALLOWED')
    expect((await showImport(company.ctx, run.id)).undo).toBeNull()
  })
})
