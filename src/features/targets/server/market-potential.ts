import type { Label } from '#base/label.ts'
import type { Period } from '#engine/calendar/period.ts'
import type { TierNode } from '#engine/metrics/tier-node.ts'
import { marketSources } from '#features/market/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { metricsInSight, readTree } from '#platform/ledger/index.ts'
import { yearOf } from './plan-year.ts'

/** How large the market of units is, in ten-thousandths by their keys, and who said so. */
export interface MarketOfUnits {
  readonly sizes: ReadonlyMap<string, bigint>
  readonly sources: readonly string[]
  /** The fiscal year that was told of. */
  readonly year: number
}

/** How far before the year of a plan a market still says how units compare. */
const yearsBack = 2

/**
 * The markets of units as far as they are known and the actor sees them. What is told of a year comes out during or after
 * it, so a plan goes by the newest year that most units are known of.
 */
export async function marketOfUnits(tx: Tx, ctx: Ctx, year: number): Promise<MarketOfUnits> {
  let best: { readonly year: number; readonly sizes: ReadonlyMap<string, bigint> } = { year, sizes: new Map() }
  for (let told = year; told >= year - yearsBack; told -= 1) {
    const sizes = await sizesOf(tx, ctx, yearOf(ctx, told))
    if (sizes.size > best.sizes.size) best = { year: told, sizes }
  }
  return { ...best, sources: best.sizes.size === 0 ? [] : await marketSources(tx, ctx, yearOf(ctx, best.year)) }
}

async function sizesOf(tx: Tx, ctx: Ctx, period: Period): Promise<ReadonlyMap<string, bigint>> {
  const metric = metricsInSight(ctx).find('market_size')
  const sizes = new Map<string, bigint>()
  if (!metric) return sizes
  const visit = ({ kind, unitId, numerator, denominator, children }: TierNode): void => {
    if (kind === 'unit' && unitId !== null && denominator !== 0n && numerator > 0n) sizes.set(unitId, numerator)
    children.forEach(visit)
  }
  visit((await readTree(tx, ctx, metric, period)).tree)
  return sizes
}

/** What potential is made of, in words. */
export function potentialNote({ sources, year }: MarketOfUnits): Label {
  if (sources.length === 0) {
    return {
      zh: '潜力按今天在手的加权商机计算；没有市场规模数据',
      en: 'Potential is the weighted open pipeline of today; no market sizes are known',
    }
  }
  return {
    zh: `潜力由今天在手的加权商机和 ${year} 财年的市场规模各占一半（来源：${sources.join('、')}）；下级并非都有市场规模的地方只按商机`,
    en: `Potential is half the weighted open pipeline of today, half the size of the market in fiscal ${year} (by: ${sources.join(', ')}); where not all units below have one, the pipeline alone`,
  }
}
