import { beforeAll, describe, expect, it } from 'vitest'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { uploadTo } from '#testing/upload.ts'
import { populated, type Populated } from '#testing/walk/populated.ts'
import { runImport } from './run-import.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let here: Populated
let office: TestClient

beforeAll(async () => {
  here = await populated(database, 'here', as)
  office = as(here.somebody('管'))
})

const load = (query: string, name: string, text: string, client = office) =>
  uploadTo(client, `/records/account/loads${query}`, name, text)

async function outcomes(id: string): Promise<readonly any[]> {
  await runImport(here.company.ctx, id)
  const { body, headers } = await office.get(`/records/account/loads/${id}/outcome`)
  expect(headers['content-type']).toContain('application/x-ndjson')
  return String(body)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

describe('a load', () => {
  it('writes the rows of a file and tells of each what became of it', async () => {
    const rows = [
      { name: '装一', code: '装-1' },
      { name: '', code: '装-2' },
      { name: '装三', code: '装-3' },
    ]
    const text = rows.map((row) => JSON.stringify(row)).join('\n')
    const { status, body, headers } = await load('?by=code', 'a.jsonl', text)
    expect([status, body.state]).toEqual([202, 'queued'])
    expect(headers['location']).toBe(`/api/v1/records/account/loads/${body.id}`)
    expect((await office.get(`/records/account/loads/${body.id}/outcome`)).status).toBe(409)
    expect(await outcomes(body.id)).toMatchObject([
      { line: 1, ok: true },
      { line: 2, ok: false, errors: [{ field: 'name' }] },
      { line: 3, ok: true },
    ])
    const { body: run } = await office.get(`/records/account/loads/${body.id}`)
    expect(run).toMatchObject({ state: 'done', rowsTotal: 3, rowsRead: 3, created: 2, rejected: 1 })
  })

  it('recognises records by a field, also in CSV', async () => {
    await outcomes((await load('?by=code', 'a.csv', 'code,name\n认-1,甲方\n')).body.id)
    const { body } = await load('?by=code', 'b.csv', 'code,name,city\n认-1,甲方,杭州\n认-2,乙方,\n')
    await outcomes(body.id)
    expect((await office.get(`/records/account/loads/${body.id}`)).body).toMatchObject({ created: 1, updated: 1 })
  })

  it('refuses a column that is no field, and leaves no file behind', async () => {
    const refused = await load('', 'a.csv', 'name,colour\n甲,red\n')
    expect(refused).toMatchObject({ status: 400, code: 'MAPPING_INVALID', body: { errors: [{ field: 'colour' }] } })
  })

  it('is shown under its own object, to whoever started it', async () => {
    const { body } = await load('?by=code', 'a.csv', 'code,name\n谁-1,甲方\n')
    expect((await office.get(`/records/order/loads/${body.id}`)).status).toBe(404)
    expect((await as(here.somebody('乙')).get(`/records/account/loads/${body.id}`)).status).toBe(404)
  })

  it('needs the right to import', async () => {
    expect((await load('', 'a.csv', 'name\n甲\n', as(here.somebody('甲')))).status).toBe(403)
  })
})
