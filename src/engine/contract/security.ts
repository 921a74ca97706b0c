import { z } from 'zod'
import { defineRoute } from './route.ts'
import { passwordLength } from './sign-in.ts'

const instant = z.union([z.date(), z.string()])
const password = z.string().min(1).max(passwordLength.most)
/** Shown once: each opens the door once, where the phone with the app is out of reach. */
const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) })

export const openSessionShape = z.object({
  id: z.string(),
  /** The browser's own words about itself. */
  agent: z.string().nullable(),
  address: z.string().nullable(),
  way: z.enum(['password', 'link', 'oidc', 'demo']),
  company: z.string(),
  createdAt: instant,
  /** To five minutes. */
  seenAt: instant,
  isCurrent: z.boolean(),
})
export type OpenSessionShape = z.infer<typeof openSessionShape>

export const securityReply = z.object({
  /** False for people who come in only by single sign-on or as a person of the demo. */
  hasPassword: z.boolean(),
  passwordLeast: z.number(),
  secondFactor: z.object({
    isOn: z.boolean(),
    since: instant.nullable(),
    recoveryCodesLeft: z.number(),
    /** The company asks for it: it cannot be switched off. */
    isRequired: z.boolean(),
  }),
  sessions: z.array(openSessionShape),
})
export type Security = z.infer<typeof securityReply>

export const securityRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/me/security',
  summary: { zh: '我的密码、两步验证与登录会话', en: 'My password, second factor and sessions' },
  access: 'signed-in',
  reply: securityReply,
})

export const beginSecondFactorRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/me/second-factor',
  summary: { zh: '开始设置两步验证（需当前密码）', en: 'Begin to set up a second factor; asks for the password' },
  access: 'signed-in',
  body: z.strictObject({ password }),
  reply: z.object({
    /** For typing into the app by hand. */
    secret: z.string(),
    /** The `otpauth:` address for the app. */
    uri: z.string(),
    /** The same as a picture: a `data:` address. */
    picture: z.string(),
  }),
})

export const confirmSecondFactorRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/me/second-factor/confirm',
  summary: { zh: '用第一个验证码启用两步验证', en: 'Switch the second factor on with its first code' },
  access: 'signed-in',
  body: z.strictObject({ code: z.string().trim().min(6).max(12) }),
  reply: recoveryCodes,
})

export const endSecondFactorRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/me/second-factor/end',
  summary: { zh: '停用两步验证（需当前密码）', en: 'Switch the second factor off; asks for the password' },
  access: 'signed-in',
  body: z.strictObject({ password }),
})

export const renewRecoveryCodesRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/me/second-factor/recovery-codes',
  summary: { zh: '换一组恢复码，旧的随即失效', en: 'New recovery codes; the old ones end' },
  access: 'signed-in',
  body: z.strictObject({ password }),
  reply: recoveryCodes,
})

export const endSessionRoute = defineRoute({
  method: 'DELETE',
  path: '/api/v1/me/sessions/:id',
  summary: { zh: '结束我的一个会话', en: 'End one of my sessions' },
  access: 'signed-in',
  params: z.object({ id: z.uuid() }),
})

export const endOtherSessionsRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/me/sessions/end-others',
  summary: { zh: '结束我的其他全部会话', en: 'End all my other sessions' },
  access: 'signed-in',
  reply: z.object({ ended: z.number() }),
})
