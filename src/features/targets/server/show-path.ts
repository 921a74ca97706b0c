import { inWords } from '#base/label.ts'
import type { AppError } from '#base/errors.ts'
import { addsUp, periodsTogether } from '#engine/metrics/plan-rule.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import { mayAct } from '#platform/records/scope.ts'
import { planChanged, planMoved, targetErrors } from '../contract.ts'
import { readRowId } from '../levels.ts'
import type { PlanOptions } from '../path-contract.ts'
import { managePlans } from '../permissions.ts'
import { pathActs, stateAfter } from '../plan-path.ts'
import type { PathAct } from '../plan-path.ts'
import { managersOnly, notNow, reviewRefusal } from './move-plan.ts'
import { pathStore } from './path-store.ts'
import { leavesOf } from './plan-year.ts'
import { readyReach } from './plan-reach.ts'
import { planStore } from './plan-store.ts'
import type { StoredPlan } from './plan-store.ts'
import { formerCells } from './former-cells.ts'
import { wordsInSight } from './revisions.ts'
import { openPlan, summaryOf } from './show-plan.ts'

/** Where the plan stands, and what the reader may do next. */
export async function showPath(ctx: Ctx, planId: string) {
  return inView(ctx, async (tx) => {
    const open = await openPlan(tx, ctx, planId)
    const last = await pathStore.lastStep(tx, planId)
    const published = await pathStore.lastStep(tx, planId, ['published'])
    return {
      plan: summaryOf(ctx, open),
      options: optionsOf(open.plan),
      acts: await actsOf(tx, ctx, open.plan),
      last: last ? (await wordsInSight(tx, ctx, planId, open.rows)).of({ ...last, about: null }) : null,
      publishedVersion: published?.version ?? null,
    }
  })
}

export function optionsOf(plan: StoredPlan): PlanOptions {
  const { asksReview, asksProposals, proposalsUntil, appealsUntil, appealDays } = plan
  return { asksReview, asksProposals, proposalsUntil, appealsUntil, appealDays }
}

async function actsOf(tx: Tx, ctx: Ctx, plan: StoredPlan) {
  const refusals = {
    approve: await reviewRefusal(tx, ctx, plan.id, 'approve'),
    sendBack: await reviewRefusal(tx, ctx, plan.id, 'sendBack'),
  }
  const manages = mayAct(ctx, managePlans)
  const whyNot = (act: PathAct): AppError | null => {
    const next = stateAfter(plan.status, act, plan)
    if (!next.ok) return notNow(ctx, plan, act, next.reason)
    if (act === 'approve' || act === 'sendBack') return refusals[act]
    return manages ? null : managersOnly(ctx)
  }
  return pathActs.map((act) => {
    const error = whyNot(act)
    return { act, may: error === null, why: error && inWords(error.label, ctx.language, error.params) }
  })
}

/** Rows in sight whose figures are others than when the plan was published last, or all where it never was. */
export async function showPathDifferences(ctx: Ctx, planId: string) {
  return inView(ctx, async (tx) => {
    const { plan, all } = await openPlan(tx, ctx, planId)
    const published = await pathStore.lastStep(tx, planId, ['published'])
    const periods = leavesOf(ctx, plan.year)
    const first = formerCells(await pathStore.changesAfter(tx, planId, published?.version ?? 0))
    return {
      since: published?.version ?? null,
      rows: all.flatMap((row) => {
        const before = first.get(row.id)
        if (!before) return []
        const changed = row.months.flatMap((after, at) => {
          const was = before[at] ?? '0'
          return was === after ? [] : [{ key: periods[at]?.key ?? String(at + 1), before: was, after }]
        })
        if (changed.length === 0) return []
        const { id: node, name, parentId } = row
        return [
          {
            node,
            level: readRowId(node).level,
            name,
            parentId,
            before: periodsTogether(before, plan),
            after: periodsTogether(row.months, plan),
            periods: changed,
          },
        ]
      }),
    }
  })
}

const reviewEnded = { zh: '不再要求审核', en: 'No review is asked for any more' }

/**
 * Whether a review that was begun once is given up. It binds whoever submits: only another reviewer may end it. Throws
 * NOT_THE_REVIEWER or OWN_REVIEW.
 */
async function endsReview({ tx, ctx }: Step, planId: string): Promise<boolean> {
  if (!(await pathStore.lastStep(tx, planId, ['submitted']))) return false
  const refusal = await reviewRefusal(tx, ctx, planId, 'endReview')
  if (refusal) throw refusal
  return true
}

/** Why nobody can propose for the plan, whatever its options say: nothing adds up from below. */
export function proposalsNotSummed(ctx: Ctx, { metric }: StoredPlan) {
  const label = ctx.company.metrics.find(metric)?.label
  return targetErrors.PROPOSALS_NOT_SUMMED({ metric: label?.[ctx.language] ?? metric })
}

/** Sets how the plan's path goes: review, proposals with their last day, terms of appeals. */
export async function setPath(
  ctx: Ctx,
  planId: string,
  wish: { readonly [K in keyof PlanOptions]?: PlanOptions[K] | undefined },
) {
  await readyReach(ctx)
  return inStep(
    ctx,
    async (step) => {
      const plan = await planStore.forUpdate(step, planId)
      if (!plan) throw targetErrors.PLAN_NOT_FOUND()
      const before = optionsOf(plan)
      const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined))
      const options: PlanOptions = { ...before, ...given }
      if (options.asksProposals && !before.asksProposals && !addsUp(plan.rule)) throw proposalsNotSummed(ctx, plan)
      // A review that is under way is ended by those who do it, not by a switch.
      if (before.asksReview && !options.asksReview && (plan.status === 'in_review' || plan.status === 'approved')) {
        throw plan.status === 'approved' ? targetErrors.PLAN_APPROVED() : targetErrors.PLAN_IN_REVIEW()
      }
      const isFreed = before.asksReview && !options.asksReview && (await endsReview(step, planId))
      await pathStore.setOptions(step, planId, options)
      const about = { planId, metric: plan.metric, year: plan.year }
      if (isFreed) {
        const reason = inWords(reviewEnded, ctx.language)
        const version = await planStore.nextVersion(step, planId, { kind: 'changed', reason, changes: [] })
        step.tell({ name: planMoved, payload: { ...about, act: 'endReview', comment: null, version } })
      }
      if (options.asksProposals && !before.asksProposals && plan.status === 'draft') {
        step.tell({
          name: planMoved,
          payload: { ...about, act: 'ask', comment: options.proposalsUntil, version: plan.version },
        })
      }
      step.tell({ name: planChanged, payload: { ...about, version: plan.version } })
      step.audit({ object: 'plan', recordId: planId, action: 'updated', before, after: options })
      return { plan: summaryOf(ctx, await openPlan(step.tx, ctx, planId)), options }
    },
    { kind: 'plan.options' },
  )
}
