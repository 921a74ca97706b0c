import { greatestOf } from '#engine/metrics/greatest.ts'
import type { PlanRule } from '#engine/metrics/plan-rule.ts'
import type { Ctx } from '#platform/db/ctx.ts'

/** The rule of a plan with the most that a cell can be: by the metric as it is defined now, however old the plan is. */
export function boundedRule({ company: { metrics } }: Ctx, metricKey: string, rule: PlanRule): PlanRule {
  const metric = metrics.find(metricKey)
  const most = metric ? greatestOf(metric, metrics) : null
  return most === null ? rule : { ...rule, most }
}
