import { inWords } from '#base/label.ts'
import { overPeriods } from '#engine/metrics/plan-rule.ts'
import { fromUnits, isWhole, toUnits } from '#engine/money/units.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import { amend, bufferLeft, restOf } from '../amendment.ts'
import type { Carry } from '../carry.ts'
import { targetErrors } from '../contract.ts'
import type { PlanSummary } from '../contract.ts'
import { readNodeId } from '../node-id.ts'
import type { Amendment, AmendmentEffect } from '../path-contract.ts'
import { treeOfRows } from '../plan-cells.ts'
import { settledBy } from '../plan-path.ts'
import { nodeOf } from '../plan-tree.ts'
import type { PlanTree } from '../plan-tree.ts'
import { topOver } from '../plan-work.ts'
import { refusalWords } from '../refusal-words.ts'
import { amendmentStore } from './amendment-store.ts'
import { planAtVersion } from './delete-plan.ts'
import { amountFault } from './faults.ts'
import { withLevels } from './follow-levels.ts'
import { leavesOf } from './plan-year.ts'
import { readyReach } from './plan-reach.ts'
import { planStore } from './plan-store.ts'
import { refuseTooHigh, refuseTotalTooHigh } from './refuse-wrong-cells.ts'
import { refuseSettled, revisePlan } from './revise-plan.ts'
import { openPlan, summaryOf } from './show-plan.ts'
import type { OpenPlan } from './show-plan.ts'

export interface AmendmentAsked {
  readonly node: string
  /** The first period that changes, counted from 1. */
  readonly from: number
  /** What the periods from there on come to together. */
  readonly total: string
  readonly carry: Carry
  /** The day on which it was asked for, today unless told: a period that had not ended then may change. */
  readonly askedOn?: string
}

/** What an amendment would change, as far as the actor sees the plan; nothing is saved. */
export async function previewAmendment(tx: Tx, ctx: Ctx, planId: string, asked: AmendmentAsked) {
  const open = await openPlan(tx, ctx, planId)
  const { before, after } = await amendedTrees(tx, ctx, open, asked)
  return {
    version: open.plan.version,
    rows: effects(open, before, after, asked.from),
    buffer: bufferEffect(open, before, after, asked),
  }
}

export async function showAmendmentPreview(ctx: Ctx, planId: string, asked: AmendmentAsked) {
  return inView(ctx, (tx) => previewAmendment(tx, ctx, planId, asked))
}

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
  const { before, after, all } = await amendedTrees(tx, ctx, open, asked)
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

/** The whole plan before and after, or why it cannot be. */
async function amendedTrees(tx: Tx, ctx: Ctx, open: OpenPlan, asked: AmendmentAsked) {
  const { plan } = open
  const row = open.rows.find(({ id }) => id === asked.node)
  if (!row) throw targetErrors.NODE_NOT_FOUND()
  refusePeriodOver(ctx, open, asked.from, asked.askedOn)
  if (!isWhole(asked.total, plan.unit)) {
    throw targetErrors.PLAN_INVALID({}, [amountFault('total', asked.total, plan.unit)])
  }
  refuseTotalTooHigh(ctx, 'total', asked.total, plan)
  const all = await planStore.rows(tx, plan.id)
  const before = treeOfRows(all, plan)
  // Names of rows out of sight are not told, not even in a refusal.
  const names = new Map(open.rows.map(({ id, name }) => [id, name]))
  const refuse = (reason: keyof typeof refusalWords, at?: string) => {
    const text = inWords(refusalWords[reason], ctx.language, { name: names.get(at ?? '') ?? '—' })
    return targetErrors.AMENDMENT_REFUSED({ reason: text })
  }
  if (!open.canEdit(row.id)) throw refuse('out-of-reach', row.id)
  const wish = {
    node: row.id,
    from: asked.from - 1,
    total: toUnits(asked.total, plan.unit),
    carry: asked.carry,
  }
  const fixedTop = topOver(before, row.id, open.fixedTops)
  const after = amend(before, wish, { unit: plan.unit, fixedTop })
  if (!after.ok) throw refuse(after.reason, after.at)
  refuseTooHigh(ctx, { plan, rows: open.rows }, before, after.tree)
  return { before, after: after.tree, all }
}

/** PERIOD_OVER unless the period belongs to the plan and has not ended by the day. */
export function refusePeriodOver(ctx: Ctx, { plan }: Pick<OpenPlan, 'plan'>, from: number, day = ctx.today): void {
  const period = leavesOf(ctx, plan.year)[from - 1]
  if (period && period.to > day) return
  const label = { zh: '请选择还没有结束的一期', en: 'Choose a period that has not ended' }
  throw targetErrors.PERIOD_OVER({}, [{ field: 'from', code: 'over', label }])
}

/** What the unit above hands out beyond its own from then on, before and after; null where it has no buffer. */
function bufferEffect({ plan, rows }: OpenPlan, before: PlanTree, after: PlanTree, { node, from }: AmendmentAsked) {
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
