import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { keyScope } from '#engine/policy/key-scope.ts'
import { keyMake, keyManage } from './permissions.ts'

export { keyManage, keyMake, keyPermissions } from './permissions.ts'

const instant = z.union([z.date(), z.string()])
const label = z.object({ zh: z.string(), en: z.string() })

const key = z.object({
  id: z.uuid(),
  name: z.string(),
  /** How the key begins, so that it can be recognised; the rest was shown once. */
  prefix: z.string(),
  scopes: z.array(z.string()),
  personId: z.uuid(),
  personName: z.string(),
  createdAt: instant,
  /** Null: it does not expire. */
  expiresAt: instant.nullable(),
  /** To the minute; null: never used. */
  lastUsedAt: instant.nullable(),
})
export type ApiKey = z.infer<typeof key>

export const keyRoutes = {
  mine: defineRoute({
    method: 'GET',
    path: '/api/v1/keys',
    summary: { zh: '我的 API 密钥', en: 'My API keys' },
    access: 'signed-in',
    reply: z.object({ keys: z.array(key) }),
  }),
  everybodys: defineRoute({
    method: 'GET',
    path: '/api/v1/keys/all',
    summary: { zh: '所有人的 API 密钥', en: "Everybody's API keys" },
    access: { permission: keyManage },
    reply: z.object({ keys: z.array(key) }),
  }),
  scopes: defineRoute({
    method: 'GET',
    path: '/api/v1/keys/scopes',
    summary: { zh: '密钥可以限定的范围', en: 'The scopes that a key of mine can be limited to' },
    access: 'signed-in',
    reply: z.object({
      /** Objects whose records the caller reads: `account:read`, `account:write`. */
      objects: z.array(z.object({ key: z.string(), label, canWrite: z.boolean() })),
      /** What else the caller may do: `permission:plan.read`. */
      permissions: z.array(z.object({ key: z.string(), label })),
    }),
  }),
  create: defineRoute({
    method: 'POST',
    path: '/api/v1/keys',
    summary: { zh: '创建 API 密钥（只显示一次）', en: 'Make an API key for myself; it is shown once' },
    access: { permission: keyMake },
    body: z.strictObject({
      name: z.string().trim().min(1).max(100),
      /** `read`, `write`, `account:read`, `permission:plan.read` …; never more than the person may. */
      scopes: z.array(keyScope).min(1).max(200),
      /** Days until it expires; null: never. */
      days: z.number().int().min(1).max(3650).nullable(),
    }),
    reply: z.object({ key, secret: z.string() }),
    success: 201,
  }),
  revoke: defineRoute({
    method: 'DELETE',
    path: '/api/v1/keys/:id',
    summary: { zh: '停用 API 密钥', en: 'Revoke a key of mine, or with the permission anybody’s; it ends at once' },
    access: 'signed-in',
    params: z.strictObject({ id: z.uuid() }),
  }),
}
