import type { FastifyInstance } from 'fastify'
import { webhookRoutes } from '#engine/contract/webhooks.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { onEvents, type ToldEvent } from '#platform/events/handlers.ts'
import { serve } from '#platform/http/serve.ts'
import { registerDailyJob } from '#platform/jobs/jobs.ts'
import { dueOn, registerLane } from '#platform/lanes/index.ts'
import { registerNotices } from '#platform/notify/index.ts'
import {
  changeWebhook,
  createWebhook,
  listDeliveries,
  listWebhooks,
  removeWebhook,
  replay,
  rotateSecret,
  webhookLane,
} from './change-webhooks.ts'
import { deliverDue, webhookStopped } from './deliver.ts'
import { isChosen, placeOfEvent } from './deliverable.ts'
import { dropEnded, insertDeliveries, nextDeliveryAt } from './delivery-store.ts'
import { listeningWebhooks } from './webhook-store.ts'

export { registerWebhookEvents } from './deliverable.ts'

const daysKept = 30
const dayMs = 86_400_000

/** Lets webhooks hear of events, and what they are told leave. */
export function registerWebhooks(): void {
  registerNotices(webhookStopped)
  onEvents(putDeliveries)
  registerLane(webhookLane, { work: deliverDue, nextAt: nextDeliveryAt, mostAtOnce: 20 })
  registerDailyJob('webhooks.forget', forgetDeliveries)
}

async function putDeliveries(step: Step, events: readonly ToldEvent[]): Promise<void> {
  const hooks = await listeningWebhooks(step)
  if (hooks.length === 0) return
  const { wholeCatalogue } = step.ctx.company
  const about = events.flatMap(({ id, name, payload, at }) => {
    const place = placeOfEvent(wholeCatalogue, { name, payload })
    return place ? [{ eventId: id, event: name, payload, happenedAt: at, ...place }] : []
  })
  for (const hook of hooks) {
    const chosen = about.filter(({ event }) => isChosen(hook.events, event))
    if (chosen.length === 0) continue
    await insertDeliveries(step, hook.id, chosen)
    if (hook.isOn) await dueOn(step, { kind: webhookLane, id: hook.id }, step.ctx.now)
  }
}

async function forgetDeliveries(ctx: Ctx): Promise<void> {
  await inStep(ctx, (step) => dropEnded(step, new Date(ctx.now.getTime() - daysKept * dayMs)))
}

/** Serves the page of webhooks. */
export function registerWebhookRoutes(app: FastifyInstance): void {
  serve(app, webhookRoutes.list, listWebhooks)
  serve(app, webhookRoutes.create, (ctx, { body }) => createWebhook(ctx, body))
  serve(app, webhookRoutes.change, (ctx, { params, body }) => changeWebhook(ctx, params.id, body))
  serve(app, webhookRoutes.remove, (ctx, { params }) => removeWebhook(ctx, params.id))
  serve(app, webhookRoutes.rotate, (ctx, { params, body }) => rotateSecret(ctx, params.id, body))
  serve(app, webhookRoutes.deliveries, (ctx, { params, query }) => listDeliveries(ctx, params.id, query))
  serve(app, webhookRoutes.replay, (ctx, { params, body }) => replay(ctx, params.id, body))
}
