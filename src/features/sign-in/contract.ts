import { z } from 'zod'
import { roleKey } from '#engine/contract/role-key.ts'
import { defineRoute } from '#engine/contract/route.ts'
import { openSessionShape } from '#engine/contract/security.ts'
import { passwordLength, signInManage, signInReply } from '#engine/contract/sign-in.ts'

export { signInPermissions } from './permissions.ts'

const instant = z.union([z.date(), z.string()])
const token = z.string().min(1).max(200)
const slug = z.string().max(63)
const byId = z.object({ id: z.uuid() })

export const waysReply = z.object({
  singleSignOn: z.object({ company: z.string(), name: z.string() }).nullable(),
  /** False: passwords are for administrators only. */
  password: z.boolean(),
  /** Whether a forgotten password can be reset by mail. */
  resetByMail: z.boolean(),
})
export type Ways = z.infer<typeof waysReply>

export const waysRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/auth/ways',
  summary: { zh: '登录页可用的登录方式', en: 'The ways to sign in that the page offers' },
  access: 'public',
  query: z.object({
    /** Short name; without it the only company of the server is meant, if there is just one. */
    company: slug.optional(),
  }),
  reply: waysReply,
})

export const forgottenRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/auth/forgotten',
  summary: {
    zh: '忘记密码：若账号存在则寄出重置链接，回答不变',
    en: 'Forgotten password: mails a link if the login exists; the answer is the same',
  },
  access: 'public',
  success: 202,
  body: z.strictObject({ identifier: z.string().trim().min(1).max(200) }),
})

export const lookedLink = z.object({
  purpose: z.enum(['invitation', 'reset']),
  company: z.string(),
  name: z.string(),
  /** What the person signs in with; null: they choose it now. */
  identifier: z.string().nullable(),
  /** The e-mail or phone signs in to another company of this server: its password is asked for, not a new one. */
  hasLogin: z.boolean(),
  passwordLeast: z.number(),
})
export type LookedLink = z.infer<typeof lookedLink>

export const lookAtLinkRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/auth/links/look',
  summary: { zh: '邀请或重置链接是给谁的', en: 'Whom an invitation or reset link is for' },
  access: 'public',
  body: z.strictObject({ token }),
  reply: lookedLink,
})

export const acceptLinkRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/auth/links/use',
  summary: { zh: '用链接设置密码并登录，仅一次', en: 'Set the password by a link and sign in, once' },
  access: 'public',
  body: z.strictObject({
    token,
    password: z.string().max(passwordLength.most),
    identifier: z.string().trim().max(200).optional(),
  }),
  reply: signInReply,
})

export const beginSsoRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/auth/sso/begin',
  summary: { zh: '开始单点登录：身份提供方的地址', en: 'Begin single sign-on: the address of the identity provider' },
  access: 'public',
  body: z.strictObject({ company: slug, next: z.string().max(2000).optional() }),
  reply: z.object({ url: z.string() }),
})

export const finishSsoRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/auth/sso/finish',
  summary: { zh: '完成单点登录', en: 'Finish single sign-on' },
  access: 'public',
  /** What the identity provider put behind the `?` of the address. */
  body: z.strictObject({ answer: z.string().max(8000) }),
  reply: z.object({ next: z.string() }),
})

export const personSignIn = z.object({
  hasLogin: z.boolean(),
  /** The invitation stands until then; null: none stands. */
  invitedUntil: instant.nullable(),
  hasSecondFactor: z.boolean(),
  /** Too many failures: attempts are refused until then. */
  pausedUntil: instant.nullable(),
  /** Whether an invitation can be mailed: a server is connected and the person has an e-mail. */
  canMail: z.boolean(),
  sessions: z.array(openSessionShape),
})
export type PersonSignIn = z.infer<typeof personSignIn>

export const personSignInRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/sign-in/people/:id',
  summary: { zh: '一个人的登录状态与会话', en: 'How a person signs in, and their sessions' },
  access: { permission: 'org.access' },
  params: byId,
  reply: personSignIn,
})

export const inviteRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/sign-in/people/:id/invitation',
  byPeopleOnly: true,
  summary: {
    zh: '邀请一个人设置密码登录：发邮件或复制链接',
    en: 'Invite a person to set a password: by mail or by a link',
  },
  access: { permission: 'org.access' },
  params: byId,
  body: z.strictObject({
    /** False: the link is answered, to be handed over. */
    byMail: z.boolean(),
  }),
  showsSecret: true,
  reply: z.object({
    /** Shown once; null where it was mailed. */
    link: z.string().nullable(),
    mailedTo: z.string().nullable(),
    expiresAt: instant,
  }),
})

