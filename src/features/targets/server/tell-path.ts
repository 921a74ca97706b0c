import { sql } from 'kysely'
import { z } from 'zod'
import type { Step } from '#platform/db/step.ts'
import { onEvent } from '#platform/events/handlers.ts'
import { notify, registerNotices, type NoticeKind } from '#platform/notify/index.ts'
import { planMoved } from '../contract.ts'
import { planRead } from '../permissions.ts'
import { reviewersOf } from './move-plan.ts'
import { pathStore } from './path-store.ts'
import { peopleOf } from './tell-plans.ts'

const page = '/targets/plans?metric={metric}&period={year}'
const shared = { group: 'targets', permission: planRead, page } as const

const submitted: NoticeKind = {
  ...shared,
  key: 'plan.submitted',
  label: { zh: '目标计划送审', en: 'A plan is submitted' },
  says: {
    zh: '{actor} 送审了 {year} 年“{metric}”目标计划',
    en: '{actor} submitted the plan {year} of “{metric}” for review',
  },
  ways: { mail: 'now' },
}

const sentBack: NoticeKind = {
  ...shared,
  key: 'plan.sent-back',
  label: { zh: '目标计划被退回', en: 'A plan is sent back' },
  says: {
    zh: '{actor} 退回了 {year} 年“{metric}”目标计划：{comment}',
    en: '{actor} sent back the plan {year} of “{metric}”: {comment}',
  },
  ways: { mail: 'now' },
}

const approved: NoticeKind = {
  ...shared,
  key: 'plan.approved',
  label: { zh: '目标计划审核通过', en: 'A plan is approved' },
  says: {
    zh: '{actor} 通过了 {year} 年“{metric}”目标计划，可以发布了',
    en: '{actor} approved the plan {year} of “{metric}”; it can be published',
  },
}

const locked: NoticeKind = {
  ...shared,
  key: 'plan.locked',
  label: { zh: '目标计划锁定', en: 'A plan is locked' },
  says: {
    zh: '{year} 年“{metric}”目标计划已锁定；有异议可以申诉',
    en: 'The plan {year} of “{metric}” is locked; you can appeal',
  },
  page: '/targets/mine',
}

const reviewEnded: NoticeKind = {
  ...shared,
  key: 'plan.review-ended',
  label: { zh: '目标计划不再审核', en: 'A plan is no longer reviewed' },
  says: {
    zh: '{actor} 取消了 {year} 年“{metric}”目标计划的审核要求',
    en: '{actor} ended the review of the plan {year} of “{metric}”',
  },
}

const asked: NoticeKind = {
  ...shared,
  key: 'proposal.asked',
  label: { zh: '请上报目标', en: 'Asked for a number' },
  says: {
    zh: '请上报您 {year} 年“{metric}”的目标',
    en: 'Please propose your number {year} of “{metric}”',
  },
  ways: { mail: 'now' },
  page: '/targets/mine',
}

const move = z.object({
  planId: z.string(),
  metric: z.string(),
  year: z.number(),
  act: z.string(),
  comment: z.string().nullable(),
  version: z.number(),
})

/** Whoever has to act next is told when a plan moves along its path. */
export function registerPathNotices(): void {
  registerNotices(submitted, sentBack, approved, locked, reviewEnded, asked)
  onEvent(planMoved, async (step, { payload, personId: actorId }) => {
    const { planId, metric, year, act, comment, version } = move.parse(payload)
    const told = toldOf[act]
    if (!told) return
    const to = await told.to(step, planId)
    const params = { planId, metric, year, comment: comment ?? '' }
    await notify(step, { kind: told.kind.key, to, key: `${planId} ${version}`, params, actorId })
  })
}

const toldOf: Readonly<
  Record<string, { readonly kind: NoticeKind; readonly to: (step: Step, planId: string) => Promise<readonly string[]> }>
> = {
  submit: { kind: submitted, to: reviewersOf },
  sendBack: { kind: sentBack, to: whoSubmitted },
  approve: { kind: approved, to: whoSubmitted },
  lock: { kind: locked, to: peopleOf },
  endReview: { kind: reviewEnded, to: reviewersOf },
  ask: { kind: asked, to: ownersOf },
}

async function whoSubmitted({ tx }: Step, planId: string): Promise<readonly string[]> {
  const last = await pathStore.lastStep(tx, planId, ['submitted'])
  return last?.personId ? [last.personId] : []
}

/** Those who have a row of their own. */
async function ownersOf({ tx, ctx }: Step, planId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct t.person_id as id from target t
    join person p on p.company_id = t.company_id and p.id = t.person_id
    where t.company_id = ${ctx.company.id} and t.plan_id = ${planId}`.execute(tx)
  return rows.map(({ id }) => id)
}
