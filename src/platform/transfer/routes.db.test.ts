import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { arrangeHouse } from '#app/arrange.ts'
import { smallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'
import { inStep } from '#platform/db/step.ts'
import { keepFilesIn } from './file-store.ts'
import { runSet } from './start-import.ts'

arrangeHouse()
const folder = mkdtempSync(join(tmpdir(), 'terrace-files-'))
afterAll(() => rmSync(folder, { recursive: true }))
const { app, database, as } = await testApp()
keepFilesIn(folder)
const { ctx, people } = await smallCompany(database)
await inStep(ctx, ({ tx }) => sql`update person set role = 'operations' where id = ${people['甲']}`.execute(tx))
const clerk = as({ companyId: ctx.company.id, personId: people['甲'] ?? '' })
const seller = as({ companyId: ctx.company.id, personId: people['乙'] ?? '' })

const csv = 'code,name,employees\n1,华为,10\n2,,5\n'
const paste = async (text = csv) => (await clerk.post('/imports/files/paste', { text })).body

describe('the import over HTTP', () => {
  it('leads from pasted cells to a result and a file of refused rows', async () => {
    const opened = await paste()
    expect(opened).toMatchObject({
      headers: ['code', 'name', 'employees'],
      samples: [
        ['1', '华为', '10'],
        ['2', '', '5'],
      ],
    })
    const preview = (await clerk.post('/imports/preview', { fileId: opened.file.id, object: 'account' })).body
    expect(preview).toMatchObject({ rowsTotal: 2, rowsWithFaults: 1, mappingFaults: [] })
    const started = (await clerk.post('/imports', { fileId: opened.file.id, mapping: preview.mapping })).body
    expect(started).toMatchObject({ state: 'queued', object: 'account' })
    await runSet(ctx, started.setId)
    expect((await clerk.get(`/imports/${started.id}`)).body).toMatchObject({ state: 'done', created: 1, rejected: 1 })
    expect((await clerk.get('/imports')).body.imports).toHaveLength(1)
    const rejects = await clerk.get(`/imports/${started.id}/rejects?format=csv`)
    expect(rejects.headers['content-type']).toContain('text/csv')
    expect(rejects.body).toContain('Name: Required')
    expect((await clerk.post(`/imports/${started.id}/cancel`)).code).toBe('IMPORT_NOT_RUNNING')
  })

  it('never takes a contact for a namesake at another customer unless told', async () => {
    const [here, there] = await Promise.all(
      ['东湖机械厂', '西湖机械厂'].map(
        async (name) => (await clerk.post('/records/account', { values: { name, code: name } })).body,
      ),
    )
    const known = await clerk.post('/records/contact', { values: { name: '王伟', account: here.id } })
    const { file } = await paste(`姓名,客户,职务\n王伟,${there.name},厂长\n`)
    const { mapping } = (await clerk.post('/imports/preview', { fileId: file.id, object: 'contact' })).body
    expect(mapping.mode).toBe('create')
    const started = (await clerk.post('/imports', { fileId: file.id, mapping })).body
    await runSet(ctx, started.setId)
    expect((await clerk.get(`/imports/${started.id}`)).body).toMatchObject({ state: 'done', created: 1, updated: 0 })
    expect((await clerk.get(`/records/contact/${known.body.id}`)).body).toMatchObject({ account: here.id, title: null })
  })

  it('knows customers by their name, also once the company gave them a reference: that makes them no part of it', async () => {
    const definition = { label: { zh: '主推产品', en: 'Main product' }, type: 'reference', to: 'product' }
    const made = await clerk.post('/shape/objects/account/fields', { key: 'main__c', definition })
    expect(made).toMatchObject({ status: 201 })
    const { file } = await paste('name,city\n华为,深圳\n')
    const { mapping } = (await clerk.post('/imports/preview', { fileId: file.id, object: 'account' })).body
    expect(mapping).toMatchObject({ mode: 'upsert', upsertKey: 'name' })
    await clerk.delete(`/shape/fields/${made.body.id}`)
  })

  it('says before how many records it changes and how many it makes', async () => {
    const { file } = await paste('code,name\n1,华为技术\n77,新来的厂\n')
    const { body } = await clerk.post('/imports/preview', { fileId: file.id, object: 'account' })
    expect(body).toMatchObject({ rowsTotal: 2, rowsWithFaults: 0, rowsKnown: 1 })
  })

  it('takes a set of files in one go', async () => {
    const [first, second] = [await paste('name\nGTX\n'), await paste('code,name\nA9,Acme\n')]
    const set = {
      name: 'two',
      steps: [
        { file: 'p.csv', object: 'product', upsertKey: 'name', columns: { name: 'name' } },
        { file: 'a.csv', object: 'account', upsertKey: 'code', columns: { code: 'code', name: 'name' } },
      ],
    }
    expect((await clerk.post('/imports/sets', { set, files: { 'p.csv': first.file.id } })).code).toBe('FILE_NOT_FOUND')
    const started = await clerk.post('/imports/sets', {
      set,
      files: { 'p.csv': first.file.id, 'a.csv': second.file.id },
    })
    await runSet(ctx, started.body.setId)
    const { imports } = (await clerk.get(`/imports/sets/${started.body.setId}`)).body
    expect(imports.map((one: { state: string; created: number }) => [one.state, one.created])).toEqual([
      ['done', 1],
      ['done', 1],
    ])
  })

  it('makes what a set needs first, for those who may shape objects', async () => {
    const { file } = await paste('code,name,seats\nZ9,Zenith,4\n')
    const definition = { label: { zh: '座位', en: 'Seats' }, type: 'number' }
    const set = {
      name: 'with a field',
      shape: { fields: [{ object: 'account', key: 'seats__c', definition }] },
      steps: [
        {
          file: 'a.csv',
          object: 'account',
          upsertKey: 'code',
          columns: { code: 'code', name: 'name', seats: 'seats__c' },
        },
      ],
    }
    await inStep(ctx, ({ tx }) => sql`update person set role = 'manager' where id = ${people['丙']}`.execute(tx))
    const manager = as({ companyId: ctx.company.id, personId: people['丙'] ?? '' })
    expect((await manager.post('/imports/sets', { set, files: { 'a.csv': file.id } })).code).toBe('PERMISSION_MISSING')
    const started = await clerk.post('/imports/sets', { set, files: { 'a.csv': file.id } })
    expect(started.body.imports).toMatchObject([{ state: 'queued' }])
  })

  it('keeps descriptions by name', async () => {
    const mapping = { object: 'account', columns: { 公司: 'name' } }
    expect((await clerk.post('/imports/descriptions', { name: 'ours', mapping })).status).toBe(200)
    const saved = (
      await clerk.post('/imports/descriptions', { name: 'ours', mapping: { ...mapping, upsertKey: 'name' } })
    ).body
    const { descriptions } = (await clerk.get('/imports/descriptions')).body
    expect(descriptions).toHaveLength(1)
    expect(descriptions[0].description).toMatchObject({ upsertKey: 'name', columns: { 公司: 'name' } })
    expect((await clerk.delete(`/imports/descriptions/${saved.id}`)).status).toBe(204)
    expect((await clerk.delete(`/imports/descriptions/${saved.id}`)).code).toBe('MAPPING_NOT_FOUND')
  })

  it('gives templates and exports as files that come back the same', async () => {
    const template = await clerk.get('/imports/templates/account?format=csv')
    expect(template.body).toContain('Name*,Code')
    const exported = await clerk.post('/records/account/export', { format: 'csv', fields: ['code', 'name'] })
    expect(exported.body).toContain('1,华为')
    const dated = await clerk.post('/records/account/export', { format: 'csv', fields: ['code', 'createdAt'] })
    expect(dated.body).toContain('Code,Created')
    const again = await paste(exported.body)
    const preview = (await clerk.post('/imports/preview', { fileId: again.file.id, object: 'account' })).body
    expect(preview).toMatchObject({ rowsWithFaults: 0, mapping: { upsertKey: 'code' } })
    expect((await clerk.post('/records/account/export', { format: 'xlsx' })).headers['content-type']).toContain(
      'spreadsheetml',
    )
  })

  it('refuses bad input with a code and the field, never with a crash', async () => {
    const { file } = await paste()
    const byNumber = { object: 'account', upsertKey: 'employees', columns: { employees: 'employees', name: 'name' } }
    const asked = await clerk.post('/imports/preview', { fileId: file.id, object: 'account', mapping: byNumber })
    expect(asked.body.mappingFaults).toMatchObject([{ field: 'employees', code: 'NOT_A_KEY' }])
    const nobody = '00000000-0000-7000-8000-000000000000'
    const cases: readonly (readonly [Promise<{ status: number; code: string | undefined }>, number, string])[] = [
      [clerk.post('/imports/files', {}), 400, 'FILE_MISSING'],
      [clerk.post('/imports/files/paste', { text: '' }), 400, 'INPUT_INVALID'],
      [clerk.post('/imports/files/paste', { text: 'a,b\n1,"x' }), 400, 'QUOTES_NOT_CLOSED'],
      [clerk.get(`/imports/files/${nobody}`), 404, 'FILE_NOT_FOUND'],
      [clerk.get('/imports/files/..%2f..%2fetc'), 404, 'FILE_NOT_FOUND'],
      [clerk.get(`/imports/files/${file.id}?sheet=x`), 200, ''],
      [clerk.post('/imports/preview', { fileId: file.id, object: 'ghost' }), 404, 'TARGET_UNKNOWN'],
      [
        clerk.post('/imports', { fileId: file.id, mapping: { object: 'account', columns: { zzz: 'name' } } }),
        400,
        'MAPPING_INVALID',
      ],
      [
        clerk.post('/imports', { fileId: file.id, mapping: { object: 'account', columns: { name: 'zzz' } } }),
        400,
        'MAPPING_INVALID',
      ],
      [clerk.post('/imports', { fileId: file.id, mapping: { object: 1 } }), 400, 'INPUT_INVALID'],
      [clerk.get('/imports/x'), 404, 'IMPORT_NOT_FOUND'],
      [clerk.get(`/imports/sets/${nobody}`), 404, 'IMPORT_NOT_FOUND'],
      [clerk.get(`/imports/${nobody}/rejects`), 404, 'IMPORT_NOT_FOUND'],
      [clerk.post('/records/account/export', { filter: { field: 'zzz', op: 'eq', value: 1 } }), 400, 'FILTER_INVALID'],
      [clerk.post('/imports/descriptions', { name: 'x' }), 400, 'MAPPING_INVALID'],
    ]
    for (const [answer, status, code] of cases) {
      const { status: found, code: said } = await answer
      expect([found, said ?? '']).toEqual([status, code])
    }
  })

  it('is closed to those who may not import', async () => {
    const { targets } = (await seller.get('/imports/targets')).body
    expect(targets.map((target: { object: string }) => target.object)).not.toContain('org')
    expect((await seller.get('/imports/templates/org')).code).toBe('NOT_ALLOWED')
    expect((await app.inject({ url: '/api/v1/imports' })).statusCode).toBe(401)
  })
})
