import { inWords } from '#base/label.ts'
import { addsUp } from '#engine/metrics/plan-rule.ts'
import type { AppError } from '#base/errors.ts'
import { mayAct } from '#platform/records/scope.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { editPlans } from '#features/targets/contract.ts'
import { planStore, proposalsNotSummed } from '#features/targets/server/index.ts'
import type { OpenPlan, StoredPlan, StoredRow } from '#features/targets/server/index.ts'
import { agreementErrors } from '../errors.ts'
import { proposalStore } from './proposal-store.ts'

/** Why nothing can be proposed for the plan today; null where it can. */
export function proposingClosed(ctx: Ctx, plan: StoredPlan): AppError | null {
  if (!addsUp(plan.rule)) return proposalsNotSummed(ctx, plan)
  if (!plan.asksProposals || plan.status !== 'draft') return agreementErrors.PROPOSALS_NOT_ASKED()
  if (plan.proposalsUntil !== null && plan.proposalsUntil < ctx.today) {
    return agreementErrors.PROPOSALS_OVER({ day: plan.proposalsUntil })
  }
  return null
}

export function inTheirWords(ctx: Ctx, error: AppError | null): string | null {
  return error && inWords(error.label, ctx.language, error.params)
}

/** Which units were handed to the tier above, and what stands above each unit of the plan. */
export interface Submitted {
  readonly units: ReadonlySet<string>
  readonly parents: ReadonlyMap<string, string | null>
}

export async function readSubmitted(tx: Tx, planId: string): Promise<Submitted> {
  const all = await proposalStore.submissions(tx, planId)
  return {
    units: new Set(all.flatMap(({ unitId, state }) => (state === 'submitted' ? [unitId] : []))),
    parents: await planStore.parents(tx, planId),
  }
}

/**
 * Why the actor cannot write the row's proposal; null where they can. People write their own, managers those below them,
 * until the unit was handed up; then only whoever stands above that unit.
 */
export function proposalRefusal(ctx: Ctx, open: OpenPlan, row: StoredRow, submitted: Submitted): AppError | null {
  const isOwn = row.personId !== null && row.personId === ctx.actor.personId
  const mayAdjust = mayAct(ctx, editPlans) && open.canEdit(row.id)
  if (!isOwn && !mayAdjust) return agreementErrors.PROPOSAL_NOT_YOURS()
  if (open.rows.some((each) => each.parentId === row.id)) return agreementErrors.PROPOSAL_OF_SUM({ name: row.name })
  for (let unit: string | null = row.unitId; unit !== null; unit = submitted.parents.get(unit) ?? null) {
    const isAbove = mayAct(ctx, editPlans) && open.canEdit(unit)
    if (!submitted.units.has(unit) || isAbove) continue
    // Of a unit out of sight not even the name is told.
    return agreementErrors.PROPOSAL_SUBMITTED({ name: open.rows.find(({ id }) => id === unit)?.name ?? row.name })
  }
  return null
}
