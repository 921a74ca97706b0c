import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { recordActions } from '#engine/model/object-type.ts'
import { standardCatalogue } from '#platform/records/registry.ts'
import { rooms } from '#app/rooms.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { ask } from './ask.ts'
import { fingerprintOf } from './fingerprint.ts'
import { hintsFor } from './hints.ts'
import { populated, type Populated } from './populated.ts'
import { requestsFor } from './requests.ts'

const seed = Number(process.env['WALK_SEED'] ?? 20260615)
const { app, database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let here: Populated
let office: TestClient

beforeAll(async () => {
  here = await populated(database, 'here', as)
  office = as(here.somebody('管'))
})

async function giveRole(zh: string, definition: unknown): Promise<TestClient> {
  const made = await office.post('/access/roles', { label: { zh, en: zh }, basis: 'operations', definition })
  expect([made.status, made.body.errors]).toEqual([201, undefined])
  const path = `/org/people/${here.people['营']}`
  const { version } = (await office.get(path)).body
  expect((await office.patch(path, { role: made.body.key, version })).status).toBe(200)
  return as(here.somebody('营'))
}

const permissions = () => rooms.flatMap((room) => room.permissions)

describe('whoever holds no permission', () => {
  it('is told which one is missing by every route that asks for one, before anything is looked at', async () => {
    const nothing = Object.fromEntries(permissions().map(({ key }) => [key, false]))
    const client = await giveRole('无权限', { permissions: nothing })
    expect((await client.get('/me')).body.permissions).toEqual([])
    const hints = hintsFor([here])
    const guarded = app.served.filter((route) => typeof route.access === 'object')
    expect(guarded.length).toBeGreaterThan(50)
    for (const route of guarded) {
      for (const asked of fc.sample(requestsFor(route, hints), { seed, numRuns: 2 })) {
        const answer = await ask(client, route, asked, 'zh')
        // What is no request at all does not get as far as the gate.
        if (answer.status === 413 || answer.status === 414) continue
        expect([route.method, route.path, answer.status, answer.code]).toEqual([
          route.method,
          route.path,
          403,
          'PERMISSION_MISSING',
        ])
      }
    }
  }, 60_000)
})

describe('whoever may only read', () => {
  it('changes no record by any route, whatever is asked for', async () => {
    const readOnly = Object.fromEntries(recordActions.map((action) => [action, action === 'read']))
    const { read: _read, ...besides } = readOnly
    const objects = Object.fromEntries(
      standardCatalogue()
        .all()
        .map(({ key, visibleToAll }) => [key, { actions: visibleToAll ? besides : readOnly }]),
    )
    const client = await giveRole('只读全部', {
      objects,
      permissions: Object.fromEntries(permissions().map(({ key }) => [key, false])),
    })
    const tables = standardCatalogue()
      .all()
      .map(({ table }) => table)
    const fingerprint = await fingerprintOf(database.owner, here.company.ctx.company.id, tables)
    const before = await fingerprint()
    const hints = hintsFor([here])
    for (const route of app.served.filter((each) => each.access === 'signed-in' && each.method !== 'GET')) {
      for (const asked of fc.sample(requestsFor(route, hints), { seed, numRuns: 6 })) {
        await ask(client, route, asked, 'zh')
      }
      expect([route.path, await fingerprint()]).toEqual([route.path, before])
    }
    const list = await client.post('/records/account/query', {})
    expect([list.status, list.body.rows.length > 0]).toEqual([200, true])
  }, 120_000)
})
