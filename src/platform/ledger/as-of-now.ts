import type { Metrics } from '#engine/metrics/metrics.ts'
import type { Step } from '#platform/db/step.ts'
import { shapeIn } from '#platform/records/company-shape.ts'

/**
 * The step with the objects and metrics of the company as they are now, where it began with others: an import or a bulk
 * edit may have begun before a metric was made, and its rows must not be missed.
 */
export async function asOfNow(step: Step, shapeVersion: string): Promise<Step> {
  const { company } = step.ctx
  if (shapeVersion === company.shapeVersion) return step
  return { ...step, ctx: { ...step.ctx, company: { ...company, ...(await shapeIn(step.tx)), shapeVersion } } }
}

/** Whether the ledger of an object holds the same by both. */
export function readTheSame(object: string, one: Metrics, other: Metrics): boolean {
  const versions = (metrics: Metrics) =>
    metrics
      .sourcesOf(object)
      .map(({ metric }) => `${metric.key}@${metric.version}`)
      .join(' ')
  return versions(one) === versions(other)
}
