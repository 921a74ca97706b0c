import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mappingSchema } from '#engine/transfer/mapping.ts'
import { arrangeHouse } from '#app/arrange.ts'
import { removeRecord } from '#platform/records/remove.ts'
import { restoreRecord } from '#platform/records/restore.ts'
import { createRecord, updateRecord } from '#platform/records/save.ts'
import { keepFilesIn, prepareImport, rejectsFile, runSet, storeFile } from '#platform/transfer/index.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testDatabase } from '#testing/test-database.ts'

const database = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'terrace-refunds-'))
afterAll(() => rmSync(folder, { recursive: true }))
let company: SmallCompany
let codes = 0

beforeAll(async () => {
  arrangeHouse()
  keepFilesIn(folder)
  company = await smallCompany(database)
})

const newOrder = (amount = '100') =>
  createRecord(company.ctx, 'order', { code: `R${(codes += 1)}`, amount, orderedOn: '2026-05-10' })
const refund = (order: string, amount: string, more: object = {}) =>
  createRecord(company.ctx, 'refund', { order, amount, refundedOn: '2026-05-10', ...more })
const refusedFor = (field: string, code: string) => ({ code: 'RECORD_INVALID', status: 422, faults: [{ field, code }] })

describe('refunds of an order', () => {
  it('come to its amount at most, also after changes and out of the recycle bin', async () => {
    const { ctx } = company
    const order = await newOrder()
    const first = await refund(order.id, '60')
    await expect(refund(order.id, '40.01')).rejects.toMatchObject(refusedFor('amount', 'beyondOrder'))
    await removeRecord(ctx, 'refund', first.id)
    const second = await refund(order.id, '70')
    await expect(restoreRecord(ctx, 'refund', first.id)).rejects.toMatchObject(refusedFor('amount', 'beyondOrder'))
    await updateRecord(ctx, 'refund', second.id, { values: { amount: '40' } })
    await restoreRecord(ctx, 'refund', first.id)
    const more = updateRecord(ctx, 'refund', second.id, { values: { amount: '41' } })
    await expect(more).rejects.toMatchObject({ faults: [{ field: 'amount', params: { sum: '101', amount: '100' } }] })
  })

  it('come on the day of the order at the earliest, and in its currency', async () => {
    const order = await newOrder()
    const early = refund(order.id, '1', { refundedOn: '2026-05-09' })
    await expect(early).rejects.toMatchObject(refusedFor('refundedOn', 'beforeOrder'))
    const foreign = refund(order.id, '1', { currency: 'USD' })
    await expect(foreign).rejects.toMatchObject({ code: 'RECORD_INVALID' })
  })

  it('hold the order to its amount and day', async () => {
    const { ctx } = company
    const order = await newOrder()
    await refund(order.id, '30')
    const change = (values: Record<string, unknown>) => updateRecord(ctx, 'order', order.id, { values })
    await expect(change({ amount: '29' })).rejects.toMatchObject(refusedFor('amount', 'belowRefunds'))
    await expect(change({ orderedOn: '2026-05-11' })).rejects.toMatchObject(refusedFor('orderedOn', 'afterRefund'))
    await change({ amount: '30', orderedOn: '2026-05-01' })
  })

  it('that come at once are counted one after the other', async () => {
    const order = await newOrder()
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => refund(order.id, '30')))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  })

  it('are counted together when a file brings several', async () => {
    const ctx = { ...company.ctx, language: 'zh' as const }
    const order = await newOrder()
    const code = String(order['code'])
    const csv = `code,order,amount,on\nT1,${code},60,2026-05-11\nT2,${code},50,2026-05-11\nT3,${code},1,2026-05-01\nT4,${code},40,2026-05-12\n`
    const file = await storeFile(ctx, 'refunds.csv', [Buffer.from(csv)])
    const columns = { code: 'code', order: 'order', amount: 'amount', on: 'refundedOn' }
    const mapping = mappingSchema.parse({ object: 'refund', upsertKey: 'code', columns })
    const [run] = await runSet(ctx, (await prepareImport(ctx, { fileId: file.id, mapping })).setId)
    expect(run).toMatchObject({ created: 2, rejected: 2 })
    const rejects = run ? await text(await rejectsFile(ctx, run, 'csv')) : ''
    expect(rejects).toContain('金额：这个订单的退款合计将达到 110，超过订单金额 100')
    expect(rejects).toContain('退款日期：不能早于下单日期（2026-05-10）')
  })
})
