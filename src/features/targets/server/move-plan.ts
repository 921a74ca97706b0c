import { inWords } from '#base/label.ts'
import type { Label } from '#base/label.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import type { Step } from '#platform/db/step.ts'
import { holdersOf } from '#platform/notify/index.ts'
import { mayAct } from '#platform/records/scope.ts'
import { planChanged, planMoved, targetErrors } from '../contract.ts'
import type { PlanSummary, RevisionKind } from '../contract.ts'
import { managePlans, planReview } from '../permissions.ts'
import { stateAfter } from '../plan-path.ts'
import type { PathAct, PlanState } from '../plan-path.ts'
import { pathStore } from './path-store.ts'
import { isReviewer } from './plan-makers.ts'
import { readyReach } from './plan-reach.ts'
import { planStore } from './plan-store.ts'
import type { StoredPlan } from './plan-store.ts'
import { planAtVersion } from './delete-plan.ts'
import { openPlan, summaryOf } from './show-plan.ts'

export const stateWords: Readonly<Record<PlanState, Label>> = {
  draft: { zh: '草稿', en: 'a draft' },
  in_review: { zh: '审核中', en: 'in review' },
  approved: { zh: '已通过审核', en: 'approved' },
  published: { zh: '已发布', en: 'published' },
  locked: { zh: '已锁定', en: 'locked' },
}

const actWords: Readonly<Record<PathAct, Label>> = {
  submit: { zh: '送审', en: 'submitted' },
  withdraw: { zh: '撤回', en: 'withdrawn' },
  approve: { zh: '通过', en: 'approved' },
  sendBack: { zh: '退回', en: 'sent back' },
  publish: { zh: '发布', en: 'published' },
  reopen: { zh: '重新打开', en: 'reopened' },
  lock: { zh: '锁定', en: 'locked' },
}

const kindOf: Readonly<Record<PathAct, RevisionKind>> = {
  submit: 'submitted',
  withdraw: 'withdrawn',
  approve: 'approved',
  sendBack: 'sent-back',
  publish: 'published',
  reopen: 'reopened',
  lock: 'locked',
}

interface Move {
  readonly version: number
  readonly act: PathAct
  readonly comment?: string | undefined
}

/** Moves a plan along its path, with a revision that says who, when and why; refusals say why not. */
export async function movePlan(ctx: Ctx, planId: string, move: Move): Promise<{ plan: PlanSummary }> {
  await readyReach(ctx)
  return inStep(
    ctx,
    async (step) => {
      const plan = await planAtVersion(step, planId, move.version)
      const state = mustLead(ctx, plan, move.act)
      await refuseStranger(step, plan, move.act)
      refuseWithoutComment(move)
      await pathStore.setState(step, planId, state)
      const kind = kindOf[move.act]
      const reason = move.comment || null
      const version = await planStore.nextVersion(step, planId, { kind, reason, changes: [] })
      const about = { planId, metric: plan.metric, year: plan.year }
      const isPublished = move.act === 'publish'
      step.tell({ name: planChanged, payload: { ...about, version, ...(isPublished ? { act: 'published' } : {}) } })
      step.tell({ name: planMoved, payload: { ...about, act: move.act, comment: reason, version } })
      step.audit({
        object: 'plan',
        recordId: planId,
        action: kind,
        before: { status: plan.status },
        after: { status: state, version, comment: reason },
      })
      return { plan: summaryOf(ctx, await openPlan(step.tx, ctx, planId)) }
    },
    { kind: `plan.${move.act}` },
  )
}

/** Publishes a plan that was brought from outside: it held before, so nobody is told. */
export async function publishQuietly(step: Step, { id, metric, year, status }: StoredPlan): Promise<void> {
  await pathStore.setState(step, id, 'published')
  const version = await planStore.nextVersion(step, id, { kind: 'published', reason: null, changes: [] })
  step.tell({ name: planChanged, payload: { planId: id, metric, year, version } })
  step.audit({
    object: 'plan',
    recordId: id,
    action: 'published',
    before: { status },
    after: { status: 'published', version },
  })
}

function mustLead(ctx: Ctx, plan: StoredPlan, act: PathAct): PlanState {
  const next = stateAfter(plan.status, act, plan)
  if (next.ok) return next.state
  throw notNow(ctx, plan, act, next.reason)
}

/** Why an act cannot be done in the state in which the plan is. */
export function notNow(ctx: Ctx, plan: StoredPlan, act: PathAct, reason: 'not-now' | 'review-first' | 'no-review') {
  if (reason === 'review-first') return targetErrors.PLAN_REVIEW_FIRST()
  if (reason === 'no-review') return targetErrors.PLAN_NEEDS_NO_REVIEW()
  return targetErrors.PLAN_ACT_NOT_NOW({
    state: inWords(stateWords[plan.status], ctx.language),
    act: inWords(actWords[act], ctx.language),
  })
}

/** Throws unless the actor is one who may do that with plans. */
async function refuseStranger(step: Step, plan: StoredPlan, act: PathAct): Promise<void> {
  const { ctx, tx } = step
  const isReview = act === 'approve' || act === 'sendBack'
  if (!isReview) {
    if (!mayAct(ctx, managePlans)) throw managersOnly(ctx)
    return
  }
  if (!(await isReviewer(tx, ctx, plan.id))) throw targetErrors.NOT_THE_REVIEWER()
  const submitted = await pathStore.lastStep(tx, plan.id, ['submitted'])
  if (act === 'sendBack' || submitted?.personId !== ctx.actor.personId) return
  const others = (await reviewersOf(step, plan.id)).filter((id) => id !== ctx.actor.personId)
  if (others.length > 0) throw targetErrors.OWN_REVIEW()
}

export function managersOnly(ctx: Ctx) {
  return targetErrors.PLAN_MANAGERS_ONLY({ permission: inWords(managePlans.label, ctx.language) })
}

/** Everybody who may review the plan. */
export async function reviewersOf(step: Step, planId: string): Promise<readonly string[]> {
  const head = await pathStore.headOfTop(step.tx, planId)
  return [...new Set([...(await holdersOf(step, planReview)), ...(head === null ? [] : [head])])]
}

function refuseWithoutComment({ act, comment }: Move): void {
  if ((act !== 'sendBack' && act !== 'reopen') || comment) return
  const label = { zh: '请写明原因', en: 'Say why' }
  throw targetErrors.PLAN_INVALID({}, [{ field: 'comment', code: 'required', label }])
}
