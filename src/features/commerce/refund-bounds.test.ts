import { describe, expect, it } from 'vitest'
import { claimsBeyond, type Claim } from './refund-bounds.ts'

const claim = (amount: string, from: Claim['from'] = null, order = 'A'): Claim => ({ order, amount, from })
const of = (order: string, amount: string) => ({ order, amount })
const beyond = (claims: readonly Claim[], refunded = '0') => {
  const orders = new Map([['A', { amount: '100', refunded }], ['B', { amount: '10', refunded: '0' }]]) // prettier-ignore
  const found = claimsBeyond(claims, orders)
  return claims.map((one) => found.get(one) ?? null)
}

describe('refunds of an order', () => {
  it('give back all of it at most, to the last ten-thousandth', () => {
    expect(beyond([claim('100')])).toEqual([null])
    expect(beyond([claim('100.0001')])).toEqual(['100.0001'])
    expect(beyond([claim('40.0001')], '60')).toEqual(['100.0001'])
  })

  it('count together when they come at once, and a later one that still fits is taken', () => {
    expect(beyond([claim('60'), claim('50'), claim('40')])).toEqual([null, '110', null])
    expect(beyond([claim('60'), claim('10', null, 'B'), claim('40')])).toEqual([null, null, null])
  })

  it('may be shifted among each other, and never grow together', () => {
    expect(beyond([claim('70', of('A', '60')), claim('30', of('A', '40'))], '100')).toEqual([null, null])
    expect(beyond([claim('90', of('A', '60')), claim('40', of('A', '40'))], '100')).toEqual(['130', null])
  })

  it('leave the order they are moved away from', () => {
    expect(beyond([claim('5', of('A', '60'), 'B'), claim('60')], '100')).toEqual([null, null])
    expect(beyond([claim('11', of('A', '60'), 'B'), claim('60')], '100')).toEqual(['11', '160'])
  })

  it('that were too much before may shrink or stay', () => {
    expect(beyond([claim('150', of('A', '150'))], '150')).toEqual([null])
    expect(beyond([claim('120', of('A', '150'))], '150')).toEqual([null])
    expect(beyond([claim('151', of('A', '150'))], '150')).toEqual(['151'])
  })
})
