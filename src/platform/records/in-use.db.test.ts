import { beforeAll, describe, expect, it } from 'vitest'
import { arrangeHouse } from '#app/arrange.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testDatabase } from '#testing/test-database.ts'
import { removeRecord } from './remove.ts'
import { restoreRecord } from './restore.ts'
import { createRecord } from './save.ts'

const database = await testDatabase()
let company: SmallCompany

beforeAll(async () => {
  arrangeHouse()
  company = await smallCompany(database)
})

describe('a record that others refer to', () => {
  it('stays until they are gone', async () => {
    const { ctx } = company
    const account = await createRecord(ctx, 'account', { name: '客户' })
    const order = await createRecord(ctx, 'order', {
      code: 'U1',
      account: account.id,
      amount: '1',
      orderedOn: '2026-05-01',
    })
    await expect(removeRecord(ctx, 'account', account.id)).rejects.toMatchObject({
      code: 'RECORD_IN_USE',
      params: { objects: '订单' },
    })
    await removeRecord(ctx, 'order', order.id)
    await removeRecord(ctx, 'account', account.id)
  })

  it('comes back only while what it refers to is there', async () => {
    const { ctx } = company
    const account = await createRecord(ctx, 'account', { name: '旧客户' })
    const contact = await createRecord(ctx, 'contact', { name: '王', account: account.id })
    await removeRecord(ctx, 'contact', contact.id)
    await removeRecord(ctx, 'account', account.id)
    await expect(restoreRecord(ctx, 'contact', contact.id)).rejects.toMatchObject({
      code: 'RECORD_INVALID',
      faults: [{ field: 'account', code: 'inBin', params: { name: '旧客户' } }],
    })
    await restoreRecord(ctx, 'account', account.id)
    expect((await restoreRecord(ctx, 'contact', contact.id)).names['account']).toBe('旧客户')
  })
})
