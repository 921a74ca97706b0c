import type { z } from 'zod'
import { addDays, today } from '#engine/calendar/day.ts'
import { readAmount } from '#engine/metrics/metric.ts'
import type { FieldFault } from '#base/errors.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import type { Step } from '#platform/db/step.ts'
import type { Carry } from '#features/targets/contract.ts'
import { amendInStep, nodeIdOf, openPlan, previewAmendment, readyReach } from '#features/targets/server/index.ts'
import { appealMoved, type Appeal, type decideAppealRoute } from '../contract.ts'
import { agreementErrors } from '../errors.ts'
import { appealStore } from './appeal-store.ts'
import type { StoredAppeal, StoredStep } from './appeal-store.ts'
import { decidingUnit } from './deciders.ts'
import { appealInSight, findAppeal } from './show-appeals.ts'
import type { AppealSeen } from './show-appeals.ts'

type Decision = z.output<NonNullable<typeof decideAppealRoute.body>>

/** Who would carry the difference if so much were granted; nothing is saved. */
export async function previewDecision(
  ctx: Ctx,
  id: string,
  wish: { readonly total: string; readonly carry?: Carry | undefined },
) {
  return inView(ctx, async (tx) => {
    const { stored, appeal } = await appealInSight(tx, ctx, id)
    if (stored.state !== 'open') throw agreementErrors.APPEAL_ENDED()
    if (!appeal.can.decide) throw agreementErrors.NOT_THE_DECIDER()
    return previewAmendment(tx, ctx, stored.planId, { ...askedBy(ctx, stored), ...wish })
  })
}

/** Decides an appeal, for good. What is granted becomes a dated amendment of the plan in the same step. */
export async function decideAppeal(ctx: Ctx, id: string, decision: Decision): Promise<{ appeal: Appeal }> {
  await readyReach(ctx)
  return inStep(
    ctx,
    async (step) => {
      const { stored } = await openAppeal(step, id, decision.version, 'decide')
      const granted = grantedBy(stored, decision)
      const amendment =
        granted === null
          ? null
          : await amendInStep(step, stored.planId, {
              ...askedBy(ctx, stored),
              total: granted.total,
              carry: decision.carry,
              version: granted.planVersion,
              reason: decision.reason,
              appealId: id,
            })
      const { verdict, reason } = decision
      const ending = { granted: granted?.total ?? null, decision: reason, amendmentId: amendment?.amendmentId ?? null }
      await appealStore.end(step, id, { ...ending, state: verdict })
      await noteMove(step, stored, { kind: verdict, comment: reason }, ending)
      return { appeal: (await appealInSight(step.tx, ctx, id)).appeal }
    },
    { kind: 'appeal.decide' },
  )
}

/** Hands an appeal to the tier above, with a new term. */
export async function escalateAppeal(
  ctx: Ctx,
  id: string,
  { version, comment }: { readonly version: number; readonly comment: string },
): Promise<{ appeal: Appeal }> {
  await readyReach(ctx)
  return inStep(
    ctx,
    async (step) => {
      const { stored, appeal } = await openAppeal(step, id, version, 'escalate')
      if (stored.atUnitId === null) throw agreementErrors.NO_TIER_ABOVE()
      const above = await decidingUnit(step.tx, stored, stored.atUnitId)
      const { plan } = await openPlan(step.tx, ctx, stored.planId)
      await appealStore.moveTo(step, id, above, addDays(ctx.today, plan.appealDays))
      await noteMove(step, stored, { kind: 'escalated', comment }, { atUnitId: above })
      // Whoever hands it up may lose sight of it: the answer is what they saw last.
      const handed = { ...appeal, decider: null, can: { decide: false, escalate: false, withdraw: false } }
      return { appeal: (await findAppeal(step.tx, ctx, id))?.appeal ?? handed }
    },
    { kind: 'appeal.escalate' },
  )
}

/** Takes an appeal back, as long as it is not decided. */
export async function withdrawAppeal(
  ctx: Ctx,
  id: string,
  { version, comment = '' }: { readonly version: number; readonly comment?: string | undefined },
): Promise<{ appeal: Appeal }> {
  await readyReach(ctx)
  return inStep(
    ctx,
    async (step) => {
      const { stored } = await openAppeal(step, id, version, 'withdraw')
      const ending = { granted: null, decision: null, amendmentId: null }
      await appealStore.end(step, id, { ...ending, state: 'withdrawn' })
      await noteMove(step, stored, { kind: 'withdrawn', comment: comment || null }, {})
      return { appeal: (await appealInSight(step.tx, ctx, id)).appeal }
    },
    { kind: 'appeal.withdraw' },
  )
}

/** The appeal, locked for this act, if it is open, the version that was seen, and the actor's to act on. */
async function openAppeal(
  step: Step,
  id: string,
  version: number,
  act: 'decide' | 'escalate' | 'withdraw',
): Promise<AppealSeen> {
  await appealStore.forUpdate(step, id)
  const { stored, appeal } = await appealInSight(step.tx, step.ctx, id)
  if (stored.state !== 'open') throw agreementErrors.APPEAL_ENDED()
  if (!appeal.can[act]) {
    throw act === 'withdraw' ? agreementErrors.APPEAL_NOT_YOURS() : agreementErrors.NOT_THE_DECIDER()
  }
  if (stored.version !== version) throw agreementErrors.APPEAL_CHANGED()
  return { stored, appeal }
}

/** Which periods the appeal is about: those that had not ended when it was lodged, however long the decision takes. */
function askedBy({ company }: Ctx, stored: StoredAppeal) {
  return { node: nodeIdOf(stored), from: stored.from, askedOn: today(company.zone, stored.createdAt) }
}

interface Granted {
  readonly total: string
  /** The version of the plan that was seen with its consequences. */
  readonly planVersion: number
}

/** What is granted, null if refused; APPEAL_INVALID names the field. */
function grantedBy({ asked, standing }: StoredAppeal, { verdict, total, planVersion }: Decision): Granted | null {
  if (verdict === 'refused') return null
  const fault = (field: string, code: string, label: FieldFault['label']) =>
    agreementErrors.APPEAL_INVALID({}, [{ field, code, label }])
  if (planVersion === undefined) {
    throw fault('planVersion', 'required', {
      zh: '请先查看由谁承担差额',
      en: 'See first who carries the difference',
    })
  }
  if (verdict === 'granted') return { total: asked, planVersion }
  if (total === undefined) throw fault('total', 'required', { zh: '请写明同意多少', en: 'Say how much is granted' })
  if (!isBetween(total, standing, asked)) {
    throw fault('total', 'not-in-part', {
      zh: '部分同意的数应在现目标与申诉之间',
      en: 'A part lies between the target as it is and what was asked',
    })
  }
  return { total, planVersion }
}

/** Whether an amount lies between two others, and is neither. */
function isBetween(amount: string, one: string, other: string): boolean {
  const [low = 0n, middle, high = 0n] = [one, amount, other]
    .map(readAmount)
    .toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return middle === readAmount(amount) && low < middle && middle < high
}

async function noteMove(
  step: Step,
  stored: StoredAppeal,
  { kind, comment }: Pick<StoredStep, 'kind' | 'comment'>,
  after: object,
): Promise<void> {
  await appealStore.note(step, stored.id, { kind, comment })
  step.tell({ name: appealMoved, payload: { appealId: stored.id, kind } })
  step.audit({
    object: 'appeal',
    recordId: stored.id,
    action: kind,
    before: { state: stored.state, standing: stored.standing, asked: stored.asked },
    after: { ...after, comment },
  })
}
