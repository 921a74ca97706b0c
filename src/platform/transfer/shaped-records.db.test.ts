import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { arrangeHouse } from '#app/arrange.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { keepFilesIn } from './file-store.ts'
import { runSet } from './start-import.ts'

arrangeHouse()
const folder = mkdtempSync(join(tmpdir(), 'terrace-files-'))
afterAll(() => rmSync(folder, { recursive: true }))
keepFilesIn(folder)
const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let company: SmallCompany
let clerk: TestClient
let columns: Record<string, string>

const both = (zh: string, en: string) => ({ zh, en })

beforeAll(async () => {
  company = await smallCompany(database)
  await sql`update person set role = 'operations' where id = ${company.people['甲']}`.execute(database.owner)
  clerk = as({ companyId: company.ctx.company.id, personId: company.people['甲'] ?? '' })
  await clerk.post('/shape/objects', { key: 'machine__c', label: both('设备', 'Machine') })
  const choices = [{ label: both('犁', 'Plough') }, { label: both('播', 'Seed') }]
  const definitions: Record<string, Record<string, unknown>> = {
    nr__c: { label: both('编号', 'No.'), type: 'auto_number', numbering: 'M-{000}' },
    uses__c: { label: both('用途', 'Uses'), type: 'multi_choice', choices },
    tags__c: { label: both('标签', 'Tags'), type: 'tags' },
    users__c: { label: both('使用客户', 'Users'), type: 'multi_reference', to: 'account' },
    place__c: { label: both('地区', 'Region'), type: 'region' },
    stars__c: { label: both('评分', 'Stars'), type: 'rating' },
    price__c: { label: both('价格', 'Price'), type: 'money' },
    double__c: { label: both('双价', 'Double'), type: 'formula', formula: { expression: 'price__c * 2', result: 'money' } },
  } // prettier-ignore
  for (const [key, definition] of Object.entries(definitions)) {
    const made = await clerk.post('/shape/objects/machine__c/fields', { key, definition })
    expect(made, JSON.stringify(made.body)).toMatchObject({ status: 201 })
  }
  for (const name of ['大田农场', 'Green, Inc.']) await clerk.post('/records/account', { values: { name } })
  columns = {
    编号: 'nr__c', 名称: 'name', 用途: 'uses__c', 标签: 'tags__c', 使用客户: 'users__c', 地区: 'place__c', 评分: 'stars__c', 价格: 'price__c',
  } // prettier-ignore
})

async function bring(text: string, mapping: Record<string, unknown>) {
  const { file } = (await clerk.post('/imports/files/paste', { text })).body
  const preview = await clerk.post('/imports/preview', {
    fileId: file.id,
    object: 'machine__c',
    mapping: { object: 'machine__c', ...mapping },
  })
  expect(preview, JSON.stringify(preview.body)).toMatchObject({ status: 200 })
  const started = await clerk.post('/imports', { fileId: file.id, mapping: preview.body.mapping })
  if (started.status !== 200) return { preview: preview.body, ended: started.body }
  const fresh = await findCompany(database.db, { id: company.ctx.company.id })
  if (!fresh) expect.fail('the company is gone')
  await runSet(systemContext({ db: database.db, log: company.ctx.log }, fresh), started.body.setId)
  return { preview: preview.body, ended: (await clerk.get(`/imports/${started.body.id}`)).body }
}

async function machines() {
  const { body } = await clerk.post('/records/machine__c/query', { sort: [{ field: 'nr__c' }] })
  return body.rows
}

async function exported(language: string): Promise<string> {
  const { body } = await clerk.post(
    '/records/machine__c/export',
    { format: 'csv', fields: [...Object.values(columns), 'double__c'], sort: [{ field: 'nr__c' }] },
    { 'accept-language': language },
  )
  return String(body).replace('\ufeff', '')
}

