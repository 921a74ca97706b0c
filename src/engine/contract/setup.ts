import { z } from 'zod'
import { roleKey } from './role-key.ts'
import { defineRoute } from './route.ts'
import { passwordLength, signInReply } from './sign-in.ts'

const words = z.object({ zh: z.string(), en: z.string() })

export const setupReply = z.object({
  /** No company exists yet. */
  needed: z.boolean(),
  /** Only the demo exists, or nothing: the first company can be created here. */
  canCreate: z.boolean(),
  /** The caller is not on this machine: the token that the console printed is asked for. */
  tokenNeeded: z.boolean(),
  demoAllowed: z.boolean(),
  demoPersonas: z.array(z.object({ key: z.string(), name: z.string(), title: words, role: roleKey })).optional(),
  demoLoading: z.object({ progress: z.number().min(0).max(1), words, failed: z.boolean() }).optional(),
})
export type SetupState = z.infer<typeof setupReply>

export const setupRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/setup',
  summary: { zh: '是否需要初始设置', en: 'Whether setup is needed' },
  access: 'public',
  reply: setupReply,
})

export const slugShape = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)

export const createCompanyRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/setup/company',
  summary: { zh: '创建第一家公司并以管理员身份登录', en: 'Create the first company and sign in as its administrator' },
  access: 'public',
  body: z
    .object({
      name: z.string().trim().min(1).max(100),
      /** Short name in addresses and commands: small letters, digits, hyphens. */
      slug: slugShape,
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .default('CNY'),
      /** IANA time zone. */
      zone: z.string().min(1).max(60).default('Asia/Shanghai'),
      /** First month of the fiscal year. */
      fiscalStart: z.number().int().min(1).max(12).default(1),
      admin: z.object({
        name: z.string().trim().min(1).max(100),
        /** E-mail or phone. */
        identifier: z.string().trim().min(1).max(200),
        password: z.string().max(passwordLength.most),
      }),
      /** Names of the tiers from the top: 公司, 大区, 团队 … */
      tiers: z.array(z.string().trim().min(1).max(40)).max(12).optional(),
      /** From the console, when asked for. */
      token: z.string().max(200).optional(),
    })
    .strict(),
  reply: signInReply,
})

export const loadDemoRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/setup/demo',
  summary: { zh: '载入演示公司', en: 'Load the demo company' },
  access: 'public',
  success: 202,
})

export const demoSignInRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/setup/demo/sign-in',
  summary: { zh: '以演示人物身份登录', en: 'Sign in as a person of the demo' },
  access: 'public',
  body: z.object({ persona: z.string().min(1).max(60) }).strict(),
  reply: signInReply,
})
