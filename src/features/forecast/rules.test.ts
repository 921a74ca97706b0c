import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeAmount } from '#engine/metrics/metric.ts'
import { accuracyOf, markDay } from './accuracy.ts'
import { categoryKeys } from './contract.ts'
import { deadlineOf } from './deadline.ts'
import { storyOf } from './deal-story.ts'
import { landingOf, movementOf, type HeldShare } from './movement.ts'
import { saidAs, saidBelow, shownAs, standingTo } from './roll-up.ts'

const sums = { closed: '100', committed: '200.5', bestCase: '40', pipeline: '60', omitted: '7' }

describe('figures by category', () => {
  it('are shown each by itself, or cumulative', () => {
    expect(shownAs('single', sums)).toEqual({ closed: '100', committed: '200.5', bestCase: '40', pipeline: '60' })
    expect(shownAs('cumulative', sums)).toEqual({
      closed: '100',
      committed: '300.5',
      bestCase: '340.5',
      pipeline: '400.5',
    })
    expect(saidAs('cumulative', { closed: '10', commit: '5', bestCase: '1' })).toEqual({ commit: '15', bestCase: '16' })
    expect(saidAs('single', { closed: '10', commit: '5', bestCase: '1' })).toEqual({ commit: '5', bestCase: '1' })
  })

  it('stand by the target: gap, coverage of the gap, shortage, and what the committed deals leave open', () => {
    // Open: 200.5 + 40 + 60 = 300.5 over a gap of 400.
    expect(standingTo('500', sums)).toEqual({ gap: '400', coverage: 0.75125, shortage: 0.8, mismatch: '199.5' })
  })

  it('have no coverage where nothing is left to close, and no gap without a target', () => {
    expect(standingTo('100', sums)).toMatchObject({ gap: '0', coverage: null, shortage: null })
    expect(standingTo('90', sums)).toMatchObject({ gap: '-10', coverage: null })
    expect(standingTo(null, sums)).toEqual({ gap: null, coverage: null, shortage: null, mismatch: null })
  })

  it('that nobody submitted are not taken for zero', () => {
    expect(saidBelow([null, null])).toBeNull()
    expect(saidBelow([null, { closed: 1n, commit: 2n, bestCase: 3n }])).toEqual({
      closed: 1n,
      commit: 2n,
      bestCase: 3n,
    })
  })
})

describe('the deadline', () => {
  const period = { from: '2026-04-01', to: '2026-07-01' }
  const weekly = { dueEvery: 'week', dueOn: 5 } as const

  it('comes every week, and what was said before the last one is outdated', () => {
    // 2026-06-15 is a Monday.
    expect(deadlineOf(weekly, period, '2026-06-15')).toEqual({ dueOn: '2026-06-19', since: '2026-06-13' })
    expect(deadlineOf(weekly, period, '2026-06-19')).toEqual({ dueOn: '2026-06-19', since: '2026-06-13' })
    expect(deadlineOf(weekly, period, '2026-06-20')).toEqual({ dueOn: '2026-06-26', since: '2026-06-20' })
  })

  it('has nothing to outdate before the first one, and none after the last', () => {
    expect(deadlineOf(weekly, period, '2026-03-10')).toEqual({ dueOn: '2026-04-03', since: '0001-01-01' })
    expect(deadlineOf(weekly, period, '2026-06-28').dueOn).toBeNull()
  })

  it('comes once a period by its day, at the latest the last', () => {
    const once = { dueEvery: 'period', dueOn: 3 } as const
    expect(deadlineOf(once, period, '2026-04-01').dueOn).toBe('2026-04-03')
    expect(deadlineOf(once, period, '2026-04-04').dueOn).toBeNull()
    const short = { from: '2026-02-01', to: '2026-02-15' }
    expect(deadlineOf({ dueEvery: 'period', dueOn: 31 }, short, '2026-02-01').dueOn).toBe('2026-02-14')
  })
})

const share = (id: string, category: string, amount: string): HeldShare => ({ id, personId: '甲', category, amount })

