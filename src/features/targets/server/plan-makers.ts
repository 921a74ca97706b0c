import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { mayAct } from '#platform/records/scope.ts'
import { editPlans, managePlans, reviewPlans } from '../permissions.ts'
import { pathStore } from './path-store.ts'

/** Whether the actor reviews the plan: by permission, or as the head of its top unit. */
export async function isReviewer(tx: Tx, ctx: Ctx, planId: string): Promise<boolean> {
  if (mayAct(ctx, reviewPlans)) return true
  return ctx.actor.personId !== null && (await pathStore.headOfTop(tx, planId)) === ctx.actor.personId
}

/** Whether the actor works on plans, and so sees figures that bind nobody yet. */
export async function seesDrafts(tx: Tx, ctx: Ctx, planId: string): Promise<boolean> {
  return mayAct(ctx, editPlans) || mayAct(ctx, managePlans) || isReviewer(tx, ctx, planId)
}
