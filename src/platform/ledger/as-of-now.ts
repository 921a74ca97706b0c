import { sql } from 'kysely'
import type { Metrics } from '#engine/metrics/metrics.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import { shapeIn } from '#platform/records/company-shape.ts'

/**
 * The step with the objects and metrics of the company as they are now, where it began with others: an import or a bulk
 * edit may have begun before a metric was made, and its rows must not be missed.
 */
export async function asOfNow<Begun extends Pick<Step, 'ctx' | 'tx'>>(
  step: Begun,
  shapeVersion: string,
): Promise<Begun> {
  const { company } = step.ctx
  if (shapeVersion === company.shapeVersion) return step
  return { ...step, ctx: { ...step.ctx, company: { ...company, ...(await shapeIn(step.tx)), shapeVersion } } }
}

/** The version of the company's objects and metrics that the transaction sees. */
export async function shapeVersionIn(tx: Tx, ctx: Ctx): Promise<string> {
  const { rows } = await sql<{ version: string }>`
    select shape_version as version from company where id = ${ctx.company.id}`.execute(tx)
  return rows[0]?.version ?? ctx.company.shapeVersion
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