describe('what moved', () => {
  it('is told by reason', () => {
    const before = [
      share('a', 'committed', '100'),
      share('b', 'committed', '50'),
      share('c', 'best_case', '70'),
      share('d', 'committed', '9'),
    ]
    const after = [
      share('a', 'closed', '90'),
      share('b', 'pipeline', '50'),
      share('c', 'committed', '80'),
      share('e', 'closed', '5'),
    ]
    const moves = movementOf(before, after, () => 'lost').map(({ reason, amount }) => [reason, writeAmount(amount)])
    expect(moves).toEqual([
      ['won', '5'],
      ['lowered', '-10'],
      ['upgraded', '80'],
      ['downgraded', '-50'],
      ['lost', '-9'],
    ])
  })

  it('adds up to the change, whatever happened', () => {
    const held = fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        personId: fc.constantFrom('甲', '乙'),
        category: fc.constantFrom(...categoryKeys),
        amount: fc.integer({ min: 0, max: 1_000_000 }).map((amount) => writeAmount(BigInt(amount))),
      }),
      { selector: ({ id, personId }) => id + personId },
    )
    fc.assert(
      fc.property(held, held, fc.constantFrom('lost', 'moved_out', 'gone'), (before, after, fate) => {
        const moved = movementOf(before, after, () => fate).reduce((sum, { amount }) => sum + amount, 0n)
        expect(landingOf(before) + moved).toBe(landingOf(after))
      }),
    )
  })
})

describe('the past of a deal', () => {
  const now = {
    id: 'a', shares: [{ person: '甲', share: 1 }], engagedOn: '2026-01-10', createdOn: '2026-01-12', closedOn: '2026-03-20', status: 'won',
    stage: 'end', amount: 90, currency: 'CNY', expectedOn: '2026-03-15',
  } // prettier-ignore

  it('is told from its moves and from what stood before each change', () => {
    const moves = [
      { day: '2026-01-12', stage: 'first' },
      { day: '2026-02-01', stage: 'second' },
    ]
    const changes = [
      { day: '2026-02-10', amount: 120 },
      { day: '2026-03-01', amount: 100, expectedOn: '2026-02-28' },
    ]
    const story = storyOf(now, moves, changes, () => 1)
    expect(story).toMatchObject({ from: '2026-01-10', closedOn: '2026-03-20', won: true, wonAmount: 90 })
    expect(story.standings).toEqual([
      { from: '2026-01-10', stage: null, amount: 120, expectedOn: '2026-02-28' },
      { from: '2026-01-12', stage: 'first', amount: 120, expectedOn: '2026-02-28' },
      { from: '2026-02-01', stage: 'second', amount: 120, expectedOn: '2026-02-28' },
      { from: '2026-02-10', stage: 'second', amount: 100, expectedOn: '2026-02-28' },
      { from: '2026-03-01', stage: 'second', amount: 90, expectedOn: '2026-03-15' },
    ])
  })

  it('tells amounts of another currency in the base currency, whichever it was then', () => {
    const abroad = { ...now, amount: 10_000, currency: 'USD' }
    const rateOf = (currency: string | null) => (currency === 'USD' ? 7 : currency === 'EUR' ? 8 : 1)
    const changes = [
      { day: '2026-02-10', amount: 8000 },
      { day: '2026-02-20', currency: 'EUR' },
    ]
    const story = storyOf(abroad, [], changes, rateOf)
    expect(story.standings.map(({ amount }) => amount)).toEqual([64_000, 80_000, 70_000])
    expect(story.wonAmount).toBe(70_000)
  })

  it('knows that a value was missing then', () => {
    const story = storyOf(
      { ...now, status: 'open', closedOn: null },
      [],
      [{ day: '2026-02-10', amount: null }],
      () => 1,
    )
    expect(story.standings.map(({ amount }) => amount)).toEqual([null, 90])
    expect(story).toMatchObject({ closedOn: null, won: false, wonAmount: 0 })
  })
})

describe('accuracy', () => {
  const at = (day: string) => new Date(`${day}T04:00:00Z`)

  it('takes the last word by each mark', () => {
    const quarter = { from: '2026-04-01', to: '2026-07-01' }
    expect(['begin', 't90', 't30', 't7'].map((mark) => markDay(mark as 'begin', quarter))).toEqual([
      '2026-04-07', '2026-04-02', '2026-06-01', '2026-06-24',
    ]) // prettier-ignore
    const said = [
      { entry: 'a', at: at('2026-04-02'), commit: 200, bestCase: 300 },
      { entry: 'b', at: at('2026-06-24'), commit: 90, bestCase: 100 },
      { entry: 'c', at: at('2026-06-25'), commit: 100, bestCase: 100 },
    ]
    const marks = accuracyOf([{ ...quarter, closed: 100, said }], 'Asia/Shanghai')
    expect(marks.t90.commit).toEqual({ bias: 1, mape: 1, cases: 1, withoutResult: 0 })
    expect(marks.t30.bestCase).toEqual({ bias: 2, mape: 2, cases: 1, withoutResult: 0 })
    expect(marks.t7.commit.bias).toBeCloseTo(-0.1, 9)
  })
})
