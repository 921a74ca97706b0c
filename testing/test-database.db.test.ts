import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { testDatabase } from './test-database.ts'

const { db, owner } = await testDatabase()

it('works as a role that cannot bypass row-level security', async () => {
  const { rows } = await sql<{ name: string; bypasses: boolean; isSuper: boolean }>`
    select rolname as name, rolbypassrls as bypasses, rolsuper as "isSuper" from pg_roles where rolname = current_user`.execute(
    db,
  )
  expect(rows).toEqual([{ name: 'terrace_app', bypasses: false, isSuper: false }])
})

it('owns the tables only as the owner', async () => {
  const owned = sql<{
    n: string
  }>`select count(*) as n from pg_tables where schemaname = 'public' and tableowner = 'terrace_app'`
  expect((await owned.execute(owner)).rows).toEqual([{ n: '0' }])
})
