import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { contextOfPerson } from '#platform/db/system.ts'
import { webhooksManage } from '#engine/contract/webhooks.ts'
import { holdersOf, notify, type NoticeKind } from '#platform/notify/index.ts'
import { postOutside, type Answered } from '#platform/outside/post.ts'
import { insertAttempt, nextDelivery, noteTried, type Delivery } from './delivery-store.ts'
import { messageOf } from './message.ts'
import { signedHeaders } from './secret.ts'
import { noteFailure, noteSuccess, receiverById, stopWebhook, type Receiver } from './webhook-store.ts'

/** Seconds until the next try of a delivery; after the last it is dead: some two days. */
const waits = [30, 120, 600, 1800, 3600, 7200, 14_400, 28_800, 43_200, 86_400] as const
/** Seconds for which a receiver that fails is left alone, by its failures in a row. */
const pauses = [30, 60, 120, 300, 600, 1800, 3600] as const
const mostFailuresInRow = 20
const mostPerTurn = 20
const longestRetryAfter = 3600
/** Characters of the answer that the log keeps. */
const keptAnswer = 500

export const webhookStopped: NoticeKind = {
  key: 'webhook.stopped',
  group: 'care',
  label: { zh: 'Webhook 因连续失败而停用', en: 'A webhook was turned off after its failures' },
  says: {
    zh: 'Webhook“{name}”连续失败 {failures} 次，已停用；修好接收方后可重新启用，期间的事件不会丢',
    en: 'The webhook “{name}” failed {failures} times in a row and was turned off; turn it on again once its receiver is mended, the events meanwhile are kept',
  },
  permission: webhooksManage,
  isUrgent: true,
  ways: { mail: 'now' },
  page: '/connections?tab=webhooks',
}

/** Sends what is due for one webhook, in order, until one fails. */
export async function deliverDue(system: Ctx, webhookId: string): Promise<void> {
  for (let turn = 0; turn < mostPerTurn; turn += 1) {
    const { hook, delivery } = await inView(system, async (tx) => ({
      hook: await receiverById(tx, system, webhookId),
      delivery: await nextDelivery(tx, system, webhookId),
    }))
    if (!hook?.isOn || !delivery || (hook.pausedUntil !== null && hook.pausedUntil > system.now)) return
    if (!(await deliverOne(system, hook, delivery))) return
  }
}

/** False where the receiver failed: the others wait. */
async function deliverOne(system: Ctx, hook: Receiver, delivery: Delivery): Promise<boolean> {
  const owner = await contextOfPerson(system, hook.ownerId)
  const body = owner && (await messageOf(owner, delivery))
  const sign = body && signedHeaders(hook, { id: delivery.id, at: system.now, body })
  if (!body) {
    await inStep(system, (step) => noteTried(step, delivery.id, { state: 'unseen' }))
    return true
  }
  const answered: Answered | { readonly ok: false; readonly problem: 'secret-changed'; readonly tookMs: 0 } = sign
    ? await postOutside(hook.url, { body, headers: sign })
    : { ok: false, problem: 'secret-changed', tookMs: 0 }
  const isTaken = answered.ok && answered.status >= 200 && answered.status < 300
  await inStep(
    system,
    async (step) => {
      const { tookMs } = answered
      const seen = answered.ok
        ? { status: answered.status, problem: isTaken ? null : 'status', answer: answerOf(answered.body) }
        : { status: null, problem: answered.problem, answer: null }
      await insertAttempt(step, delivery.id, { tookMs, ...seen })
      if (isTaken) {
        await noteTried(step, delivery.id, { state: 'delivered' })
        await noteSuccess(step, hook.id)
        return
      }
      const asked = answered.ok ? Math.min(answered.retryAfter ?? 0, longestRetryAfter) : 0
      const wait = waits[delivery.tries]
      const nextAt = wait === undefined ? null : after(system.now, Math.max(wait, asked))
      await noteTried(step, delivery.id, { state: nextAt ? 'waiting' : 'dead', nextAt })
      const pause = pauses[Math.min(hook.failuresInRow, pauses.length - 1)] ?? 0
      const failures = await noteFailure(step, hook.id, after(system.now, Math.max(pause, asked)))
      // 410: the receiver says that it is gone for good.
      const isOver = failures >= mostFailuresInRow || (answered.ok && answered.status === 410)
      if (isOver && (await stopWebhook(step, hook.id))) {
        const to = [...new Set([hook.ownerId, ...(await holdersOf(step, webhooksManage))])]
        const params = { name: hook.name, failures }
        await notify(step, { kind: webhookStopped.key, to, key: `${hook.id} ${delivery.id} ${delivery.tries}`, params })
      }
    },
    { kind: 'webhook.deliver' },
  )
  return isTaken
}

const after = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1000)

/** PostgreSQL keeps no NUL character. */
const answerOf = (body: string) => body.slice(0, keptAnswer).replaceAll('\u0000', '').toWellFormed()
