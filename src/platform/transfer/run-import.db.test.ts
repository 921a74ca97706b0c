import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { mappingSchema, type Mapping } from '#engine/transfer/mapping.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { newId } from '#platform/db/new-id.ts'
import { allJobs, type JobPayload } from '#platform/jobs/jobs.ts'
import { verifyLedger } from '#platform/ledger/index.ts'
import { arrangeHouse } from '#app/arrange.ts'
import { smallCompany } from '#testing/small-company.ts'
import { testDatabase } from '#testing/test-database.ts'
import { exportRecords } from './export-records.ts'
import { keepFilesIn, storeFile } from './file-store.ts'
import { previewImport } from './preview-import.ts'
import { rejectsFile } from './rejects-file.ts'
import { runImport } from './run-import.ts'
import { cancelImport, prepareImport, runSet, showImport } from './start-import.ts'

arrangeHouse()
const folder = mkdtempSync(join(tmpdir(), 'terrace-files-'))
afterAll(() => rmSync(folder, { recursive: true }))
keepFilesIn(folder)
const database = await testDatabase()
let companies = 0
const company = () => smallCompany(database, { slug: `c${(companies += 1)}` })

const accounts = (more: object = {}): Mapping =>
  mappingSchema.parse({ object: 'account', upsertKey: 'code', columns: { code: 'code', name: 'name' }, ...more })

async function prepare(ctx: Ctx, csv: string, mapping: Mapping, isDry = false): Promise<string> {
  const file = await storeFile(ctx, 'file.csv', [Buffer.from(csv)])
  return (await prepareImport(ctx, { fileId: file.id, mapping, isDry })).id
}

async function run(ctx: Ctx, csv: string, mapping: Mapping, isDry = false) {
  return runImport(ctx, await prepare(ctx, csv, mapping, isDry))
}

async function rows<T>(ctx: Ctx, query: ReturnType<typeof sql<T>>): Promise<readonly T[]> {
  return inView(ctx, async (tx) => (await query.execute(tx)).rows)
}

const names = async (ctx: Ctx) =>
  (await rows(ctx, sql<{ name: string }>`select name from account where deleted_at is null order by code`)).map(
    (row) => row.name,
  )

const many = (count: number) =>
  `code,name\n${Array.from({ length: count }, (_, at) => `C${at},Company ${at}`).join('\n')}\n`

