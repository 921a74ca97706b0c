import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { arrangeHouse } from '#app/arrange.ts'
import { mappingSchema } from '#engine/transfer/mapping.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { importTarget, keepFilesIn, prepareImport, proposeFor, runSet, storeFile } from '#platform/transfer/index.ts'
import { openFile } from '#platform/transfer/preview-import.ts'
import { fxiaokeExport, zohoExport } from '#testing/sample-exports.ts'
import { smallCompany } from '#testing/small-company.ts'
import { testDatabase } from '#testing/test-database.ts'

arrangeHouse()
const folder = mkdtempSync(join(tmpdir(), 'terrace-sources-'))
afterAll(() => rmSync(folder, { recursive: true }))
keepFilesIn(folder)
const database = await testDatabase()

async function rows(ctx: Ctx, query: ReturnType<typeof sql>): Promise<readonly unknown[]> {
  return inView(ctx, async (tx) => (await query.execute(tx)).rows)
}

/** Imports a sheet with the first mapping that is ready for it. */
async function byReadyMapping(ctx: Ctx, fileId: string, sheet?: string) {
  const { ready } = await openFile(ctx, fileId, sheet)
  const [first] = ready
  if (!first) throw new Error('nothing is ready for this file')
  const { setId } = await prepareImport(ctx, { fileId, mapping: first.mapping })
  const [run] = await runSet(ctx, setId)
  return { from: first.source.zh, object: run?.object, created: run?.created, rejected: run?.rejected }
}

const deals = sql`
  select o.name, a.name as account, s.name_en as stage, trim_scale(o.amount)::text as amount, p.name as owner,
    o.closed_on::text as closed, o.expected_on::text as expected, o.lost_reason as lost
  from opportunity o join account a on a.id = o.account_id join stage s on s.id = o.stage_id
  join person p on p.id = o.owner_id order by o.code`

