import type { z } from 'zod'
import type { WebhookView, webhookRoutes } from '#engine/contract/webhooks.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId, newId } from '#platform/db/new-id.ts'
import { inStep, inView, type Step, type Tx } from '#platform/db/step.ts'
import { dropLane, dueOn } from '#platform/lanes/index.ts'
import { sealSecret } from '#platform/secrets/seal-secret.ts'
import { deliverableEvents, isChosen } from './deliverable.ts'
import { deliveriesBefore, replaySince, replayThese, type DeliveryState } from './delivery-store.ts'
import { addressFaultOf, webhookErrors } from './errors.ts'
import { newWebhookSecret } from './secret.ts'
import {
  allWebhooks,
  deleteWebhook,
  endPause,
  insertWebhook,
  saveSecrets,
  saveWebhook,
  webhookById,
  type Webhook,
} from './webhook-store.ts'

export const webhookLane = 'webhook'
const mostWebhooks = 50
const pageSize = 50
const hourMs = 3_600_000

type Body<K extends keyof typeof webhookRoutes> = z.output<NonNullable<(typeof webhookRoutes)[K]['body']>>

export async function listWebhooks(ctx: Ctx) {
  const hooks = await inView(ctx, (tx) => allWebhooks(tx, ctx))
  return { webhooks: hooks.map(viewOf), events: deliverableEvents(ctx.company.catalogue) }
}

/** Makes a webhook that looks with the eyes of the actor; answers its secret, which is shown this once. */
export async function createWebhook(
  ctx: Ctx,
  wish: Body<'create'>,
): Promise<WebhookView & { readonly secret: string }> {
  refuseFaults(ctx, wish)
  const { personId } = ctx.actor
  if (personId === null) throw webhookErrors.WEBHOOK_INVALID()
  const secret = newWebhookSecret()
  const id = newId()
  const made = await inStep(
    ctx,
    async (step) => {
      if ((await allWebhooks(step.tx, ctx)).length >= mostWebhooks) {
        throw webhookErrors.WEBHOOKS_MANY({ most: mostWebhooks }, [
          { field: 'name', code: 'many', label: { zh: '请先删除不用的', en: 'Delete one that is not used first' } },
        ])
      }
      await insertWebhook(step, { id, ...wish, ownerId: personId, sealedSecret: sealSecret('webhook', secret) })
      step.audit({ object: 'webhook', recordId: id, action: 'created', before: null, after: wish })
      return foundIn(step.tx, ctx, id)
    },
    { kind: 'webhook.create' },
  )
  return { ...viewOf(made), secret }
}

/** Changes, turns off or on. Turned on again, what waits is sent at once. */
export async function changeWebhook(ctx: Ctx, id: string, wish: Body<'change'>): Promise<WebhookView> {
  return inStep(
    ctx,
    async (step) => {
      const before = await foundIn(step.tx, ctx, id)
      const { version, ...changes } = wish
      const after = { ...before, ...given(changes) }
      refuseFaults(ctx, after)
      if (!(await saveWebhook(step, after, version))) throw webhookErrors.WEBHOOK_CHANGED()
      step.audit({ object: 'webhook', recordId: id, action: 'updated', before: told(before), after: told(after) })
      if (after.isOn) await dueOn(step, { kind: webhookLane, id }, ctx.now)
      return viewOf(await foundIn(step.tx, ctx, id))
    },
    { kind: 'webhook.change' },
  )
}

export async function removeWebhook(ctx: Ctx, id: string): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      const before = await foundIn(step.tx, ctx, id)
      await deleteWebhook(step, before.id)
      await dropLane(step, { kind: webhookLane, id })
      step.audit({ object: 'webhook', recordId: id, action: 'deleted', before: told(before), after: null })
    },
    { kind: 'webhook.remove' },
  )
}

