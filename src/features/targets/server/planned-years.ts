import type { Tx } from '#platform/db/step.ts'
import { planStore } from './plan-store.ts'

/** The fiscal years for which a metric has a plan, newest first. */
export async function plannedYears(tx: Tx, metric: string): Promise<readonly number[]> {
  return (await planStore.list(tx, { metric })).map(({ year }) => year)
}