describe('an import', () => {
  it('lets no bad row stop the good ones, and hands the bad ones back with their reasons', async () => {
    const { ctx } = await company()
    const csv = 'code,name,employees,owner\n1,A,10,甲\n2,,5,甲\n3,C,many,甲\n4,D,-1,谁\n5,E,1,\n'
    const mapping = accounts({ columns: { code: 'code', name: 'name', employees: 'employees', owner: 'ownerId' } })
    const ended = await run(ctx, csv, mapping)
    expect(ended).toMatchObject({ state: 'done', rowsRead: 5, created: 2, rejected: 3 })
    expect(await names(ctx)).toEqual(['A', 'E'])
    const file = await text(await rejectsFile({ ...ctx, language: 'zh' }, ended, 'csv'))
    expect(file.replace('\ufeff', '').trim().split('\r\n')).toEqual([
      '原文件行号,未导入原因,code,name,employees,owner',
      '3,客户名称：必填,2,,5,甲',
      '4,员工人数：“many”不是数字,3,C,many,甲',
      '5,负责人：没有叫“谁”的人员；员工人数：不能小于 0,4,D,-1,谁',
    ])
    const repaired = file.replace('2,,5', '2,B,5').replace('C,many', 'C,7').replace('-1,谁', '1,乙')
    expect(await run(ctx, repaired, mapping)).toMatchObject({ created: 3, rejected: 0 })
    expect(await names(ctx)).toEqual(['A', 'B', 'C', 'D', 'E'])
  })

  it('of very many rows lets the planner know of them', async () => {
    const { ctx } = await company()
    const task = 'records.statistics'
    const asked = async () =>
      (
        await sql<{ payload: JobPayload }>`
          select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
          where t.identifier = ${task}`.execute(database.owner)
      ).rows
    await run(ctx, many(10), accounts())
    expect(await asked()).toEqual([])
    await run(ctx, many(2000), accounts())
    const [job] = await asked()
    expect(job?.payload).toMatchObject({ object: 'account' })
    await allJobs().get(task)?.(ctx, job?.payload ?? {})
    const { rows: looked } = await sql<{ relname: string }>`
      select relname from pg_stat_user_tables where last_analyze is not null order by relname`.execute(database.owner)
    expect(looked.map(({ relname }) => relname)).toEqual(
      ['account', 'audit_entry', 'credit', 'duplicate_key', 'event', 'field_value', 'ledger_row', 'rollup_year', 'search_token'], // prettier-ignore
    )
  })

  it('lets the planner know of the app’s own tables alone', async () => {
    const { ctx } = await company()
    const looked = async () =>
      (await rows(ctx, sql`select last_analyze from pg_stat_all_tables where relname = 'pg_class'`))[0]
    const before = await looked()
    const named = ['pg_class', 'account; drop table account', 'nothing']
    await rows(ctx, sql`select analyze_tables(${named}::text[])`)
    expect(await looked()).toEqual(before)
    expect(await names(ctx)).toEqual([])
  })

  it('goes on where it was interrupted and doubles nothing', async () => {
    const { ctx } = await company()
    const id = await prepare(ctx, many(1200), accounts({ upsertKey: undefined, mode: 'create' }))
    const crash = Object.assign(new Error('the power went out'), { code: 'ECONNRESET' })
    const crashing = runImport(ctx, id, {
      onProgress: ({ read }) => {
        if (read === 1000) throw crash
      },
    })
    await expect(crashing).rejects.toBe(crash)
    expect(await showImport(ctx, id)).toMatchObject({ state: 'running', rowsRead: 500, created: 500 })
    expect(await runImport(ctx, id)).toMatchObject({ state: 'done', rowsRead: 1200, created: 1200 })
    expect(await rows(ctx, sql`select count(*) as n, count(distinct code) as codes from account`)).toEqual([
      { n: '1200', codes: '1200' },
    ])
    expect(await runImport(ctx, id)).toMatchObject({ state: 'done', created: 1200 })
  })

  it('holds no snapshot while it runs, so that outdated rows can be cleared away', async () => {
    const { ctx } = await company()
    const file = await storeFile(ctx, 'file.csv', [Buffer.from(many(3000))])
    const { setId } = await prepareImport(ctx, { fileId: file.id, mapping: accounts() })
    const held: Promise<readonly (string | null)[]>[] = []
    const look = async () => {
      const { rows: guards } = await sql<{ xmin: string | null }>`
        select backend_xmin::text as xmin from pg_stat_activity
        where datname = current_database() and state = 'idle in transaction' and query like '%pg_try_advisory%'`.execute(
        database.owner,
      )
      return guards.map(({ xmin }) => xmin)
    }
    await runSet(ctx, setId, () => ({ onProgress: () => void held.push(look()) }))
    const seen = (await Promise.all(held)).flat()
    expect(seen.length).toBeGreaterThan(0)
    expect(seen.every((xmin) => xmin === null)).toBe(true)
  })

  it('stops when asked and keeps what is saved', async () => {
    const { ctx } = await company()
    const id = await prepare(ctx, many(2000), accounts())
    let asked: Promise<unknown> | undefined
    const ended = await runImport(ctx, id, { onProgress: () => (asked ??= cancelImport(ctx, id)) })
    await asked
    expect(ended.state).toBe('cancelled')
    expect(ended.created).toBeLessThan(2000)
    expect(await names(ctx)).toHaveLength(ended.created)
    await expect(cancelImport(ctx, id)).rejects.toMatchObject({ code: 'IMPORT_NOT_RUNNING' })
  })

  it('changes nothing the second time', async () => {
    const { ctx } = await company()
    await run(ctx, many(700), accounts())
    expect(await run(ctx, many(700), accounts())).toMatchObject({ created: 0, updated: 0, unchanged: 700 })
  })

  it('keeps nothing of a rehearsal but its report', async () => {
    const { ctx } = await company()
    expect(await run(ctx, 'code,name\n1,A\n2,\n', accounts(), true)).toMatchObject({
      isDry: true,
      state: 'done',
      created: 1,
      rejected: 1,
    })
    expect(await names(ctx)).toEqual([])
    expect(await rows(ctx, sql`select 1 from audit_entry where object = 'account'`)).toEqual([])
  })

  it('follows references to rows that come later, and says which never came', async () => {
    const { ctx } = await company()
    const mapping = accounts({ columns: { code: 'code', name: 'name', of: 'parent' } })
    const ended = await run(ctx, 'code,name,of\n1,Child,Parent\n2,Parent,\n3,Orphan,Nobody\n', mapping)
    expect(ended).toMatchObject({ created: 3, rejected: 1 })
    const parents = sql`select a.name, p.name as parent from account a left join account p on p.id = a.parent_id order by a.code`
    expect(await rows(ctx, parents)).toEqual([
      { name: 'Child', parent: 'Parent' },
      { name: 'Parent', parent: null },
      { name: 'Orphan', parent: null },
    ])
    expect(await text(await rejectsFile({ ...ctx, language: 'en' }, ended, 'csv'))).toContain(
      'Saved, but: Parent account: “Nobody” is not there',
    )
  })

  it('takes the first of two lines for one record and hands the other back, however far they are apart', async () => {
    const { ctx } = await company()
    const csv = `${many(600)}C3,Other\n`
    const ended = await run(ctx, csv, accounts())
    expect(ended).toMatchObject({ created: 600, updated: 0, rejected: 1 })
    expect(await rows(ctx, sql`select name from account where code = 'C3'`)).toEqual([{ name: 'Company 3' }])
    expect(await text(await rejectsFile({ ...ctx, language: 'en' }, ended, 'csv'))).toContain(
      '602,Code: “C3” stands in line 5 already; of lines for one record the first is taken,C3,Other',
    )
  })

  it('leaves further lines for one record out where the description says so', async () => {
    const { ctx } = await company()
    const csv = `${many(600)}C3,Other\nC3,Third\n`
    const ended = await run(ctx, csv, accounts({ repeated: 'leave_out' }))
    expect(ended).toMatchObject({ rowsRead: 602, created: 600, rejected: 0, skipped: 2 })
    expect(await rows(ctx, sql`select name from account where code = 'C3'`)).toEqual([{ name: 'Company 3' }])
  })

  it('gives new records without an owner to people in turn, and leaves what has an owner alone', async () => {
    const { ctx, as } = await company()
    await run(ctx, 'code,name,owner\n1,A,丁\n', accounts({ columns: { code: 'code', name: 'name', owner: 'ownerId' } }))
    const mapping = accounts({ columns: { code: 'code', name: 'name', owner: 'ownerId' }, owners: ['甲', '乙', '丙'] })
    const csv = 'code,name,owner\n1,A1,\n2,B,\n3,C,丁\n4,D,\n5,E,\n6,F,\n7,G,\n'
    const file = await storeFile(ctx, 'a.csv', [Buffer.from(csv)])
    const view = await previewImport(ctx, { fileId: file.id, object: 'account', mapping })
    expect(Object.fromEntries(view.assigned.map(({ person, rows: given }) => [person, given]))).toEqual({
      甲: 2,
      乙: 2,
      丙: 1,
    })
    expect(await run(ctx, csv, mapping)).toMatchObject({ created: 6, updated: 1, rejected: 0 })
    const owners = sql<{
      code: string
      owner: string
    }>`select a.code, p.name as owner from account a join person p on p.id = a.owner_id order by a.code`
    expect((await rows(ctx, owners)).map(({ code, owner }) => code + owner)).toEqual([
      '1丁',
      '2甲',
      '3丁',
      '4乙',
      '5丙',
      '6甲',
      '7乙',
    ])
    // Who sees one team only gives to nobody else.
    const clerk = as('甲', 'manager')
    const ended = await run(clerk, 'code,name\n8,H\n9,I\n', accounts({ owners: ['甲', '丁'] }))
    expect(ended).toMatchObject({ created: 1, rejected: 1 })
    expect(await run(ctx, 'code,name\n10,J\n', accounts({ owners: ['无名'] }))).toMatchObject({
      created: 0,
      rejected: 1,
    })
  })

  it('keeps the turns of owners even over cells of several lines and portions', async () => {
    const { ctx } = await company()
    const csv = `code,name\n${Array.from({ length: 1001 }, (_, at) => `C${at},"Company\n${at}"`).join('\n')}\n`
    const mapping = accounts({ owners: ['甲', '乙'] })
    expect(await run(ctx, csv, mapping)).toMatchObject({ created: 1001, rejected: 0 })
    const shares = sql`
      select p.name, count(*)::int as n from account a join person p on p.id = a.owner_id group by p.name order by n`
    expect(await rows(ctx, shares)).toEqual([
      { name: '乙', n: 500 },
      { name: '甲', n: 501 },
    ])
  })

  it('says which columns it did not use, which of two headers it took, and that there were no rows', async () => {
    const { ctx } = await company()
    expect(await run(ctx, 'code,name,name,colour\n1,A,B,red\n', accounts())).toMatchObject({
      created: 1,
      notes: [
        { code: 'COLUMNS_UNUSED', names: ['name (2)', 'colour'] },
        { code: 'HEADER_DOUBLED', name: 'name', became: 'name (2)' },
      ],
    })
    expect(await names(ctx)).toEqual(['A'])
    expect(await run(ctx, 'code,name\n', accounts())).toMatchObject({ rowsTotal: 0, notes: [{ code: 'NO_ROWS' }] })
  })

  it('finds owners by name, e-mail or number, and asks when two have the name', async () => {
    const { ctx, people } = await company()
    await inStep(ctx, async ({ tx }) => {
      await sql`update person set email = 'yi@x.example', employee_no = '007' where id = ${people['乙']}`.execute(tx)
      await sql`insert into person (company_id, id, name) values (${ctx.company.id}, ${newId()}, '甲')`.execute(tx)
    })
    const mapping = accounts({ columns: { code: 'code', name: 'name', owner: 'ownerId' } })
    const ended = await run(ctx, 'code,name,owner\n1,A,YI@x.example\n2,B,007\n3,C,丙\n4,D,甲\n5,E,\n', mapping)
    expect(ended).toMatchObject({ created: 4, rejected: 1 })
    const owners = sql<{
      name: string | null
    }>`select p.name from account a left join person p on p.id = a.owner_id order by a.code`
    expect((await rows(ctx, owners)).map((row) => row.name)).toEqual(['乙', '乙', '丙', null])
    expect(await text(await rejectsFile({ ...ctx, language: 'zh' }, ended, 'csv'))).toContain(
      '有 2 位“甲”，请改用邮箱或工号',
    )
  })

  it('updates only or creates only when told', async () => {
    const { ctx } = await company()
    await run(ctx, 'code,name\n1,A\n', accounts())
    expect(await run(ctx, 'code,name\n1,A1\n2,B\n', accounts({ mode: 'update' }))).toMatchObject({
      updated: 1,
      rejected: 1,
    })
    expect(await run(ctx, 'code,name\n1,A2\n2,B\n', accounts({ mode: 'create' }))).toMatchObject({
      created: 1,
      rejected: 1,
    })
    expect(await names(ctx)).toEqual(['A1', 'B'])
  })

  it('writes figures in the same step, and one operation for the whole import', async () => {
    const { ctx } = await company()
    const mapping = mappingSchema.parse({
      object: 'opportunity',
      upsertKey: 'code',
      columns: { code: 'code', stage: 'stage', amount: 'amount', owner: 'ownerId', closed: 'closedOn' },
      templates: { name: '{owner} {code}' },
    })
    const csv = `code,stage,amount,owner,closed\n${Array.from({ length: 600 }, (_, at) => `D${at},Won,1.5万,甲,2026-03-0${(at % 9) + 1}`).join('\n')}`
    const ended = await run(ctx, csv, mapping)
    expect(ended).toMatchObject({ created: 600, rejected: 0 })
    expect(await verifyLedger(ctx)).toEqual([])
    expect(
      await rows(ctx, sql`select distinct operation_id as id from audit_entry where object = 'opportunity'`),
    ).toEqual([{ id: ended.operationId }])
  })

  it('refuses a description that does not fit, before anything is written', async () => {
    const { ctx } = await company()
    await expect(
      prepare(ctx, 'code,name\n1,A\n', accounts({ columns: { code: 'code', title: 'name' } })),
    ).rejects.toMatchObject({
      code: 'MAPPING_INVALID',
      faults: [{ field: 'title', code: 'UNKNOWN_HEADER' }],
    })
    await expect(prepare(ctx, 'code,name\n1,"A\n', accounts())).rejects.toMatchObject({ code: 'QUOTES_NOT_CLOSED' })
    await expect(prepare(ctx, 'a,b\n1,2\n', mappingSchema.parse({ object: 'ghost' }))).rejects.toMatchObject({
      code: 'TARGET_UNKNOWN',
    })
  })

  it('is nobody else’s: neither file nor run can be reached from another company or by a colleague', async () => {
    const [mine, other] = [await company(), await company()]
    const clerk = mine.as('甲', 'manager')
    const file = await storeFile(mine.ctx, 'file.csv', [Buffer.from('code,name\n1,A\n')])
    const { id } = await prepareImport(mine.ctx, { fileId: file.id, mapping: accounts() })
    for (const ctx of [other.ctx, clerk]) {
      await expect(showImport(ctx, id)).rejects.toMatchObject({ code: 'IMPORT_NOT_FOUND' })
      await expect(previewImport(ctx, { fileId: file.id, object: 'account' })).rejects.toMatchObject({
        code: 'FILE_NOT_FOUND',
      })
    }
  })
})

