import { likeliestCover } from './likeliest-cover.ts'

/** An open deal as far as closing the gap needs it. Amounts in the company's currency. */
export interface OpenDeal {
  readonly id: string
  readonly amount: number
  /** To be won inside the period, 0–1: calibrated, as the system forecast counts it. */
  readonly chance: number
  /** What it is expected to bring inside the period: amount × chance × what such deals are won for beside what was thought. */
  readonly counts: number
  /** Is it expected to close before the period ends? */
  readonly isDue: boolean
}

export interface OwnRates {
  /** Won ÷ (won + lost) of the past year, 0–1; null without closed deals. */
  readonly winRate: number | null
  /** Average amount of won deals; null without any. */
  readonly averageDeal: number | null
}

export interface Need {
  /** Target − actual; zero when reached. */
  readonly gap: number
  /** What open deals are expected to bring. */
  readonly expected: number
  /** What is missing beyond what those deals are expected to bring. */
  readonly uncovered: number
  /** Open amount inside the period ÷ gap; null where nothing is missing. */
  readonly coverage: number | null
  /** Average deals that fill what is uncovered, rounded up; null without an average. */
  readonly dealsToWin: number | null
  /** Deals to open for that many won ones; null without a win rate. */
  readonly dealsToOpen: number | null
  /** The deals that together close the gap, as `likeliestCover` chooses them; all that are due if they do not. */
  readonly pick: readonly string[]
}

/** How open deals bring what a metric counts: their amount, or each of them one; null where they do not. */
export function broughtByDeals(metric: {
  readonly key: string
  readonly unit: string
  readonly better: string
}): 'amount' | 'count' | null {
  if (metric.key === 'won_deals') return 'count'
  return metric.unit === 'money' && metric.better === 'higher' ? 'amount' : null
}

/**
 * What somebody needs to close to reach a target: statistics over few deals, to steer by, not money to book. The
 * pick takes deals at their whole amount, because a deal that is worked on is won or lost whole.
 */
export function needToClose(missing: number, deals: readonly OpenDeal[], { winRate, averageDeal }: OwnRates): Need {
  const gap = Math.max(0, missing)
  const due = deals.filter(({ isDue }) => isDue)
  const expected = deals.reduce((sum, { counts }) => sum + counts, 0)
  const uncovered = Math.max(0, gap - expected)
  const dealsToWin = averageDeal !== null && averageDeal > 0 ? Math.ceil(uncovered / averageDeal) : null
  return {
    gap,
    expected,
    uncovered,
    coverage: gap > 0 ? due.reduce((sum, { amount }) => sum + amount, 0) / gap : null,
    dealsToWin,
    dealsToOpen: dealsToWin !== null && winRate !== null && winRate > 0 ? Math.ceil(dealsToWin / winRate) : null,
    pick: likeliestCover(gap, due).map(({ id }) => id),
  }
}
