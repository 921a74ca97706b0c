import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#engine/calendar/day.ts'
import { backTest, errorsOf } from './back-test.ts'
import type { DealStory } from './deal.ts'
import { noDoubt } from './doubt.ts'
import { learn } from './experience.ts'
import { horizonOf, landedWith, restOf, toldByStories } from './forecast.ts'
import { poissonDraw, randomOf } from './random.ts'
import { simulateCompany } from './simulate.ts'

const stated = new Map([['talk', 40]])

const deal = (id: string, from: string, rest: Partial<DealStory> = {}): DealStory => ({
  id,
  shares: [{ person: '甲', share: 1 }],
  from,
  standings: [{ from, stage: 'talk', amount: 1000, expectedOn: null }],
  closedOn: null,
  won: false,
  wonAmount: 0,
  ...rest,
})
const won = (id: string, from: string, closedOn: string, wonAmount = 1000) =>
  deal(id, from, { closedOn, won: true, wonAmount })
const lost = (id: string, from: string, closedOn: string) => deal(id, from, { closedOn })

const quarter = { from: '2026-04-01', to: '2026-07-01' }

type Asked = Omit<Parameters<typeof toldByStories>[0], 'experience'> & { readonly stated: ReadonlyMap<string, number> }

/** The forecast by what the deals themselves teach. */
const forecast = ({ stated: beliefs, ...asked }: Asked) => {
  const horizon = horizonOf(asked.period, asked.on) ?? { after: 0, until: 1 }
  const experience = learn(asked.stories, asked.on, horizon, beliefs)
  return landedWith(restOf(toldByStories({ ...asked, experience })), noDoubt)
}