describe('JSON lines', () => {
  it('go out with field keys and every digit, and come back the same', async () => {
    const { ctx } = await company()
    await run(ctx, 'code,name,revenue\nJ1,=长数,12345678901234.5678\nJ2,B,\n', accounts({ columns: { code: 'code', name: 'name', revenue: 'annualRevenue' } })) // prettier-ignore
    const { name, stream } = await exportRecords(ctx, { object: 'account', format: 'jsonl', fields: ['code', 'name', 'annualRevenue', 'city'], sort: [{ field: 'code' }] }) // prettier-ignore
    const lines = await text(stream)
    expect(name).toMatch(/\.jsonl$/)
    expect(lines).toBe('{"code":"J1","name":"=长数","annualRevenue":12345678901234.5678}\n{"code":"J2","name":"B"}\n')
    const file = await storeFile(ctx, name, [Buffer.from(lines)])
    const { mapping, rowsWithFaults } = await previewImport(ctx, { fileId: file.id, object: 'account' })
    expect([mapping.upsertKey, rowsWithFaults]).toEqual(['code', 0])
    expect(await run(ctx, lines, mapping)).toMatchObject({ unchanged: 2, rejected: 0 })
  })

  it('hold the same for readers of every language: keys, ids with names, true and false', async () => {
    const { ctx, people } = await company()
    await run(ctx, 'code,name,list\nP1,GTX,否\n', mappingSchema.parse({ object: 'product', upsertKey: 'code', columns: { code: 'code', name: 'name', list: 'active' } })) // prettier-ignore
    await run(ctx, 'code,name,owner\nJ1,A,甲\n', accounts({ columns: { code: 'code', name: 'name', owner: 'ownerId' } })) // prettier-ignore
    const exported = async (object: string, field: string, language: 'zh' | 'en') => {
      const file = await exportRecords({ ...ctx, language }, { object, format: 'jsonl', fields: ['code', field] })
      return JSON.parse(await text(file.stream)) as unknown
    }
    for (const language of ['zh', 'en'] as const) {
      expect(await exported('product', 'active', language)).toEqual({ code: 'P1', active: false })
      expect(await exported('account', 'ownerId', language)).toEqual({
        code: 'J1',
        ownerId: people['甲'],
        'ownerId.name': '甲',
      })
    }
  })
})

