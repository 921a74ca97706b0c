import { sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { arrangeHouse } from '#app/arrange.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { verifyLedger } from '#platform/ledger/index.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testDatabase } from '#testing/test-database.ts'
import { purgeBin } from './purge.ts'
import { removeRecord } from './remove.ts'
import { createRecord, updateRecord } from './save.ts'

const database = await testDatabase()
let company: SmallCompany

beforeAll(async () => {
  arrangeHouse()
  company = await smallCompany(database)
})

/** The same company, so many days from now. */
const later = (ctx: Ctx, days: number): Ctx => ({ ...ctx, now: new Date(Date.now() + days * 86_400_000) })

async function countOf(table: string, id: string): Promise<number> {
  const { rows } = await inView(company.ctx, (tx) =>
    sql<{ count: string }>`select count(*) as count from ${sql.table(table)} where id = ${id}`.execute(tx),
  )
  return Number(rows[0]?.count)
}

it('what was in the recycle bin for 30 days is gone for good, with what went with it', async () => {
  const { ctx, people, stages } = company
  const account = await createRecord(ctx, 'account', { name: '客户' })
  const child = await createRecord(ctx, 'contact', { name: '王', account: account.id })
  const values = { name: '单', account: account.id, stage: stages['Won'], amount: '5', closedOn: '2026-05-01' }
  const credits = [{ person: people['甲'], percent: '100' }]
  const deal = await createRecord(ctx, 'opportunity', { ...values, credits })
  const kept = await createRecord(ctx, 'account', { name: '还在' })
  await removeRecord(ctx, 'account', account.id, { withChildren: true })
  const all = [['account', account.id], ['contact', child.id], ['opportunity', deal.id], ['account', kept.id]] as const // prettier-ignore
  const there = () => Promise.all(all.map(([table, id]) => countOf(table, id)))
  expect(await purgeBin(later(ctx, 29))).toBe(0)
  expect(await there()).toEqual([1, 1, 1, 1])
  expect(await purgeBin(later(ctx, 31))).toBe(3)
  expect(await there()).toEqual([0, 0, 0, 1])
  expect(await purgeBin(later(ctx, 31))).toBe(0)
  expect(await verifyLedger(ctx)).toEqual([])
  const { rows } = await inView(ctx, (tx) =>
    sql<{ left: string }>`select (select count(*) from bin_companion) + (select count(*) from credit) as left`.execute(
      tx,
    ),
  )
  expect(rows[0]?.left).toBe('0')
})

it('what other rows still tell of stays, and keeps nothing else', async () => {
  const { ctx, stages } = company
  const [told, untold] = [
    await createRecord(ctx, 'stage', { name: '旧', nameEn: 'Old', kind: 'open', position: '8', probability: '5' }),
    await createRecord(ctx, 'stage', { name: '空', nameEn: 'Empty', kind: 'open', position: '9', probability: '5' }),
  ]
  const deal = await createRecord(ctx, 'opportunity', { name: '走过', stage: told.id })
  await updateRecord(ctx, 'opportunity', deal.id, { values: { stage: stages['Proposal'] } })
  for (const { id } of [told, untold]) await removeRecord(ctx, 'stage', id)
  expect(await purgeBin(later(ctx, 31))).toBe(1)
  expect([await countOf('stage', told.id), await countOf('stage', untold.id)]).toEqual([1, 0])
})