describe('the forecast of open deals', () => {
  it('believes what the stage states where there is no past', () => {
    const said = forecast({ stories: [deal('a', '2026-03-01')], period: quarter, on: '2026-04-30', stated })
    // 1000 × 40 % to be won × 40 % to close inside, of a deal without an expected date.
    expect(said.expected).toBeCloseTo(160, 6)
    expect(said.deals).toMatchObject([{ win: 0.4, inside: 0.4 }])
  })

  it('counts the own past half once ten deals have closed', () => {
    const past = Array.from({ length: 10 }, (_, at) => won(`w${at}`, '2025-01-01', '2025-02-01'))
    const learned = learn(past, '2026-04-30', { after: 0, until: 61 }, stated)
    // (10 won + 10 × 40 %) ÷ (10 + 10)
    expect(learned.stages.get('talk')).toMatchObject({ mean: 0.7, deals: 10, stated: 0.4 })
  })

  it('adds up what is closed, open and not known yet', () => {
    const stories = [
      deal('open', '2026-03-01'),
      won('now', '2026-03-01', '2026-04-10', 500),
      // Won at the age of ten days: it was unknown as most horizons of 61 days began.
      won('quick', '2026-01-10', '2026-01-20', 700),
      lost('old', '2025-06-01', '2025-08-01'),
    ]
    const said = forecast({ stories, period: quarter, on: '2026-04-30', stated })
    expect(said.closed).toBe(500)
    expect(said.unseen).toBeGreaterThan(0)
    expect(said.expected).toBeCloseTo(said.closed + said.open + said.unseen, 9)
  })

  it('is what came where the period is over', () => {
    const stories = [won('a', '2026-03-01', '2026-05-01', 900), deal('b', '2026-03-01')]
    const said = forecast({ stories, period: quarter, on: '2026-06-30', stated })
    expect(said).toMatchObject({ expected: 900, low: 900, high: 900, open: 0, unseen: 0 })
  })

  it('sees a deal in a later period by what past deals did so many days ahead', () => {
    const later = { from: '2026-07-01', to: '2026-10-01' }
    const story = (expectedOn: string) => deal('a', '2026-03-01', {
      standings: [{ from: '2026-03-01', stage: 'talk', amount: 1000, expectedOn }],
    }) // prettier-ignore
    const ask = (expectedOn: string) =>
      forecast({ stories: [story(expectedOn)], period: later, on: '2026-04-30', stated }).expected
    expect(ask('2026-08-01')).toBeGreaterThan(ask('2026-05-20'))
    expect(ask('2026-08-01')).toBeGreaterThan(ask('2027-12-01'))
  })

  it('forecasts the shares of those who are asked for, by what all taught', () => {
    const stories = [
      deal('a', '2026-03-01'),
      deal('b', '2026-03-01', {
        shares: [
          { person: '乙', share: 0.25 },
          { person: '丙', share: 0.75 },
        ],
      }),
    ]
    const said = forecast({ stories, people: new Set(['乙']), period: quarter, on: '2026-04-30', stated })
    expect(said.deals).toMatchObject([{ id: 'b', amount: 250 }])
  })

  it('never looks ahead: whatever comes later changes nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 200, max: 700 }), (seed, days) => {
        const { stories, stated: beliefs } = simulateCompany(seed, { from: '2024-01-01', days: 800 })
        const on = addDays('2024-01-01', days)
        const period = { from: addDays(on, -20), to: addDays(on, 60) }
        const future = stories.flatMap((story): DealStory[] => {
          if (story.from > on) return []
          if (story.closedOn !== null && story.closedOn <= on) return [story]
          const standings = story.standings.map((one) => (one.from > on ? { ...one, amount: 9e9 } : one))
          return [{ ...story, standings, closedOn: addDays(on, 5), won: true, wonAmount: 9e9 }]
        })
        const ask = (some: readonly DealStory[]) => forecast({ stories: some, period, on, stated: beliefs })
        expect(ask(future)).toEqual(ask(stories))
      }),
      { numRuns: 8 },
    )
  })

  it('is the same whenever it is asked, and its interval holds its middle', () => {
    const { stories, stated: beliefs } = simulateCompany(7, { from: '2024-01-01', days: 800 })
    const ask = () =>
      forecast({ stories, period: { from: '2025-10-01', to: '2026-01-01' }, on: '2025-10-31', stated: beliefs })
    const said = ask()
    expect(said.expected).toBeGreaterThan(said.closed)
    expect(ask()).toEqual(said)
    expect(said.low).toBeLessThanOrEqual(said.expected)
    expect(said.high).toBeGreaterThanOrEqual(said.expected)
    expect(said.low).toBeGreaterThanOrEqual(said.closed)
  })

  it('holds what came in 70 to 90 of 100 periods of simulated companies', { timeout: 60_000 }, () => {
    const tested = [11, 12, 13, 14, 15, 16, 17, 18, 19, 20].flatMap((seed) => {
      const company = simulateCompany(seed, { from: '2021-01-01', days: 1800 })
      const periods = Array.from({ length: 9 }, (_, at) => ({
        key: String(at),
        from: addDays('2023-01-01', at * 91),
        to: addDays('2023-01-01', at * 91 + 91),
      }))
      return backTest(company, periods).periods
    })
    const share = tested.filter(({ isInside }) => isInside).length / tested.length
    expect(share).toBeGreaterThanOrEqual(0.7)
    expect(share).toBeLessThanOrEqual(0.9)
    const { bias, mape } = errorsOf(tested.map(({ expected, actual }) => ({ said: expected, actual })))
    expect(Math.abs(bias ?? 1)).toBeLessThan(0.05)
    // Who says that a quarter brings what the one before it brought is off by 57 %.
    expect(mape).toBeLessThan(0.35)
    // An interval may not hold what came by being wide: these are nine tenths of what they stand around.
    const width = tested.reduce((sum, { low, high, expected }) => sum + (high - low) / expected, 0) / tested.length
    expect(width).toBeLessThan(0.95)
  })
})

describe('errors of what was said', () => {
  it('are counted against what came, promises that brought nothing among them', () => {
    // 110 for 100, 150 for 200, 50 for nothing: bias (310 − 300) ÷ 300; MAPE (10 % + 25 %) ÷ 2.
    const errors = errorsOf([
      { said: 110, actual: 100 },
      { said: 150, actual: 200 },
      { said: 50, actual: 0 },
    ])
    expect(errors.bias).toBeCloseTo(1 / 30, 9)
    expect(errors.mape).toBeCloseTo(0.175, 9)
    expect(errors).toMatchObject({ cases: 3, withoutResult: 1 })
    expect(errorsOf([{ said: 50, actual: 0 }])).toEqual({ bias: null, mape: null, cases: 1, withoutResult: 1 })
    expect(errorsOf([{ said: 0, actual: 0 }])).toMatchObject({ mape: null, cases: 1, withoutResult: 0 })
    expect(errorsOf([])).toEqual({ bias: null, mape: null, cases: 0, withoutResult: 0 })
  })
})

describe('draws', () => {
  const mean = (draw: () => number) => Array.from({ length: 20_000 }, draw).reduce((sum, one) => sum + one, 0) / 20_000

  it('have the means of their distributions', () => {
    const random = randomOf(1)
    expect(mean(() => poissonDraw(random, 3))).toBeCloseTo(3, 1)
    expect(mean(() => poissonDraw(random, 100))).toBeCloseTo(100, 0)
  })
})