describe('rows that may be records that are there already', () => {
  const csv = 'code,name,tax\nK1,华为,\nK2,改了名,91330100799655058B\nK3,小米科技,\nK4,华为公司,\n'

  it('are left out where they are new, and counted before and after; what updates a known record is saved', async () => {
    const { ctx } = await company()
    await run(ctx, 'code,name,tax\nK0,华为技术,\nK1,旧名,\nK2,乙方,\n', withTax('refuse'))
    await run(ctx, 'code,name\nK9,华为\nK8,小米\n', accounts({ duplicates: 'allow' }))
    const file = await storeFile(ctx, 'a.csv', [Buffer.from(csv)])
    const preview = await previewImport(ctx, { fileId: file.id, object: 'account', mapping: withTax('skip') })
    expect(preview).toMatchObject({ rowsTotal: 3, rowsWithFaults: 0, skipped: 1 })
    const ended = await run(ctx, csv, withTax('skip'))
    expect(ended).toMatchObject({ created: 1, updated: 2, skipped: 1, rejected: 0 })
    expect(await names(ctx)).toEqual(['华为技术', '华为', '改了名', '小米科技', '小米', '华为'])
  })

  it('are told of each other before anything is saved, as they are refused afterwards', async () => {
    const { ctx } = await company()
    const text = 'code,name\n1,银杏仪器有限公司\n2,别家\n3,银杏仪器（上海）股份有限公司\n'
    const file = await storeFile(ctx, 'a.csv', [Buffer.from(text)])
    const preview = await previewImport(ctx, { fileId: file.id, object: 'account' })
    expect(preview).toMatchObject({ rowsTotal: 3, rowsWithFaults: 1 })
    expect(preview.rows[2]?.faults).toMatchObject([{ field: 'name', code: 'suspected' }])
    expect(await run(ctx, text, accounts())).toMatchObject({ created: 2, rejected: 1 })
  })

  it('are refused with the reason where a rule blocks what would become of a known record', async () => {
    const { ctx } = await company()
    await run(ctx, 'code,name,tax\nK1,甲方,91330100799655058B\nK2,乙方,\n', withTax('refuse'))
    const ended = await run(ctx, 'code,name,tax\nK2,乙方,91330100799655058B\n', withTax('skip'))
    expect(ended).toMatchObject({ updated: 0, skipped: 0, rejected: 1 })
  })

  const withTax = (duplicates: string) =>
    accounts({ columns: { code: 'code', name: 'name', tax: 'creditCode' }, duplicates })
})

