import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { mappingSchema } from '#engine/transfer/mapping.ts'
import { arrangeHouse } from '#app/arrange.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { createRecord, updateRecord } from '#platform/records/save.ts'
import { smallCompany } from '#testing/small-company.ts'
import { testDatabase } from '#testing/test-database.ts'
import { keepFilesIn, storeFile } from './file-store.ts'
import type { RunWatch } from './portions.ts'
import { runImport } from './run-import.ts'
import { cancelImport, prepareImport, showImport } from './start-import.ts'

arrangeHouse()
const folder = mkdtempSync(join(tmpdir(), 'terrace-rehearse-'))
afterAll(() => rmSync(folder, { recursive: true }))
keepFilesIn(folder)
const database = await testDatabase()
let companies = 0
const company = () => smallCompany(database, { slug: `c${(companies += 1)}` })

const accounts = { object: 'account', upsertKey: 'name', columns: { name: 'name', code: 'code', of: 'parent' } }

async function prepare(ctx: Ctx, csv: string, mapping: object, isDry: boolean): Promise<string> {
  const file = await storeFile(ctx, 'file.csv', [Buffer.from(csv)])
  return (await prepareImport(ctx, { fileId: file.id, mapping: mappingSchema.parse(mapping), isDry })).id
}

/** What a person learns of a run: its counts, and the reason of each refused line. */
async function toldBy(ctx: Ctx, csv: string, mapping: object, isDry: boolean, watch?: RunWatch) {
  const run = await runImport(ctx, await prepare(ctx, csv, mapping, isDry), watch)
  const { rows } = await inView(ctx, (tx) =>
    sql<{ line: number; part: number; faults: readonly { code: string; field: string; params?: object }[] }>`
      select line, part, faults from import_reject where import_id = ${run.id} order by line, part`.execute(tx),
  )
  const { state, rowsRead, created, updated, unchanged, rejected } = run
  const reasons = rows.map(({ line, faults }) => [
    line,
    ...faults.map(({ field, code, params }) => `${field} ${code} ${Object.values(params ?? {}).join(' ')}`.trim()),
  ])
  return { state, rowsRead, created, updated, unchanged, rejected, reasons }
}

/** Rehearses, then imports; both must have told the same. Answers what they told. */
async function toldByBoth(ctx: Ctx, csv: string, mapping: object) {
  const rehearsed = await toldBy(ctx, csv, mapping, true)
  const real = await toldBy(ctx, csv, mapping, false)
  expect(rehearsed).toEqual(real)
  return real
}

/** 1,300 rows in three portions: the named lines say something of their own, the others are plain. */
function lines(header: string, plain: (place: number) => string, own: Readonly<Record<number, string>>): string {
  const rows = Array.from({ length: 1300 }, (_, at) => own[at + 2] ?? plain(at + 2))
  return `${header}\n${rows.join('\n')}\n`
}

