import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql } from 'kysely'
import { createRecord } from '#platform/records/save.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { startS3Server } from '#testing/s3-server.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { tinyPng, uploadTo } from '#testing/upload.ts'
import { keepContentIn, s3Store, verifyFiles } from './index.ts'
import { purgeFiles } from './purge-files.ts'

const { database, as } = await testApp()
const keys = { keyId: 'terrace', secret: 'a secret/+=', bucket: 'crm-files' }
const server = await startS3Server({ ...keys, pageSize: 2 })
const arrivals = mkdtempSync(join(temporaryFolder(), 'terrace-s3-'))
const settings = { endpoint: server.endpoint, region: 'cn-north-1', isPathStyle: true, ...keys }

let company: SmallCompany
let client: TestClient
let path: string

beforeAll(async () => {
  keepContentIn({ store: s3Store(settings), arrivals, mostBytesPerFile: 50_000_000 })
  company = await smallCompany(database, { slug: 's3' })
  const personId = company.people['甲'] ?? ''
  await sql`update person set role = 'operations' where id = ${personId}`.execute(database.owner)
  client = as({ companyId: company.ctx.company.id, personId })
  path = `/records/account/${(await createRecord(company.ctx, 'account', { name: '甲方' })).id}/files`
})

afterAll(async () => {
  await server.stop()
  rmSync(arrivals, { recursive: true, force: true })
})

it('a file and its small version go to the bucket, signed, and nothing stays on this machine', async () => {
  const { status, body } = await uploadTo(client, path, 'a.png', tinyPng)
  const prefix = `${company.ctx.company.id}/${body.id}`
  expect([status, server.refusals]).toEqual([201, []])
  expect([...server.objects.keys()].sort()).toEqual([prefix, `${prefix}-preview`])
  expect(server.objects.get(prefix)?.equals(tinyPng)).toBe(true)
  expect(readdirSync(arrivals)).toEqual([])
})

it('comes back whole or in a range', async () => {
  const text = '合同条款\n'.repeat(3000)
  const { body } = await uploadTo(client, path, '条款.txt', text)
  expect((await client.get(`/files/${body.id}/content`)).body).toBe(text)
  const part = await client.get(`/files/${body.id}/content`, { range: 'bytes=0-11' })
  expect([part.status, part.body]).toEqual([206, '合同条款'])
})

it('is verified and cleared page by page', async () => {
  expect(await verifyFiles(company.ctx)).toEqual([])
  const stray = `${company.ctx.company.id}/0197a1a0-0000-7000-8000-000000000001`
  server.objects.set(stray, Buffer.from('x'))
  server.objects.set('another/0197a1a0-0000-7000-8000-000000000002', Buffer.from('x'))
  expect(await verifyFiles(company.ctx)).toMatchObject([{ what: 'unknown' }])
  await purgeFiles(company.ctx)
  expect([server.objects.has(stray), server.objects.size]).toEqual([false, 4])
})

it('that the bucket does not take is not known either; the caller learns that it failed, not how', async () => {
  keepContentIn({ store: s3Store({ ...settings, secret: 'wrong' }), arrivals, mostBytesPerFile: 50_000_000 })
  const before = (await client.get(path)).body.files.length
  const failed = await uploadTo(client, path, 'b.png', tinyPng)
  expect(failed).toMatchObject({ status: 500, code: 'UNEXPECTED' })
  expect(JSON.stringify(failed.body)).not.toContain('SignatureDoesNotMatch')
  expect(server.refusals).toContain('SignatureDoesNotMatch')
  expect([(await client.get(path)).body.files.length, readdirSync(arrivals)]).toEqual([before, []])
})

it('an address may name the bucket before the host', async () => {
  const asked: string[] = []
  const fetched = globalThis.fetch
  globalThis.fetch = async (to) => {
    asked.push(String(to))
    return new Response(null, { status: 404 })
  }
  try {
    const store = s3Store({ ...settings, endpoint: 'https://oss.example/base', isPathStyle: false })
    expect(await store.get({ companyId: 'c', name: 'n' })).toBeUndefined()
  } finally {
    globalThis.fetch = fetched
  }
  expect(asked).toEqual(['https://crm-files.oss.example/base/c/n'])
})
