import { describe, expect, it } from 'vitest'
import { broughtByDeals, needToClose, type OpenDeal } from './need-to-close.ts'

const deal = (id: string, amount: number, chance: number, isDue = true): OpenDeal => ({
  id,
  amount,
  chance,
  counts: amount * chance,
  isDue,
})
const rates = { winRate: 0.4, averageDeal: 30 }

describe('what somebody needs to close', () => {
  it('is the gap less what open deals are expected to bring, in deals of the usual size', () => {
    // 200 missing; 100 × 0.5 + 60 × 0.25 = 65 expected; 135 uncovered: 5 deals of 30, of 13 that are opened.
    const need = needToClose(200, [deal('a', 100, 0.5), deal('b', 60, 0.25)], rates)
    expect(need).toMatchObject({
      gap: 200,
      expected: 65,
      uncovered: 135,
      coverage: 0.8,
      dealsToWin: 5,
      dealsToOpen: 13,
    })
  })

  it('picks no deal that is expected after the period, and counts of it what may come inside all the same', () => {
    const late = { ...deal('late', 500, 0.1, false), counts: 40 }
    expect(needToClose(100, [late], rates)).toMatchObject({ expected: 40, uncovered: 60, coverage: 0, pick: [] })
  })

  it('picks what is most likely to close the gap together', () => {
    const deals = [deal('small', 30, 0.9), deal('big', 90, 0.5), deal('unlikely', 300, 0.05)]
    expect(needToClose(100, deals, rates).pick).toEqual(['small', 'big'])
  })

  it('is nothing once the target is reached', () => {
    expect(needToClose(-5, [deal('a', 10, 0.5)], rates)).toMatchObject({
      gap: 0,
      uncovered: 0,
      coverage: null,
      pick: [],
    })
  })

  it('does not guess without own results', () => {
    const need = needToClose(10, [], { winRate: null, averageDeal: null })
    expect(need).toMatchObject({ dealsToWin: null, dealsToOpen: null })
  })

  it('is told in deals where deals are counted, and not at all where they bring nothing', () => {
    expect(broughtByDeals({ key: 'won_deals', unit: 'count', better: 'higher' })).toBe('count')
    expect(broughtByDeals({ key: 'signed_amount', unit: 'money', better: 'higher' })).toBe('amount')
    expect(broughtByDeals({ key: 'overdue_receivables', unit: 'money', better: 'lower' })).toBeNull()
    expect(broughtByDeals({ key: 'new_customers', unit: 'count', better: 'higher' })).toBeNull()
    const need = needToClose(3, [deal('a', 1, 0.5), deal('b', 1, 0.25)], { winRate: 0.5, averageDeal: 1 })
    expect(need).toMatchObject({ uncovered: 2.25, dealsToWin: 3, dealsToOpen: 6 })
  })
})
