import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import type { Step } from '#platform/db/step.ts'
import { planChanged, targetErrors } from '../contract.ts'
import { pathStore } from './path-store.ts'
import { planStore } from './plan-store.ts'
import type { StoredPlan } from './plan-store.ts'
import { revisionStore } from './revision-store.ts'
import { changedMeanwhile } from './save-plan.ts'

/** Deletes a plan that nobody relies on yet. */
export async function deletePlan(ctx: Ctx, planId: string): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      const plan = await planStore.forUpdate(step, planId)
      if (!plan) throw targetErrors.PLAN_NOT_FOUND()
      const published = await pathStore.lastStep(step.tx, planId, ['published'])
      if (plan.status !== 'draft' || published) throw targetErrors.PLAN_PUBLISHED()
      const revisions = await revisionStore.list(step.tx, planId, { limit: 500 })
      await planStore.remove(step, planId)
      const { metric, year, version } = plan
      step.audit({
        object: 'plan',
        recordId: planId,
        action: 'deleted',
        before: { metric, year, version, revisions },
        after: null,
      })
      step.tell({ name: planChanged, payload: { planId, metric, year, version: 0 } })
    },
    { kind: 'plan.delete' },
  )
}

/** The plan, locked for this act; PLAN_CHANGED unless it is the version that the reader has. */
export async function planAtVersion(step: Step, planId: string, version: number): Promise<StoredPlan> {
  const plan = await planStore.forUpdate(step, planId)
  if (!plan) throw targetErrors.PLAN_NOT_FOUND()
  if (plan.version !== version) throw await changedMeanwhile(step, plan, version)
  return plan
}
