import { describe, expect, it } from 'vitest'
import { readValues } from '#engine/model/validate.ts'
import { payment } from './objects.ts'

describe('a payment', () => {
  it('is never negative: what goes back is a refund', () => {
    const { faults } = readValues(payment, { amount: '-1' }, { partial: true })
    expect(faults).toMatchObject([{ field: 'amount', code: 'tooSmall' }])
    expect(readValues(payment, { amount: '0' }, { partial: true }).faults).toEqual([])
  })
})