describe('a preview', () => {
  it('marks lines for one record, unused columns and a file without rows', async () => {
    const { ctx } = await company()
    const preview = async (csv: string) => {
      const file = await storeFile(ctx, 'a.csv', [Buffer.from(csv)])
      return previewImport(ctx, { fileId: file.id, object: 'account' })
    }
    const view = await preview('code,name,colour\n1,A,red\n1,B,blue\n')
    expect(view).toMatchObject({ rowsWithFaults: 1, notes: [{ code: 'COLUMNS_UNUSED', names: ['colour'] }] })
    expect(view.rows[1]?.faults).toMatchObject([{ field: 'code', code: 'SAME_KEY', params: { line: 2 } }])
    const file = await storeFile(ctx, 'b.csv', [Buffer.from('code,name\n1,A\n1,B\n2,C\n')])
    const mapping = accounts({ repeated: 'leave_out' })
    expect(await previewImport(ctx, { fileId: file.id, object: 'account', mapping })).toMatchObject({
      rowsTotal: 2,
      rowsWithFaults: 0,
      skipped: 1,
    })
    expect((await preview('code,name\n')).notes).toEqual([{ code: 'NO_ROWS' }])
  })

  it('proposes, adds up and names what leads nowhere, with what was perhaps meant', async () => {
    const { ctx } = await company()
    await run(ctx, 'code,name\n1,Blue Ocean\n2,苏州惠丰米业股份有限公司\n', accounts())
    const csv =
      '商机编号,商机名称,客户,阶段,金额（万元）,负责人\nX1,One,BlueOcean,Won,1.5,甲\nX2,,Blue Ocean,Nowhere,2,甲\n' +
      'X3,Three,苏州惠丰米业,Won,1, 甲（一队）\n合计,,,,4.5,\n'
    const file = await storeFile(ctx, 'deals.csv', [Buffer.from(csv)])
    const view = await previewImport(ctx, { fileId: file.id, object: 'opportunity' })
    expect(view).toMatchObject({
      rowsTotal: 3,
      rowsWithFaults: 3,
      skipped: 1,
      isWhole: true,
      mapping: { upsertKey: 'code', scales: { amount: '10000' } },
      sums: [{ field: 'amount', sum: '45000', filled: 3 }],
      unknown: [
        { field: 'account', text: 'BlueOcean', rows: 1, suggestion: 'Blue Ocean' },
        { field: 'stage', text: 'Nowhere', rows: 1, suggestion: null },
        { field: 'account', text: '苏州惠丰米业', rows: 1, suggestion: '苏州惠丰米业股份有限公司' },
        { field: 'ownerId', text: '甲（一队）', rows: 1, suggestion: '甲' },
      ],
    })
    expect(view.rows[1]?.faults.map((fault) => fault.field)).toEqual(['stage', 'name'])
    expect(view.candidates['stage']).toContain('赢单')
    expect(view.candidates['ownerId']).toContain('乙')
  })

  it('suggests nobody by a name that two have, and only people to whom the clerk may give records', async () => {
    const mine = await company()
    await sql`
      insert into person (company_id, id, name, employee_no)
      values (${mine.ctx.company.id}, gen_random_uuid(), '乙', 'E7')`.execute(database.owner)
    const csv = '商机名称,阶段,负责人\n一,Won,乙\n二,Won,乙（一队）\n三,Won,丁（西区）\n四,Won,E7\n'
    const file = await storeFile(mine.ctx, 'shared.csv', [Buffer.from(csv)])
    const view = await previewImport(mine.ctx, { fileId: file.id, object: 'opportunity' })
    expect(view.unknown).toMatchObject([
      { text: '乙', suggestion: null },
      { text: '乙（一队）', suggestion: null },
      { text: '丁（西区）', suggestion: '丁' },
    ])
    expect(view.candidates['ownerId']).toEqual(['丁', '丙', '甲'])

    const clerk = mine.as('甲', 'manager')
    const own = await storeFile(clerk, 'own.csv', [Buffer.from(csv)])
    const narrow = await previewImport(clerk, { fileId: own.id, object: 'opportunity' })
    expect(narrow.unknown.at(-1)).toMatchObject({ text: '丁（西区）', suggestion: null })
    expect(narrow.candidates['ownerId']).not.toContain('丁')
  })
})
