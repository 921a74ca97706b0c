import { z } from 'zod'
import type { Permission } from '#engine/policy/role.ts'
import { defineRoute } from './route.ts'

export const webhooksManage = 'webhooks.manage'
export const robotsManage = 'robots.manage'

export const outgoingPermissions = [
  { key: webhooksManage, label: { zh: '管理 Webhook', en: 'Manage webhooks' }, roles: ['administrator'] },
  { key: robotsManage, label: { zh: '管理群机器人', en: 'Manage robots of group chats' }, roles: ['administrator'] },
] as const satisfies readonly Permission[]

const access = { permission: webhooksManage } as const
const instant = z.union([z.date(), z.string()])
const byId = z.strictObject({ id: z.string().max(60) })

/** Names of events such as `opportunity.updated`; a star stands for one whole part, or alone for all: `opportunity.*`, `*.created`, `*`. */
const eventNames = z
  .array(
    z
      .string()
      .max(120)
      .regex(/^(\*|(\*|\w+)(\.(\*|\w+))+)$/),
  )
  .min(1)
  .max(50)

const name = z.string().trim().min(1).max(80)
const url = z.string().trim().min(1).max(2000)

const webhook = z.object({
  id: z.uuid(),
  name: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  /** Whose eyes it looks with: what that person may not see is not sent. */
  owner: z.object({ id: z.uuid(), name: z.string(), isActive: z.boolean() }),
  isOn: z.boolean(),
  failuresInRow: z.number(),
  /** It was turned off after too many failures in a row. */
  stoppedAt: instant.nullable(),
  /** The secret before still signs, too, until then. */
  formerUntil: instant.nullable(),
  waiting: z.number(),
  dead: z.number(),
  lastDeliveredAt: instant.nullable(),
  version: z.number(),
})
export type WebhookView = z.infer<typeof webhook>

const delivery = z.object({
  id: z.uuid(),
  /** Grows in the order of the events. */
  number: z.number(),
  event: z.string(),
  object: z.string().nullable(),
  recordId: z.uuid().nullable(),
  happenedAt: instant,
  state: z.enum(['waiting', 'delivered', 'unseen', 'dead']),
  tries: z.number(),
  nextAt: instant.nullable(),
  attempts: z.array(
    z.object({
      at: instant,
      tookMs: z.number(),
      /** Null: no answer came. */
      status: z.number().nullable(),
      problem: z.string().nullable(),
      /** The first bytes of the answer. */
      answer: z.string().nullable(),
    }),
  ),
})
export type DeliveryView = z.infer<typeof delivery>

export const webhookRoutes = {
  list: defineRoute({
    method: 'GET',
    path: '/api/v1/webhooks',
    summary: { zh: 'Webhook 及其状态', en: 'Webhooks and how they fare' },
    access,
    reply: z.object({
      webhooks: z.array(webhook),
      /** Events that may be chosen, by name. */
      events: z.array(z.string()),
    }),
  }),
  create: defineRoute({
    method: 'POST',
    path: '/api/v1/webhooks',
    summary: { zh: '新建 Webhook；密钥只显示这一次', en: 'Make a webhook; its secret is shown this once' },
    access,
    body: z.strictObject({ name, url, events: eventNames }),
    success: 201,
    showsSecret: true,
    reply: webhook.extend({ secret: z.string() }),
  }),
  change: defineRoute({
    method: 'PATCH',
    path: '/api/v1/webhooks/:id',
    summary: { zh: '修改、停用或重新启用 Webhook', en: 'Change a webhook, turn it off or on again' },
    access,
    params: byId,
    body: z.strictObject({
      version: z.number().int(),
      name: name.optional(),
      url: url.optional(),
      events: eventNames.optional(),
      isOn: z.boolean().optional(),
    }),
    reply: webhook,
  }),
  remove: defineRoute({
    method: 'DELETE',
    path: '/api/v1/webhooks/:id',
    summary: { zh: '删除 Webhook 及其投递记录', en: 'Delete a webhook with its log' },
    access,
    params: byId,
  }),
  rotate: defineRoute({
    method: 'POST',
    path: '/api/v1/webhooks/:id/secret',
    summary: {
      zh: '更换密钥；新密钥只显示这一次，旧密钥在一段时间内同时有效',
      en: 'Change the secret: the new one is shown this once, the old one signs as well for a while',
    },
    access,
    params: byId,
    body: z.strictObject({
      /** Hours for which the old one signs, too. */
      hours: z.number().int().min(0).max(168).default(24),
    }),
    showsSecret: true,
    reply: webhook.extend({ secret: z.string() }),
  }),
  deliveries: defineRoute({
    method: 'GET',
    path: '/api/v1/webhooks/:id/deliveries',
    summary: { zh: '投递记录，最新的在前', en: 'What was sent and what came back, newest first' },
    access,
    params: byId,
    query: z.strictObject({
      state: z.enum(['waiting', 'delivered', 'unseen', 'dead']).optional(),
      /** Number of the last one that was seen. */
      before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
    }),
    reply: z.object({ deliveries: z.array(delivery), hasMore: z.boolean() }),
  }),
  replay: defineRoute({
    method: 'POST',
    path: '/api/v1/webhooks/:id/replay',
    summary: { zh: '重新投递：这些，或某一时刻以来的全部', en: 'Send again: these, or all since a moment' },
    access,
    params: byId,
    body: z.union([
      z.strictObject({ deliveries: z.array(z.uuid()).min(1).max(200) }),
      z.strictObject({
        since: z.iso.datetime({ offset: true }),
        /** Only those that were given up. */
        onlyDead: z.boolean().optional(),
      }),
    ]),
    reply: z.object({ replayed: z.number() }),
  }),
}
