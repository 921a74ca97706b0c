import { describe, expect, it } from 'vitest'
import { settle } from './settle.ts'

const today = '2026-03-05'

describe('a deal that moves to a stage', () => {
  it('closes today when it is won without a day', () => {
    expect(settle({ amount: '100' }, 'won', today)).toEqual({ status: 'won', closedOn: today, lostReason: null })
  })

  it('keeps the day it was given', () => {
    expect(settle({ amount: '100', closedOn: '2026-01-31' }, 'won', today).closedOn).toBe('2026-01-31')
  })

  it('is not won without an amount', () => {
    expect(settle({}, 'won', today).missing?.field).toBe('amount')
    expect(settle({ amount: '0' }, 'won', today).missing).toBeUndefined()
  })

  it('forgets day and reason when it opens again', () => {
    const reopened = settle({ closedOn: '2026-01-31', lostReason: 'price' }, 'open', today)
    expect(reopened).toEqual({ status: 'open', closedOn: null, lostReason: null })
  })
})
