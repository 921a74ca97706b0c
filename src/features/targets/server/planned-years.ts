import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { versionInForce } from '../plan-path.ts'
import { planStore } from './plan-store.ts'

/** The fiscal years for which a metric has a plan, newest first; drafts as well. */
export async function plannedYears(tx: Tx, ctx: Ctx, metric: string): Promise<readonly number[]> {
  return (await planStore.list(tx, ctx, { metric })).map(({ year }) => year)
}

/** The metrics with a plan that counts, each with the fiscal years of these plans. */
export async function yearsInForce(tx: Tx, ctx: Ctx): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
  const plans = (await planStore.list(tx, ctx, {})).filter((plan) => versionInForce(plan) !== null)
  const byMetric = Map.groupBy(plans, ({ metric }) => metric)
  return new Map([...byMetric].map(([metric, own]) => [metric, new Set(own.map(({ year }) => year))]))
}
