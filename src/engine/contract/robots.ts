import { z } from 'zod'
import { languages } from '#base/label.ts'
import { defineRoute } from './route.ts'
import { robotsManage } from './webhooks.ts'

export const robotBrands = ['wecom', 'dingtalk', 'feishu'] as const
export type RobotBrand = (typeof robotBrands)[number]

const access = { permission: robotsManage } as const
const instant = z.union([z.date(), z.string()])
const words = z.object({ zh: z.string(), en: z.string() })
const byId = z.strictObject({ id: z.string().max(60) })

const robot = z.object({
  id: z.uuid(),
  name: z.string(),
  brand: z.enum(robotBrands),
  /** The host of its address; the rest is a secret and never shown. */
  host: z.string(),
  hasSecret: z.boolean(),
  /** Kinds of notices that it carries. */
  kinds: z.array(z.string()),
  language: z.enum(languages),
  /** Whose eyes it looks with: what that person may not see is not said in the group. */
  owner: z.object({ id: z.uuid(), name: z.string(), isActive: z.boolean() }),
  isOn: z.boolean(),
  waiting: z.number(),
  mutedUntil: instant.nullable(),
  lastSuccessAt: instant.nullable(),
  lastFailureAt: instant.nullable(),
  /** What went wrong last, in words. */
  lastFailure: z.string().nullable(),
  version: z.number(),
})
export type RobotView = z.infer<typeof robot>

const name = z.string().trim().min(1).max(80)
const address = z.string().trim().min(1).max(1000)
const secret = z.string().trim().max(200)
const kinds = z.array(z.string().max(80)).max(100)

export const robotRoutes = {
  list: defineRoute({
    method: 'GET',
    path: '/api/v1/robots',
    summary: { zh: '群机器人及其状态', en: 'Robots of group chats and how they fare' },
    access,
    reply: z.object({
      robots: z.array(robot),
      /** Kinds of notices that a robot can carry. */
      kinds: z.array(z.object({ kind: z.string(), label: words })),
    }),
  }),
  create: defineRoute({
    method: 'POST',
    path: '/api/v1/robots',
    summary: { zh: '添加群机器人', en: 'Add a robot' },
    access,
    body: z.strictObject({
      name,
      brand: z.enum(robotBrands),
      /** The address that the chat program shows for the robot. */
      address,
      /** 加签密钥 of 钉钉 or 飞书, where signing is on. */
      secret: secret.optional(),
      kinds,
      language: z.enum(languages),
    }),
    success: 201,
    reply: robot,
  }),
  change: defineRoute({
    method: 'PATCH',
    path: '/api/v1/robots/:id',
    summary: { zh: '修改、停用或启用群机器人', en: 'Change a robot, turn it off or on' },
    access,
    params: byId,
    body: z.strictObject({
      version: z.number().int(),
      name: name.optional(),
      address: address.optional(),
      /** Null: it does not sign any more. */
      secret: secret.nullable().optional(),
      kinds: kinds.optional(),
      language: z.enum(languages).optional(),
      isOn: z.boolean().optional(),
    }),
    reply: robot,
  }),
  remove: defineRoute({
    method: 'DELETE',
    path: '/api/v1/robots/:id',
    summary: { zh: '删除群机器人', en: 'Delete a robot' },
    access,
    params: byId,
  }),
  test: defineRoute({
    method: 'POST',
    path: '/api/v1/robots/:id/test',
    summary: { zh: '发送一条测试消息，立即告知结果', en: 'Send a test message and tell at once how it went' },
    access,
    params: byId,
    reply: z.object({ isSent: z.boolean(), /** Why not, in words. */ problem: z.string().nullable(), robot }),
  }),
}