describe('files of an object that the company made', () => {
  it('are not asked for what is worked out, and recognise records by their number', async () => {
    const { targets } = (await clerk.get('/imports/targets')).body
    const target = targets.find((one: { object: string }) => one.object === 'machine__c')
    expect(target.keys).toEqual(['nr__c', 'name'])
    expect(target.fields.map((field: { key: string }) => field.key)).not.toContain('double__c')
  })

  it('become records: choices, tags, names of records and regions, several in one cell', async () => {
    const text =
      '名称\t用途\t标签\t使用客户\t地区\t评分\t价格\n' +
      '一号机\t犁、Seed\t新机；试用\t大田农场; Green, Inc.\t浙江杭州\t4\t1.2万\n' +
      '二号机\t\t\t没有这家\t哪里\t\t\n'
    const { preview, ended } = await bring(text, { mode: 'create', columns: withoutNumber() })
    expect(preview.rows[1].faults.map((one: { code: string }) => one.code).toSorted()).toEqual([
      'REFERENCE_NOT_FOUND',
      'REGION_NOT_FOUND',
    ])
    expect(ended).toMatchObject({ created: 1, rejected: 1 })
    const [row] = await machines()
    expect(row).toMatchObject({
      nr__c: 'M-001', uses__c: ['plough', 'seed'], tags__c: ['新机', '试用'], place__c: '3301', stars__c: '4', price__c: '12000',
    }) // prettier-ignore
    expect(row.users__c.map((id: string) => row.names[id])).toEqual(['大田农场', 'Green, Inc.'])
  })

  it('are written in words, with what is worked out as numbers', async () => {
    const [, zh] = (await exported('zh')).split('\r\n')
    expect(zh).toBe('M-001,一号机,犁、播,新机、试用,"大田农场、Green, Inc.",浙江省杭州市,4,12000,24000')
    const [, en] = (await exported('en')).split('\r\n')
    expect(en).toBe('M-001,一号机,Plough; Seed,新机; 试用,"大田农场; Green, Inc.","杭州市, Zhejiang",4,12000,24000')
  })

  it('come back as they went, the record known by its number, new ones numbered', async () => {
    for (const language of ['zh', 'en']) {
      const [head = '', line = ''] = (await exported(language)).split('\r\n')
      const headers = head.split(',')
      const named = Object.values(columns).map((key, at) => [headers[at] ?? '', key])
      const file = [
        head,
        line.replace('12000,24000', '13000,'),
        `,新的 ${language},,,,,,,`,
        'M-999,没有的,,,,,,,',
      ].join('\n')
      const { ended } = await bring(file, { upsertKey: 'nr__c', columns: Object.fromEntries(named) })
      expect(ended, language).toMatchObject({ created: 1, rejected: 1 })
      expect(ended.updated + ended.unchanged).toBe(1)
      const rejects = await clerk.get(`/imports/${ended.id}/rejects?format=csv`, { 'accept-language': 'en' })
      expect(rejects.body).toContain('There is no record “M-999” to update')
    }
    const rows = await machines()
    expect(rows.map((row: { nr__c: string; name: string }) => `${row.nr__c} ${row.name}`)).toEqual([
      'M-001 一号机', 'M-002 新的 zh', 'M-003 新的 en',
    ]) // prettier-ignore
    expect(rows[0]).toMatchObject({ price__c: '13000', place__c: '3301', uses__c: ['plough', 'seed'] })
    expect(rows[0].users__c).toHaveLength(2)
  })

  it('change the records that a unique field of the company tells', async () => {
    const definition = { label: both('机架号', 'Frame'), type: 'text', unique: true }
    await clerk.post('/shape/objects/machine__c/fields', { key: 'frame__c', definition })
    const frames = { upsertKey: 'frame__c', columns: { 机架号: 'frame__c', 名称: 'name' } }
    const { ended } = await bring('机架号\t名称\nF-1\t八号机\nF-2\t九号机\n', frames)
    expect(ended).toMatchObject({ created: 2, rejected: 0 })
    const again = await bring('机架号\t名称\nF-2\t九号机改\nF-3\t十号机\n', frames)
    expect(again.ended).toMatchObject({ created: 1, updated: 1, rejected: 0 })
    const named = (await machines()).map((row: { frame__c: string; name: string }) => `${row.frame__c} ${row.name}`)
    expect(named.slice(-3)).toEqual(['F-1 八号机', 'F-2 九号机改', 'F-3 十号机'])
  })

  it('tell moments as the clocks of the company show them, and read them back as they were', async () => {
    const definition = { label: both('安装时间', 'Installed at'), type: 'date_time' }
    await clerk.post('/shape/objects/machine__c/fields', { key: 'installed__c', definition })
    const installed = '2026-03-01T16:30:00.000Z'
    const made = await clerk.post('/records/machine__c', { values: { name: '时刻机', installed__c: installed } })
    const exact = '2026-03-01T16:30:00.125Z'
    await clerk.post('/records/machine__c', { values: { name: '时刻机二', installed__c: exact } })
    const exported = await clerk.post('/records/machine__c/export', {
      format: 'csv',
      fields: ['name', 'installed__c'],
      filter: { field: 'name', op: 'in', value: ['时刻机', '时刻机二'] },
    })
    const text = String(exported.body).replace('\ufeff', '')
    expect(text).toContain('时刻机,2026-03-02 00:30:00')
    expect(text).toContain(`时刻机二,${exact}`)
    const columns = { Name: 'name', 'Installed at': 'installed__c' }
    expect((await bring(text, { upsertKey: 'name', columns })).ended).toMatchObject({ state: 'done', unchanged: 2 })
    expect((await clerk.get(`/records/machine__c/${made.body.id}`)).body.installed__c).toBe(installed)
  })

  it('tell the ids of records where they are asked for', async () => {
    const { id } = (await clerk.post('/records/machine__c', { values: { name: '有号机' } })).body
    const filter = { field: 'name', op: 'eq', value: '有号机' }
    const { body } = await clerk.post('/records/machine__c/export', { format: 'csv', fields: ['id', 'name'], filter })
    expect(String(body)).toContain(`${id},有号机`)
  })

  it('cannot set numbers that the system gives', async () => {
    const { preview } = await bring('编号\t名称\nM-7\t七号机\n', {
      upsertKey: 'name',
      columns: { 编号: 'nr__c', 名称: 'name' },
    })
    expect(preview.mappingFaults).toMatchObject([{ field: 'nr__c', code: 'NUMBER_NOT_KEY' }])
  })
})

function withoutNumber(): Record<string, string> {
  return Object.fromEntries(Object.entries(columns).filter(([, key]) => key !== 'nr__c'))
}