export const unlockRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/sign-in/people/:id/unlock',
  byPeopleOnly: true,
  summary: { zh: '解除登录等待', en: 'Let a person try again at once' },
  access: { permission: 'org.access' },
  params: byId,
})

export const resetSecondFactorRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/sign-in/people/:id/second-factor/reset',
  byPeopleOnly: true,
  summary: { zh: '重置一个人的两步验证', en: "Take a person's second factor off, such as after a lost phone" },
  access: { permission: 'org.access' },
  params: byId,
})

export const endSessionsRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/sign-in/people/:id/sessions/end',
  byPeopleOnly: true,
  summary: { zh: '结束一个人的全部会话', en: 'End all sessions of a person' },
  access: { permission: 'org.access' },
  params: byId,
  reply: z.object({ ended: z.number() }),
})

const https = z
  .string()
  .trim()
  .max(500)
  .refine((text) => URL.canParse(text) && ['https:', 'http:'].includes(new URL(text).protocol), {
    error: 'not an address',
  })

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9.-]+\.[a-z]{2,}$/)

const policyShape = z.object({
  secondFactor: z.enum(['nobody', 'roles', 'everybody']),
  secondFactorRoles: z.array(roleKey).max(100),
  passwordLeast: z.number().int().min(passwordLength.least).max(64),
  /** False: only who may decide about sign-in still comes in with a password. */
  passwordSignIn: z.boolean(),
  singleSignOn: z.object({
    isOn: z.boolean(),
    /** What the button on the sign-in page says. */
    name: z.string().trim().max(60),
    issuer: https.nullable(),
    clientId: z.string().trim().max(300).nullable(),
    /** Whoever the provider knows by a verified e-mail of these domains becomes a person of the company. */
    addsPeople: z.boolean(),
    domains: z.array(domain).max(50),
  }),
})

export const signInSettings = policyShape.extend({
  version: z.number(),
  hasSecret: z.boolean(),
  /** To be registered at the identity provider. */
  redirectUrl: z.string(),
  lastSuccessAt: instant.nullable(),
  lastProblem: z.string().nullable(),
  lastProblemAt: instant.nullable(),
  /** Active people with a login, and how many of them have a second factor. */
  people: z.object({ withLogin: z.number(), withSecondFactor: z.number() }),
  mail: z.object({
    isConnected: z.boolean(),
    from: z.string().nullable(),
    waiting: z.number(),
    lastSentAt: instant.nullable(),
    lastProblem: z.string().nullable(),
    lastProblemAt: instant.nullable(),
  }),
})
export type SignInSettings = z.infer<typeof signInSettings>

export const signInSettingsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/sign-in/settings',
  summary: { zh: '公司的登录设置', en: 'How people of the company sign in' },
  access: { permission: signInManage },
  reply: signInSettings,
})

const policyChange = policyShape
  .extend({
    version: z.number().int().min(0).max(2_147_483_647),
    singleSignOn: policyShape.shape.singleSignOn.extend({
      /** Absent: as it was. */
      clientSecret: z.string().trim().min(1).max(500).optional(),
    }),
  })
  .strict()
export type PolicyChange = z.infer<typeof policyChange>

export const saveSignInSettingsRoute = defineRoute({
  method: 'PUT',
  path: '/api/v1/sign-in/settings',
  byPeopleOnly: true,
  summary: { zh: '保存登录设置', en: 'Save how people sign in' },
  access: { permission: signInManage },
  body: policyChange,
  reply: z.object({ version: z.number() }),
})

export const testSsoReply = z.object({
  isReached: z.boolean(),
  /** A code such as ECONNREFUSED or 404; null when all is well. */
  problem: z.string().nullable(),
  /** What the provider says of itself; null where it was not reached. */
  issuer: z.string().nullable(),
})

export const testSsoRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/sign-in/settings/sso-test',
  byPeopleOnly: true,
  summary: { zh: '测试与身份提供方的连接', en: 'Try the connection to the identity provider' },
  access: { permission: signInManage },
  body: z.strictObject({ issuer: https }),
  reply: testSsoReply,
})

export const testMailRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/sign-in/settings/mail-test',
  summary: { zh: '给自己发一封测试邮件', en: 'Mail myself a test' },
  access: { permission: signInManage },
  success: 202,
})