describe('a company that comes from another product', () => {
  it('brings the modules of Zoho CRM by ready-made mappings, and again without doubling', async () => {
    const { ctx } = await smallCompany(database, { slug: 'from-zoho' })
    const told: unknown[] = []
    for (const [name, content] of Object.entries(zohoExport)) {
      const { id } = await storeFile(ctx, name, [Buffer.from(content)])
      told.push(await byReadyMapping(ctx, id))
    }
    const whole = { from: 'Zoho CRM', rejected: 0 }
    expect(told).toEqual([
      { object: 'account', created: 2, ...whole },
      { object: 'contact', created: 2, ...whole },
      { object: 'opportunity', created: 4, ...whole },
      { object: 'product', created: 2, ...whole },
      { object: 'task', created: 2, ...whole },
    ])
    expect(await rows(ctx, deals)).toMatchObject([
      { stage: 'Won', amount: '125000.5', owner: '甲', closed: '2026-03-31', account: 'Harbour Pumps Ltd' },
      { stage: 'Negotiation', closed: null, expected: '2026-09-30' },
      { stage: 'Lost', closed: '2026-02-15', lost: 'Price', account: 'Harbour Pumps Service' },
      { stage: 'Qualified', owner: '乙' },
    ])
    expect(await rows(ctx, sql`select name from contact order by name`)).toEqual([
      { name: 'Lin Wei' },
      { name: 'Zhou' },
    ])
    expect(await rows(ctx, sql`select status, priority from task order by due_on`)).toEqual([
      { status: 'done', priority: 'normal' },
      { status: 'open', priority: 'high' },
    ])
    const again = await storeFile(ctx, 'Accounts.csv', [Buffer.from(zohoExport['Accounts.csv'] ?? '')])
    expect(await byReadyMapping(ctx, again.id)).toMatchObject({ created: 0, rejected: 0 })
  })

  it('brings the sheets of a 纷享销客 workbook, with dates and amounts as people wrote them', async () => {
    const { ctx } = await smallCompany(database, { slug: 'from-fxiaoke' })
    const { id } = await storeFile(ctx, '纷享销客.xlsx', [await fxiaokeExport()])
    const { sheets, ready } = await openFile(ctx, id)
    expect(ready[0]).toMatchObject({ source: { zh: '纷享销客' }, mapping: { object: 'account', sheet: '客户' } })
    const told: unknown[] = []
    for (const sheet of sheets) told.push(await byReadyMapping(ctx, id, sheet))
    const whole = { from: '纷享销客', rejected: 0 }
    expect(told).toEqual([
      { object: 'account', created: 2, ...whole },
      { object: 'contact', created: 2, ...whole },
      { object: 'opportunity', created: 4, ...whole },
      { object: 'order', created: 1, ...whole },
      { object: 'payment', created: 2, ...whole },
    ])
    expect(await rows(ctx, deals)).toMatchObject([
      { stage: 'Won', amount: '125000.5', owner: '甲', closed: '2026-03-31', account: '海港泵业有限公司' },
      { stage: 'Negotiation', amount: '80000', expected: '2026-09-30' },
      { stage: 'Lost', closed: '2026-02-15', lost: '价格' },
      { stage: 'Prospecting', amount: '5000', account: '江南阀门厂' },
    ])
    expect(
      await rows(
        ctx,
        sql`select trim_scale(amount)::text as amount, received_on::text as day from payment order by code`,
      ),
    ).toEqual([
      { amount: '50000', day: '2026-04-20' },
      { amount: '75000', day: '2026-05-20' },
    ])
  })

  it('is known on the command line too, and other files are not taken for it', async () => {
    const { ctx } = await smallCompany(database, { slug: 'by-command' })
    const { id } = await storeFile(ctx, 'Deals.csv', [Buffer.from(zohoExport['Deals.csv'] ?? '')])
    expect(await proposeFor(ctx, importTarget(ctx, 'opportunity'), id)).toMatchObject({
      mapping: { columns: { 'Closing Date': ['expectedOn', 'closedOn'] } },
      ready: { source: { en: 'Zoho CRM' }, kind: { en: 'Deals' } },
    })
    const own = await storeFile(ctx, '客户.csv', [Buffer.from('客户名称,负责人,电话\n华为,甲,1\n')])
    expect((await openFile(ctx, own.id)).ready).toEqual([])
    const people = await storeFile(ctx, '联系人.csv', [Buffer.from('姓名,客户名称,手机,负责人\n林伟,华为,1,甲\n')])
    expect((await openFile(ctx, people.id)).ready).toEqual([])
  })

  it('is read by its units and the order of its dates', async () => {
    const { ctx } = await smallCompany(database, { slug: 'units' })
    const deals = '商机名称,客户名称,商机阶段,商机金额（万元）,预计成交日期,负责人\n泵站,海港,赢单,12.5,31/03/2026,甲\n'
    const { id } = await storeFile(ctx, '商机.csv', [Buffer.from(deals)])
    const { ready } = await openFile(ctx, id)
    expect(ready[0]?.mapping).toMatchObject({
      scales: { amount: '10000' },
      dates: { expectedOn: 'dmy', closedOn: 'dmy' },
    })
  })

  it('joins surname and given name of Chinese contacts, unless people chose another column before', async () => {
    const { ctx } = await smallCompany(database, { slug: 'surnames' })
    const contacts = async () => {
      const csv =
        '记录 ID,联系人所有者,姓,名,昵称,手机,客户名称\n1,甲,林,伟,阿伟,13800138000,海港\n2,乙,周,,小周,13900139000,海港\n'
      return (await storeFile(ctx, '联系人.csv', [Buffer.from(csv)])).id
    }
    const harbour = await storeFile(ctx, 'a.csv', [Buffer.from('name\n海港\n')])
    const named = mappingSchema.parse({ object: 'account', mode: 'create', columns: { name: 'name' } })
    await runSet(ctx, (await prepareImport(ctx, { fileId: harbour.id, mapping: named })).setId)
    expect(await byReadyMapping(ctx, await contacts())).toMatchObject({ object: 'contact', created: 2, rejected: 0 })
    expect(await rows(ctx, sql`select name from contact order by phone`)).toEqual([{ name: '林伟' }, { name: '周' }])
    const fileId = await contacts()
    const mapping = mappingSchema.parse({
      object: 'contact',
      mode: 'create',
      columns: { 昵称: 'name', 客户名称: 'account' },
    })
    await runSet(ctx, (await prepareImport(ctx, { fileId, mapping })).setId)
    expect((await openFile(ctx, fileId)).ready[0]?.mapping).toMatchObject({
      columns: { 昵称: 'name', 手机: 'phone' },
      templates: {},
    })
  })
})
