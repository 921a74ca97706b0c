import { sql } from 'kysely'
import { afterAll, expect, inject, it } from 'vitest'
import { testDatabase } from '#testing/test-database.ts'
import { connect, WrongRole } from './connect.ts'

const { ownerUrl } = await testDatabase()
const appRole = inject('testServer').appRole ?? 'terrace_app'
const asApp = connect(ownerUrl, { role: appRole, max: 1 })
afterAll(() => asApp.close())

it('takes the role of the app, whoever signs in', async () => {
  const { rows } = await sql<{ role: string }>`select current_user as role`.execute(asApp.db)
  expect(rows).toEqual([{ role: appRole }])
})

it('asks nothing through a connection that row-level security does not bind', async () => {
  const owner = new URL(ownerUrl).username
  const unbound = connect(ownerUrl, { role: owner, max: 1 })
  await expect(sql`select 1`.execute(unbound.db)).rejects.toThrow(WrongRole)
  await unbound.close()
})
