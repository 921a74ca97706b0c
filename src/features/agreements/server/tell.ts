import { sql } from 'kysely'
import { z } from 'zod'
import type { Step } from '#platform/db/step.ts'
import { onEvent } from '#platform/events/handlers.ts'
import { holdersOf, notify, registerNotices, type NoticeKind } from '#platform/notify/index.ts'
import { planManage, planRead } from '#features/targets/contract.ts'
import { planStore, type StoredPlan } from '#features/targets/server/index.ts'
import { appealMoved, proposalChanged } from '../contract.ts'
import { appealStore, type StoredAppeal } from './appeal-store.ts'
import { headsOf } from './head-store.ts'

const shared = { group: 'targets', permission: planRead } as const
const proposals = '/targets/agreements?tab=proposals&plan={planId}'
const appeals = '/targets/agreements?tab=appeals&appeal={appealId}'

const kinds = {
  adjusted: {
    ...shared,
    key: 'proposal.adjusted',
    label: { zh: '上报被调整', en: 'A proposal is adjusted' },
    says: {
      zh: '{actor} 调整了您 {year} 年“{metric}”的上报：{comment}',
      en: '{actor} adjusted your number {year} of “{metric}”: {comment}',
    },
    page: '/targets/mine',
  },
  submitted: {
    ...shared,
    key: 'proposal.submitted',
    label: { zh: '下级单位提交上报', en: 'A unit submits its proposals' },
    says: {
      zh: '{actor} 提交了“{unit}”{year} 年“{metric}”的上报',
      en: '{actor} submitted the proposals {year} of “{metric}” of {unit}',
    },
    page: proposals,
  },
  'sent-back': {
    ...shared,
    key: 'proposal.sent-back',
    label: { zh: '上报被退回', en: 'Proposals are sent back' },
    says: {
      zh: '{actor} 退回了“{unit}”{year} 年“{metric}”的上报：{comment}',
      en: '{actor} sent back the proposals {year} of “{metric}” of {unit}: {comment}',
    },
    ways: { mail: 'now' },
    page: proposals,
  },
  lodged: {
    ...shared,
    key: 'appeal.lodged',
    label: { zh: '有申诉等您决定', en: 'An appeal to decide' },
    says: {
      zh: '{appellant} 对 {year} 年“{metric}”的目标提出申诉，请在 {day} 前决定',
      en: '{appellant} appealed against the target {year} of “{metric}”; please decide by {day}',
    },
    ways: { mail: 'now' },
    page: appeals,
  },
  decided: {
    ...shared,
    key: 'appeal.decided',
    label: { zh: '我的申诉有了决定', en: 'My appeal is decided' },
    says: {
      zh: '{actor} 决定了您对 {year} 年“{metric}”目标的申诉：{comment}',
      en: '{actor} decided your appeal against the target {year} of “{metric}”: {comment}',
    },
    ways: { mail: 'now' },
    page: '/targets/mine?appeal={appealId}',
  },
  withdrawn: {
    ...shared,
    key: 'appeal.withdrawn',
    label: { zh: '申诉已撤回', en: 'An appeal is withdrawn' },
    says: {
      zh: '{appellant} 撤回了对 {year} 年“{metric}”目标的申诉',
      en: '{appellant} withdrew the appeal against the target {year} of “{metric}”',
    },
    page: appeals,
  },
  due: {
    ...shared,
    key: 'appeal.due',
    label: { zh: '申诉即将到期', en: 'An appeal is due' },
    says: {
      zh: '{appellant} 对 {year} 年“{metric}”目标的申诉应在 {day} 前决定',
      en: 'The appeal of {appellant} against the target {year} of “{metric}” is to be decided by {day}',
    },
    page: appeals,
  },
  'proposal-due': {
    ...shared,
    key: 'proposal.due',
    label: { zh: '上报即将截止', en: 'A proposal is due' },
    says: {
      zh: '{year} 年“{metric}”的上报 {day} 截止，您还没有上报',
      en: 'Proposals {year} of “{metric}” end on {day}; yours is missing',
    },
    page: '/targets/mine',
  },
  'unit-due': {
    ...shared,
    key: 'proposal.unit-due',
    label: { zh: '单位还没有提交上报', en: 'Proposals of a unit are due' },
    says: {
      zh: '{year} 年“{metric}”的上报 {day} 截止，“{unit}”还没有提交',
      en: 'Proposals {year} of “{metric}” end on {day}; {unit} has not submitted yet',
    },
    page: proposals,
  },
} as const satisfies Readonly<Record<string, NoticeKind>>

