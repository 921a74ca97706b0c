import type { AddressInfo } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import { createKey } from '#platform/auth/key-store.ts'
import { testApp } from '#testing/test-app.ts'
import { populated, type Populated } from '#testing/walk/populated.ts'
import * as terrace from '../../clients/typescript/src/index.ts'

const { app, database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let here: Populated
let client: ReturnType<typeof terrace.connectTerrace>

beforeAll(async () => {
  here = await populated(database, 'here', as)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const wanted = { ...here.somebody('管'), name: 'client', scopes: ['write'], expiresAt: null }
  const { secret } = await createKey(database.db, wanted)
  client = terrace.connectTerrace({ url: `http://127.0.0.1:${port}/`, apiKey: secret })
})

const path = { object: 'account' }

describe('the typed client', () => {
  it('comes in with a key', async () => {
    const { data } = await terrace.getMe({ client })
    expect(data?.person.name).toBe('管')
    const stranger = terrace.connectTerrace({ url: client.getConfig().baseUrl ?? '', apiKey: 'terrace_no' })
    const { error, response } = await terrace.getMe({ client: stranger })
    expect([response?.status, error?.code, error?.title]).toEqual([401, 'SIGN_IN_NEEDED', 'Please sign in first'])
  })

  it('makes a record once, however often it sends it', async () => {
    const send = () =>
      terrace.postRecordsObject({
        client,
        path,
        body: { values: { name: '禾田' } },
        headers: { 'Idempotency-Key': 'once' },
      })
    const [first, second] = [await send(), await send()]
    expect(first.response?.status).toBe(201)
    expect(second.data).toEqual(first.data)
    expect(second.response?.headers.get('idempotency-replayed')).toBe('true')
  })

  it('changes only what it saw', async () => {
    const { data } = await terrace.postRecordsObject({ client, path, body: { values: { name: '看过的' } } })
    const one = { ...path, id: data?.id ?? '' }
    const { response } = await terrace.getRecordsObjectId({ client, path: one })
    const headers = { 'If-Match': response?.headers.get('etag') ?? '' }
    const change = () =>
      terrace.patchRecordsObjectId({ client, path: one, body: { values: { city: '杭州' } }, headers })
    expect((await change()).data?.version).toBe(2)
    const late = await change()
    expect([late.response?.status, late.error?.code]).toEqual([412, 'PRECONDITION_FAILED'])
  })

  it('loads many, and reads them page by page', async () => {
    const rows = Array.from({ length: 250 }, (_, at) => ({ values: { name: `页${at}`, code: `页-${at}` } }))
    const made = await terrace.postRecordsObjectBulk({ client, path, body: { act: 'upsert', by: 'code', rows } })
    expect([made.data?.changed, made.data?.rows?.length]).toEqual([250, 250])
    const names = new Set<unknown>()
    let cursor: string | null | undefined
    do {
      const { data } = await terrace.postRecordsObjectQuery({
        client,
        path,
        body: { text: 'name:页', fields: ['name'], limit: 100, ...(cursor ? { cursor } : {}) },
      })
      for (const row of data?.rows ?? []) names.add(row['name'])
      cursor = data?.cursor
    } while (cursor)
    expect(names.size).toBe(250)
  })

  it('is told at which field a value is wrong', async () => {
    const { error } = await terrace.postRecordsObject({ client, path, body: { values: { name: '' } } })
    expect(error).toMatchObject({ code: 'RECORD_INVALID', errors: [{ field: 'name', message: 'Required' }] })
  })
})
