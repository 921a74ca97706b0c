import type { Label } from '#base/label.ts'
import { verdictOf } from '#engine/forecast/achievability.ts'
import { chanceOf } from '#engine/forecast/landing.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { Driver, ShownChance } from '../contract.ts'
import { evidenceNames } from '../names.ts'
import type { MarketGrowth } from './market-growth.ts'
import type { RowEnd } from './odds.ts'
import { written } from './written.ts'

interface About {
  readonly metric: Metric
  readonly market: MarketGrowth | null
  /** What is to be reached; null without a target. */
  readonly target: string | null
}

/** Where a period ends, with what it rests on, as it is shown everywhere. */
export function shownEnd(end: RowEnd, { metric, market, target }: About) {
  const asked = target === null ? null : Number(target)
  return {
    forecast: written(end.mean, metric),
    lower: written(end.lower, metric),
    upper: written(end.upper, metric),
    isBorrowed: end.isBorrowed,
    absent: end.absent.map(({ kind, reason }) => ({ kind, label: evidenceNames[kind], reason })),
    drivers: end.evidence.map(({ kind, mean, deviation, weight, lower, upper }): Driver => ({
      kind,
      label: evidenceNames[kind],
      forecast: written(mean, metric),
      lower: written(lower, metric),
      upper: written(upper, metric),
      weight,
      chance: asked === null ? null : chanceOf(asked, { mean, deviation }, metric.better),
      note: kind === 'market' && market ? grownBy(market) : null,
    })),
  }
}

/** The same with the chance of a target. */
export function shownOdds(end: RowEnd, about: About & { readonly target: string }): ShownChance {
  const chance = chanceOf(Number(about.target), end, about.metric.better)
  return { ...shownEnd(end, about), chance, verdict: verdictOf(chance) }
}

function grownBy({ growth, source }: MarketGrowth): Label {
  const change = (growth - 1) * 100
  const percent = `${change < 0 ? '' : '+'}${change.toFixed(1)}`
  return {
    zh: `市场比上年 ${percent}%，来源：${source}`,
    en: `The market is at ${percent} % on the year before, by: ${source}`,
  }
}
