import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { arrangeHouse } from '#app/arrange.ts'
import { inView } from '#platform/db/step.ts'
import { standardCatalogue } from '#platform/records/registry.ts'
import { createRecord } from '#platform/records/save.ts'
import { smallCompany } from '#testing/small-company.ts'
import { testDatabase } from '#testing/test-database.ts'
import { findRecords } from './lookup-store.ts'

arrangeHouse()
const database = await testDatabase()

it('names are found without reading the whole table', async () => {
  const { ctx } = await smallCompany(database)
  await sql`
    insert into account (company_id, id, name, code)
    select ${ctx.company.id}, gen_random_uuid(), '客户' || n, 'K' || n from generate_series(1, 5000) n`.execute(
    database.owner,
  )
  await sql`analyze account`.execute(database.owner)
  const { found, scans } = await inView(ctx, async (tx) => {
    const texts = await findRecords(tx, ctx, standardCatalogue().get('account'), ['客户7', 'K8', '没有'])
    const { rows } = await sql<{ scans: number }>`
      select seq_scan::int as scans from pg_stat_xact_user_tables where relname = 'account'`.execute(tx)
    return { found: [...texts.values()].map((one) => 'id' in one), scans: rows[0]?.scans }
  })
  expect(found).toEqual([true, true, false])
  expect(scans).toBe(0)
})

it('nothing is found by what is no text, or is not there', async () => {
  const { ctx } = await smallCompany(database, { slug: 'lookups' })
  await createRecord(ctx, 'account', { name: '一', code: '7', employees: '7' })
  const countBy = (by: string) =>
    inView(ctx, async (tx) => (await findRecords(tx, ctx, standardCatalogue().get('account'), ['7'], by)).get('7'))
  expect(await countBy('code')).toHaveProperty('id')
  for (const by of ['employees', 'parent', 'ownerId', 'nothing']) expect(await countBy(by), by).toEqual({ count: 0 })
})