/** Gives a webhook a new secret, shown this once; the one before signs as well for some hours. */
export async function rotateSecret(
  ctx: Ctx,
  id: string,
  { hours }: Body<'rotate'>,
): Promise<WebhookView & { readonly secret: string }> {
  const secret = newWebhookSecret()
  const changed = await inStep(
    ctx,
    async (step) => {
      const before = await foundIn(step.tx, ctx, id)
      const until = hours === 0 ? null : new Date(ctx.now.getTime() + hours * hourMs)
      const former = until === null ? null : before.sealedSecret
      await saveSecrets(step, id, { secret: sealSecret('webhook', secret), former, until })
      step.audit({ object: 'webhook', recordId: id, action: 'secret-rotated', before: null, after: { hours } })
      return foundIn(step.tx, ctx, id)
    },
    { kind: 'webhook.rotate' },
  )
  return { ...viewOf(changed), secret }
}

export async function listDeliveries(
  ctx: Ctx,
  id: string,
  asked: { readonly state?: DeliveryState | undefined; readonly before?: number | undefined },
) {
  return inView(ctx, async (tx) => {
    await foundIn(tx, ctx, id)
    const wanted = { state: asked.state, before: asked.before, limit: pageSize + 1 }
    const found = await deliveriesBefore(tx, ctx, id, wanted)
    return { deliveries: found.slice(0, pageSize), hasMore: found.length > pageSize }
  })
}

/** Sends again what was sent, or given up, with the same ids: a receiver that knows them may leave them. */
export async function replay(ctx: Ctx, id: string, wish: Body<'replay'>): Promise<{ readonly replayed: number }> {
  return inStep(
    ctx,
    async (step) => {
      await foundIn(step.tx, ctx, id)
      const replayed = await sentAgain(step, id, wish)
      if (replayed > 0) {
        await endPause(step, id)
        await dueOn(step, { kind: webhookLane, id }, ctx.now)
      }
      step.audit({ object: 'webhook', recordId: id, action: 'replayed', before: null, after: { replayed } })
      return { replayed }
    },
    { kind: 'webhook.replay' },
  )
}

function sentAgain(step: Step, id: string, wish: Body<'replay'>): Promise<number> {
  if ('deliveries' in wish) return replayThese(step, id, wish.deliveries)
  return replaySince(step, id, { since: new Date(wish.since), onlyDead: wish.onlyDead ?? false })
}

async function foundIn(tx: Tx, ctx: Ctx, id: string): Promise<Webhook> {
  const hook = isId(id) ? await webhookById(tx, ctx, id) : undefined
  if (!hook) throw webhookErrors.WEBHOOK_NOT_FOUND()
  return hook
}

function refuseFaults(ctx: Ctx, { url, events }: Pick<Webhook, 'url' | 'events'>): void {
  const known = deliverableEvents(ctx.company.catalogue)
  const label = { zh: '没有这样的事件', en: 'There is no such event' }
  const faults = [
    ...addressFaultOf('url', url),
    ...events.flatMap((pattern, at) =>
      known.some((name) => isChosen([pattern], name)) ? [] : [{ field: `events.${at}`, code: 'unknown', label }],
    ),
  ]
  if (faults.length > 0) throw webhookErrors.WEBHOOK_INVALID({}, faults)
}

/** Only what was given: what is absent stays. */
function given<T extends object>(changes: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}

const told = ({ name, url, events, isOn }: Webhook) => ({ name, url, events, isOn })

function viewOf(hook: Webhook): WebhookView {
  const { id, name, url, events, isOn, failuresInRow, stoppedAt, waiting, dead, lastDeliveredAt, version } = hook
  return {
    ...{ id, name, url, isOn, failuresInRow, stoppedAt, waiting, dead, lastDeliveredAt, version },
    events: [...events],
    owner: { id: hook.ownerId, name: hook.ownerName, isActive: hook.ownerIsActive },
    formerUntil: hook.sealedFormer === null ? null : hook.formerUntil,
  }
}
