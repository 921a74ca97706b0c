import { achievabilityOf, type Verdict } from '#engine/forecast/achievability.ts'
import { widthOf } from '#engine/forecast/normal.ts'

/** Where a period lands, seen from one side, with its 80 % interval. Statistics: floats. */
export interface SeenLanding {
  readonly expected: number
  readonly low: number
  readonly high: number
}

export interface BothLandings extends SeenLanding {
  /** How much the deals say of it, 0–1; the rest is the rhythm of the months. */
  readonly weightOfDeals: number
  /** The chance that the target is reached, 0–1, and what that means; null without a target. */
  readonly chance: number | null
  readonly verdict: Verdict | null
  /** How the deals lie to the months: their intervals touch, or one lies wholly above the other. */
  readonly apart: 'touching' | 'deals-above' | 'deals-below'
}

/**
 * One answer from two views of the same period: each weighs as much as it is sure, and what they contradict each other
 * widens the interval. Nothing lands below what has closed.
 */
export function bothLandings(
  deals: SeenLanding,
  months: SeenLanding,
  { closed, target }: { readonly closed: number; readonly target: number | null },
): BothLandings {
  const evidence = [
    { kind: 'pipeline', mean: deals.expected, deviation: deviationOf(deals) },
    { kind: 'history', mean: months.expected, deviation: deviationOf(months) },
  ] as const
  const together = achievabilityOf({ target: target ?? 0, better: 'higher', evidence, least: closed })
  if (!together) throw new Error('two estimates were given')
  return {
    expected: together.mean,
    low: Math.max(closed, together.lower),
    high: together.upper,
    weightOfDeals: together.drivers.find(({ kind }) => kind === 'pipeline')?.weight ?? 0,
    chance: target === null ? null : together.chance,
    verdict: target === null ? null : together.verdict,
    apart: deals.low > months.high ? 'deals-above' : deals.high < months.low ? 'deals-below' : 'touching',
  }
}

const deviationOf = ({ low, high }: SeenLanding): number => (high - low) / 2 / widthOf(0.8)
