import type { Metric } from '#engine/metrics/metric.ts'
import type { Step } from '#platform/db/step.ts'
import { planChanged } from '../contract.ts'
import { layPlan, plannable } from './create-plan.ts'
import { orgStore } from './org-store.ts'
import { planStore } from './plan-store.ts'
import type { StoredPlan } from './plan-store.ts'

/**
 * The plan of a metric for a fiscal year, locked until the transaction ends; made with zeros if there is none. A new one
 * is a draft: whoever brings targets that hold already publishes it.
 */
export async function ensurePlan(
  step: Step,
  metric: Metric,
  year: number,
): Promise<{ readonly plan: StoredPlan; readonly isNew: boolean }> {
  const structureId = await orgStore.defaultStructure(step.tx)
  const known = await planStore.list(step.tx, step.ctx, { metric: metric.key, year })
  const found = known.find((plan) => plan.structureId === structureId)
  const planId = found?.id ?? (await newPlan(step, metric, year))
  const plan = await planStore.forUpdate(step, planId)
  if (!plan) throw new Error(`the plan ${planId} is gone`)
  return { plan, isNew: found === undefined }
}

async function newPlan(step: Step, { key }: Metric, year: number): Promise<string> {
  const planId = await layPlan(step, plannable(step.ctx, key), year)
  await planStore.saveRows(step, planId, { kind: 'created', reason: null, changes: [] })
  step.tell({ name: planChanged, payload: { planId, metric: key, year, version: 1 } })
  step.audit({
    object: 'plan',
    recordId: planId,
    action: 'created',
    before: null,
    after: { metric: key, year, total: '0' },
  })
  return planId
}
