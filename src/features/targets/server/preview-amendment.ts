import { overPeriods } from '#engine/metrics/plan-rule.ts'
import { fromUnits } from '#engine/money/units.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import type { Tx } from '#platform/db/step.ts'
import { bufferLeft, restOf } from '../amendment.ts'
import { carries } from '../carry.ts'
import type { Carry } from '../carry.ts'
import { targetErrors } from '../contract.ts'
import type { AmendmentEffect, AmendmentPreview } from '../path-contract.ts'
import { nodeOf } from '../plan-tree.ts'
import type { PlanTree } from '../plan-tree.ts'
import { openAmendment } from './open-amendment.ts'
import type { AmendmentAsked } from './open-amendment.ts'
import { refuseTooHigh } from './refuse-wrong-cells.ts'
import { openPlan } from './show-plan.ts'
import type { OpenPlan } from './show-plan.ts'

/** Who carries the difference may be left open: the first who can. */
type Previewed = Omit<AmendmentAsked, 'carry'> & { readonly carry?: Carry | undefined }

/**
 * What an amendment would change, as far as the actor sees the plan, and who cannot carry the difference; nothing is saved.
 * Throws AMENDMENT_REFUSED where whoever was asked for cannot, or nobody.
 */
export async function previewAmendment(tx: Tx, ctx: Ctx, planId: string, asked: Previewed): Promise<AmendmentPreview> {
  const open = await openPlan(tx, ctx, planId)
  const { before, tried, refusal } = await openAmendment(tx, ctx, open, asked)
  // Where targets do not add up all are the same: nobody carries anything.
  const able = open.plan.rule.nodes === 'sum' ? carries : carries.slice(0, 1)
  const results = able.map((carry) => ({ carry, result: tried(carry) }))
  const carry = asked.carry ?? results.find(({ result }) => result.ok)?.carry ?? 'siblings'
  const chosen = results.find((one) => one.carry === carry)?.result ?? tried(carry)
  if (!chosen.ok) throw targetErrors.AMENDMENT_REFUSED({ reason: refusal(chosen) })
  refuseTooHigh(ctx, open, before, chosen.tree)
  return {
    version: open.plan.version,
    carry,
    refused: results.flatMap(({ carry: by, result }) => (result.ok ? [] : [{ carry: by, reason: refusal(result) }])),
    rows: effects(open, before, chosen.tree, asked.from),
    buffer: bufferEffect(open, before, chosen.tree, asked),
  }
}

export async function showAmendmentPreview(ctx: Ctx, planId: string, asked: Previewed): Promise<AmendmentPreview> {
  return inView(ctx, (tx) => previewAmendment(tx, ctx, planId, asked))
}

/** What the unit above hands out beyond its own from then on, before and after; null where it has no buffer. */
function bufferEffect({ plan, rows }: OpenPlan, before: PlanTree, after: PlanTree, { node, from }: Previewed) {
  const unit = rows.find(({ id }) => id === nodeOf(before, node).parent)
  if (!unit || (nodeOf(before, unit.id).buffer ?? 0n) === 0n) return null
  const left = (tree: PlanTree) => fromUnits(bufferLeft(tree, unit.id, from - 1), plan.unit)
  return { node: unit.id, name: unit.name, before: left(before), after: left(after) }
}

function effects({ plan, rows }: OpenPlan, before: PlanTree, after: PlanTree, from: number): AmendmentEffect[] {
  const write = (count: bigint) => fromUnits(count, plan.unit)
  return rows.flatMap(({ id: node, name, kind }) => {
    const [was, is] = [nodeOf(before, node).months, nodeOf(after, node).months]
    if (was.every((value, at) => value === is[at])) return []
    return [
      {
        node,
        name,
        kind,
        before: write(overPeriods(was, plan.rule.periods)),
        after: write(overPeriods(is, plan.rule.periods)),
        restBefore: write(restOf(before, node, from - 1)),
        restAfter: write(restOf(after, node, from - 1)),
      },
    ]
  })
}
