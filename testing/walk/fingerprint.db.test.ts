import { expect, it } from 'vitest'
import { testApp } from '#testing/test-app.ts'
import { fingerprintOf } from './fingerprint.ts'
import { populated } from './populated.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })

it('a fingerprint differs after what is written, and not after what is refused', async () => {
  const here = await populated(database, 'here', as)
  const client = as(here.somebody('管'))
  const path = `/records/account/${here.records['account']?.['甲']}`
  const fingerprint = await fingerprintOf(database.owner)
  const before = await fingerprint()
  expect((await client.patch(path, { values: { city: 1 } })).status).toBe(422)
  expect(await fingerprint()).toEqual(before)
  expect((await client.patch(path, { values: { city: '苏州' } })).status).toBe(200)
  const after = await fingerprint()
  expect(Object.keys(after).filter((table) => after[table] !== before[table])).toContain('account')
})
