import { fromUnits } from '#engine/money/units.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import type { Step } from '#platform/db/step.ts'
import { targetErrors } from '../contract.ts'
import type { PlanSummary } from '../contract.ts'
import { readNodeId } from '../node-id.ts'
import type { Amendment } from '../path-contract.ts'
import { settledBy } from '../plan-path.ts'
import { nodeOf } from '../plan-tree.ts'
import type { PlanTree } from '../plan-tree.ts'
import { amendmentStore } from './amendment-store.ts'
import { planAtVersion } from './delete-plan.ts'
import { withLevels } from './follow-levels.ts'
import { openAmendment } from './open-amendment.ts'
import type { AmendmentAsked } from './open-amendment.ts'
import { leavesOf } from './plan-year.ts'
import { readyReach } from './plan-reach.ts'
import { refuseSettled, revisePlan } from './revise-plan.ts'
import { openPlan, summaryOf } from './show-plan.ts'

/**
 * Amends a row's targets from a period on, as one revision of the plan, whatever its state but a review: what lies before
 * stays, the amendment keeps what was and why. Throws AMENDMENT_REFUSED with the reason. `readyReach` goes before.
 */
export async function amendInStep(
  step: Step,
  planId: string,
  asked: AmendmentAsked & { readonly version: number; readonly reason: string; readonly appealId: string | null },
): Promise<{ readonly amendmentId: string; readonly version: number }> {
  const { ctx, tx } = step
  const plan = await planAtVersion(step, planId, asked.version)
  const settled = settledBy(plan.status, plan)
  if (settled === 'in-review' || settled === 'approved') refuseSettled(plan)
  const open = await openPlan(tx, ctx, planId)
  const { before, all, tried, refusal } = await openAmendment(tx, ctx, open, asked)
  const amended = tried(asked.carry)
  if (!amended.ok) throw targetErrors.AMENDMENT_REFUSED({ reason: refusal(amended) })
  const after = amended.tree
  const write = (tree: PlanTree, node: string) => nodeOf(tree, node).months.map((value) => fromUnits(value, plan.unit))
  const cells = new Map(
    [...after.nodes.values()].map(({ id, taken }) => [
      id,
      {
        months: write(after, id),
        ...(taken ? { taken: taken.map((value) => fromUnits(value, plan.unit)) } : {}),
      },
    ]),
  )
  const { rows, cells: followed } = await withLevels(tx, plan, all, cells)
  const { version } = await revisePlan(step, plan, rows, { kind: 'amended', reason: asked.reason, cells: followed })
  const amendmentId = await amendmentStore.add(step, {
    planId,
    version,
    place: readNodeId(asked.node) ?? { unitId: asked.node, personId: null },
    from: asked.from,
    fromDay: leavesOf(ctx, plan.year)[asked.from - 1]?.from ?? ctx.today,
    carry: asked.carry,
    before: write(before, asked.node),
    after: write(after, asked.node),
    reason: asked.reason,
    appealId: asked.appealId,
  })
  return { amendmentId, version }
}

export async function amendPlan(
  ctx: Ctx,
  planId: string,
  asked: AmendmentAsked & { readonly version: number; readonly reason: string },
): Promise<{ plan: PlanSummary }> {
  await readyReach(ctx)
  return inStep(
    ctx,
    async (step) => {
      await amendInStep(step, planId, { ...asked, appealId: null })
      return { plan: summaryOf(ctx, await openPlan(step.tx, ctx, planId)) }
    },
    { kind: 'plan.amend' },
  )
}

const amendmentsAtOnce = 100

/** Amendments of the rows in sight, of one row and before a version if told, newest first; `next` asks for more. */
export async function listAmendments(
  ctx: Ctx,
  planId: string,
  { node, before = Infinity }: { readonly node?: string | undefined; readonly before?: number | undefined },
): Promise<{ amendments: Amendment[]; next: number | null }> {
  return inView(ctx, async (tx) => {
    const { rows, shownAt } = await openPlan(tx, ctx, planId)
    const names = new Map(rows.map((row) => [row.id, row.name]))
    const nodes = node === undefined ? [...names.keys()] : [node].filter((one) => names.has(one))
    const upTo = Math.min(before - 1, shownAt ?? 0)
    const stored = await amendmentStore.list(tx, planId, nodes, { upTo, limit: amendmentsAtOnce })
    return {
      next: stored.length < amendmentsAtOnce ? null : (stored.at(-1)?.version ?? null),
      amendments: stored.map(({ byId, byName, at, ...one }) => {
        const by = byId === null ? null : { id: byId, name: byName ?? '' }
        return {
          ...one,
          name: names.get(one.node) ?? '',
          before: [...one.before],
          after: [...one.after],
          by,
          at: at.toISOString(),
        }
      }),
    }
  })
}