describe('a rehearsal', () => {
  it('tells what the import does with repeated keys, taken codes and references across portions', async () => {
    const { ctx } = await company()
    const old = await createRecord(ctx, 'account', { name: 'Old', code: 'X1' })
    await createRecord(ctx, 'account', { name: 'Kept', code: 'X2', parent: old.id })
    const csv = lines('name,code,of', (line) => `Plain ${line},P${line},`, {
      5: 'Parent,A5,',
      6: 'Early child,A6,Late parent',
      7: 'Old,A7,',
      8: 'Lost child,A8,Nowhere',
      700: 'Child,B700,Parent',
      701: 'Plain 9,B701,',
      702: 'Other,P10,',
      703: 'Kept,,Parent',
      704: 'Child of a code,B704,A5',
      1200: 'Late parent,C1200,Parent',
      1201: 'Takes over,X1,Child',
      1202: 'Taken by who took over,X1,',
      1203: 'Plain 1204,C1203,Plain 703',
      1204: 'Plain 1204,C1204,',
    })
    const told = await toldByBoth(ctx, csv, { ...accounts, emptyCells: 'keep' })
    expect(told).toMatchObject({ state: 'done', rowsRead: 1300, updated: 2, rejected: 6 })
    expect(told.reasons).toEqual([
      [8, 'parent REFERENCE_NOT_FOUND Nowhere'],
      [701, 'name SAME_KEY 9 Plain 9'],
      [702, 'code taken P10'],
      [1202, 'code twice X1'],
      [1203, 'parent REFERENCE_NOT_FOUND Plain 703'],
      [1204, 'name SAME_KEY 1203 Plain 1204'],
    ])
  }, 60_000)

  it('tells when names stand for several rows, and which existing records a second run leaves alone', async () => {
    const { ctx } = await company()
    const mapping = { ...accounts, upsertKey: 'code', duplicates: 'allow' }
    const csv = lines('name,code,of', (line) => `Plain ${line},P${line},`, {
      3: 'Twin,A3,',
      4: 'Child before,A4,Twin',
      600: 'Twin,A600,',
      601: 'Child within,A601,Twin',
      1150: 'Child after,A1150,Twin',
    })
    const first = await toldByBoth(ctx, csv, mapping)
    expect(first.reasons).toEqual([
      [4, 'parent REFERENCE_AMBIGUOUS Twin 2'],
      [1150, 'parent REFERENCE_AMBIGUOUS Twin 2'],
    ])
    expect(await toldByBoth(ctx, csv.replace('P1000,', 'P1000,A3'), mapping)).toMatchObject({ updated: 1 })
  }, 60_000)

  it('tells which rows may be records that are there already, or that earlier portions bring', async () => {
    const { ctx } = await company()
    await createRecord(ctx, 'account', { name: '华为技术有限公司', creditCode: '91330100799655058B' })
    const columns = { name: 'name', code: 'code', tax: 'creditCode' }
    const csv = lines('name,code,tax', (line) => `Plain ${line},P${line},`, {
      3: '华为技术（深圳）有限公司,A3,',
      4: 'Acme Trading Co. Ltd.,A4,',
      5: '"ACME TRADING, LTD",A5,',
      700: 'Acme Trading Inc.,A700,',
      1200: '另一家,A1200,91330100799655058b',
    })
    const mapping = { object: 'account', upsertKey: 'code', columns }
    const told = async (duplicates: string) => {
      const { created, rejected, reasons } = await toldBy(ctx, csv, { ...mapping, duplicates }, true)
      return [created, rejected, ...reasons.map(([line]) => line)]
    }
    expect(await told('skip')).toEqual([1296, 0])
    expect(await told('allow')).toEqual([1299, 1, 1200])
    expect((await toldByBoth(ctx, csv, mapping)).reasons).toEqual([
      [3, 'name suspected — 华为技术有限公司'],
      [5, 'name suspected'],
      [700, 'name suspected — Acme Trading Co. Ltd.'],
      [1200, 'creditCode duplicate — 华为技术有限公司'],
    ])
  }, 60_000)

  it('adds up what a rule judges together', async () => {
    const { ctx } = await company()
    await createRecord(ctx, 'order', { code: 'R1', amount: '100', orderedOn: '2026-05-10' })
    await createRecord(ctx, 'order', { code: 'R2', amount: '999999', orderedOn: '2026-05-10' })
    const csv = lines('code,order,amount,on', (line) => `T${line},R2,1,2026-05-11`, {
      2: 'T2,R1,60,2026-05-11',
      900: 'T900,R1,30,2026-05-11',
      1290: 'T1290,R1,11,2026-05-11',
    })
    const columns = { code: 'code', order: 'order', amount: 'amount', on: 'refundedOn' }
    const told = await toldByBoth(ctx, csv, { object: 'refund', upsertKey: 'code', columns })
    expect(told.reasons).toEqual([[1290, 'amount beyondOrder 101 100']])
  }, 60_000)

  it('knows the units and people of earlier portions', async () => {
    const { ctx } = await company()
    const csv = lines('unit,name,head', (line) => `北区 / 队${line % 40},人${line},`, {
      2: '南区,,头',
      600: '北区 / 队1,人8,',
      650: '南区,,',
      651: '南区,头,',
      1250: '西区,头,',
    })
    const columns = { unit: 'unit', name: 'name', head: 'head' }
    const told = await toldByBoth(ctx, csv, { object: 'org', columns })
    expect(told.rejected).toBe(0)
    expect(told.updated).toBeGreaterThan(0)
  }, 60_000)

  it('keeps nobody waiting for longer than a portion, and leaves nothing behind', async () => {
    const { ctx } = await company()
    const { id } = await createRecord(ctx, 'account', { name: 'Plain 3', code: 'old' })
    const saved: Promise<unknown>[] = []
    const csv = lines('name,code,of', (line) => `Plain ${line},P${line},`, {})
    const watch: RunWatch = {
      onProgress: ({ read }) =>
        void saved.push(updateRecord(ctx, 'account', id, { values: { note: `after ${read}` } })),
    }
    await toldBy(ctx, csv, accounts, true, watch)
    expect((await Promise.all(saved)).length).toBe(3)
    const { rows } = await inView(ctx, (tx) =>
      sql`select (select count(*) from account) as accounts, (select count(*) from import_rehearsed) as kept,
        (select count(*) from import_tie) as ties, (select count(*) from import_postponed) as waiting`.execute(tx),
    )
    expect(rows).toEqual([{ accounts: '1', kept: '0', ties: '0', waiting: '0' }])
  })

  it('goes on where it was interrupted, and stops when asked', async () => {
    const { ctx } = await company()
    const csv = lines('name,code,of', (line) => `Plain ${line},P${line},`, { 2: 'Parent,A2,', 1100: 'Child,A1,Parent' })
    const id = await prepare(ctx, csv, accounts, true)
    const crash = Object.assign(new Error('the power went out'), { code: 'ECONNRESET' })
    const breakAt = (place: number): RunWatch => ({
      onProgress: ({ read }) => {
        if (read === place) throw crash
      },
    })
    await expect(runImport(ctx, id, breakAt(1000))).rejects.toBe(crash)
    expect(await showImport(ctx, id)).toMatchObject({ state: 'running', rowsRead: 500 })
    expect(await runImport(ctx, id)).toMatchObject({ state: 'done', rowsRead: 1300, created: 1300, rejected: 0 })

    const second = await prepare(ctx, csv, accounts, true)
    let asked: Promise<unknown> | undefined
    const ended = await runImport(ctx, second, { onProgress: () => (asked ??= cancelImport(ctx, second)) })
    await asked
    expect(ended.state).toBe('cancelled')
    const { rows } = await inView(ctx, (tx) => sql`select 1 from import_rehearsed`.execute(tx))
    expect(rows).toEqual([])
  })
})
