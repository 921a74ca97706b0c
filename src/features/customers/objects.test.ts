import { describe, expect, it } from 'vitest'
import { proposeMapping } from '#engine/transfer/propose.ts'
import { account } from './objects.ts'

const target = { ...account, object: account.key, keys: ['code', 'name'] }

describe('a file of customers', () => {
  it.each([
    ['年营业额', undefined],
    ['年销售额', undefined],
    ['营业额', undefined],
    ['年营业额（万元）', '10000'],
    ['年销售额(单位：万元)', '10000'],
    ['营业额万元', '10000'],
    ['年营收/亿元', '100000000'],
  ])('feeds the annual revenue from %s', (header, scale) => {
    const { columns, scales } = proposeMapping(target, ['客户名称', header], [])
    expect([columns[header], scales['annualRevenue']]).toEqual(['annualRevenue', scale])
  })

  it.each(['Tax ID', '税号', '纳税人识别号'])(
    'does not take %s for a credit code: it may be of any country',
    (header) => {
      expect(proposeMapping(target, ['客户名称', header], []).columns[header]).toBeUndefined()
    },
  )
})