const proposed = z.object({
  planId: z.string(),
  node: z.string(),
  kind: z.enum(['proposed', 'adjusted', 'submitted', 'sent-back']),
  comment: z.string().nullable(),
  version: z.number(),
  personId: z.string().nullable(),
})
const moved = z.object({
  appealId: z.string(),
  kind: z.enum(['lodged', 'escalated', 'granted', 'partly', 'refused', 'withdrawn']),
})

/** Whoever has to act next, or waited for an answer, is told. */
export function registerAgreementNotices(): void {
  registerNotices(...Object.values(kinds))
  onEvent(proposalChanged, async (step, { id, payload, personId: actorId }) => {
    const { planId, node, kind, comment, personId } = proposed.parse(payload)
    const plan = await planStore.find(step.tx, step.ctx, planId)
    if (!plan || kind === 'proposed') return
    const about = { ...aboutPlan(plan), comment: comment ?? '', unit: await unitName(step, node) }
    const to = kind === 'adjusted' ? [personId] : await headAround(step, planId, node, kind)
    const people = to.flatMap((one) => (one === null ? [] : [one]))
    await notify(step, { kind: kinds[kind].key, to: people, key: id, params: about, actorId })
  })
  onEvent(appealMoved, async (step, { id, payload, personId: actorId }) => {
    const { appealId, kind } = moved.parse(payload)
    const appeal = await appealStore.find(step.tx, appealId)
    const plan = appeal && (await planStore.find(step.tx, step.ctx, appeal.planId))
    if (!plan) return
    const params = { ...aboutAppeal(appeal, plan), comment: appeal.decision ?? '' }
    const isForDecider = kind === 'lodged' || kind === 'escalated' || kind === 'withdrawn'
    const to = isForDecider ? await decidersOf(step, appeal) : [appeal.appellantId]
    const told = kind === 'withdrawn' ? kinds.withdrawn : isForDecider ? kinds.lodged : kinds.decided
    await notify(step, { kind: told.key, to, key: id, params, actorId })
  })
}

/** Reminds those who have to decide an appeal; once for each day and appeal. */
export async function remindOfAppeal(step: Step, appeal: StoredAppeal, plan: StoredPlan): Promise<void> {
  const key = `${appeal.id} ${appeal.atUnitId} ${step.ctx.today}`
  const to = await decidersOf(step, appeal)
  await notify(step, { kind: kinds.due.key, to, key, params: aboutAppeal(appeal, plan) })
}

/** Reminds people whose proposals are missing, once for each day. */
export async function remindToPropose(step: Step, plan: StoredPlan, people: readonly string[]): Promise<void> {
  const params = { ...aboutPlan(plan), day: plan.proposalsUntil ?? '' }
  await notify(step, { kind: kinds['proposal-due'].key, to: people, key: `${plan.id} ${step.ctx.today}`, params })
}

export async function remindToSubmit(
  step: Step,
  plan: StoredPlan,
  { unit, name, head }: { readonly unit: string; readonly name: string; readonly head: string },
): Promise<void> {
  const params = { ...aboutPlan(plan), day: plan.proposalsUntil ?? '', unit: name }
  await notify(step, { kind: kinds['unit-due'].key, to: [head], key: `${plan.id} ${unit} ${step.ctx.today}`, params })
}

function aboutPlan({ id, metric, year }: StoredPlan) {
  return { planId: id, metric, year }
}

function aboutAppeal(appeal: StoredAppeal, plan: StoredPlan) {
  return { ...aboutPlan(plan), appealId: appeal.id, appellant: appeal.appellantName, day: appeal.decideBy }
}

/** The head of the unit where the appeal lies; where nobody leads, those who make plans. */
async function decidersOf(step: Step, { atUnitId, appellantId }: StoredAppeal): Promise<readonly string[]> {
  const head = atUnitId === null ? undefined : (await headsOf(step.tx, [atUnitId])).get(atUnitId)
  const all = head === undefined ? await holdersOf(step, planManage) : [head]
  return all.filter((id) => id !== appellantId)
}

/** Of a unit that was handed up the head above; of one that was sent back its own. */
async function headAround(
  { tx }: Step,
  planId: string,
  unit: string,
  kind: 'submitted' | 'sent-back',
): Promise<readonly (string | null)[]> {
  const at = kind === 'sent-back' ? unit : ((await planStore.parents(tx, planId)).get(unit) ?? null)
  return at === null ? [] : [(await headsOf(tx, [at])).get(at) ?? null]
}

async function unitName({ tx }: Step, node: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`select name from unit where id::text = ${node}`.execute(tx)
  return rows[0]?.name ?? ''
}
