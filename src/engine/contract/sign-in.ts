import { z } from 'zod'
import { fiscalCalendarShape } from '#engine/calendar/fiscal-calendar.ts'
import { workCalendarShape } from '#engine/calendar/workday.ts'
import { languages } from '#base/label.ts'
import { roles } from '#engine/policy/role.ts'
import { defineRoute } from './route.ts'
import { roleKey } from './role-key.ts'

const words = z.object({ zh: z.string(), en: z.string() })
const company = z.object({ slug: z.string(), name: z.string() })

/** The signed-in person as the sign-in answers them. */
export const signedInPerson = z.object({ id: z.string(), name: z.string(), role: roleKey })

/** Signed in, or a question: which of the login's companies, or what the second factor says. */
export const signInReply = z.union([
  z.object({
    person: signedInPerson,
    company: company.extend({ id: z.string() }),
    /** A one-time password was used: only changing it is served until that is done. */
    mustChangePassword: z.boolean(),
  }),
  z.object({ choose: z.array(company) }),
  z.object({
    secondFactor: z.object({
      /** Comes back with the code, within ten minutes. */
      challenge: z.string(),
    }),
  }),
])

export const settingsShape = z.object({
  language: z.enum(languages),
  theme: z.enum(['light', 'dark', 'system']),
  density: z.enum(['comfortable', 'compact']),
})
export type Settings = z.infer<typeof settingsShape>

export const passwordLength = { least: 8, most: 200 } as const

/** Who holds it decides how people sign in, and still comes in with a password where the company takes none. */
export const signInManage = 'sign_in.manage'

export const signInRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/auth/sign-in',
  summary: { zh: '登录', en: 'Sign in' },
  access: 'public',
  body: z.object({
    /** E-mail or phone. */
    identifier: z.string().trim().min(1).max(200),
    password: z.string().min(1).max(passwordLength.most),
    /** Slug of the company, once asked. */
    company: z.string().max(63).optional(),
  }),
  reply: signInReply,
})

export const secondFactorRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/auth/second-factor',
  summary: { zh: '登录的第二步：验证码或恢复码', en: 'The second step of signing in: a code or a recovery code' },
  access: 'public',
  body: z.strictObject({ challenge: z.string().min(1).max(2000), code: z.string().trim().min(1).max(40) }),
  reply: signInReply,
})

export const signOutRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/auth/sign-out',
  summary: { zh: '退出登录', en: 'Sign out' },
  access: 'public',
})

export const meReply = z.object({
  person: signedInPerson.extend({
    /** The standard role that the role is based on. */
    basis: z.enum(roles),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    unitId: z.string().nullable(),
    unitName: z.string().nullable(),
  }),
  company: company.extend({
    id: z.string(),
    currency: z.string(),
    zone: z.string(),
    calendar: fiscalCalendarShape,
    workCalendar: workCalendarShape,
    demo: z.boolean(),
  }),
  settings: settingsShape,
  permissions: z.array(z.string()),
  /** Every role of the company, as people pick one. */
  roles: z.array(z.object({ key: z.string(), label: words })),
  mustChangePassword: z.boolean(),
  /** The company asks for a second factor: only setting it up is served until that is done. */
  mustSetUpSecondFactor: z.boolean(),
  /** Who looks with the eyes of this person; nothing can be changed then. */
  viewedBy: z.object({ name: z.string() }).optional(),
  /** Calendar date in the company's zone. */
  today: z.string(),
})
export type Me = z.infer<typeof meReply>

export const meRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/me',
  forAnyKey: true,
  summary: { zh: '我是谁、在哪个公司、有哪些权限', en: 'Who I am, in which company, with which permissions' },
  access: 'signed-in',
  reply: meReply,
})

export const changeSettingsRoute = defineRoute({
  method: 'PATCH',
  path: '/api/v1/me/settings',
  summary: { zh: '修改我的语言、主题和密度', en: 'Change my language, theme and density' },
  access: 'signed-in',
  body: settingsShape.partial().strict(),
  reply: settingsShape,
})

export const changePasswordRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/me/password',
  summary: { zh: '修改我的密码，其他会话随即退出', en: 'Change my password; my other sessions end' },
  access: 'signed-in',
  body: z.object({ current: z.string().min(1).max(passwordLength.most), next: z.string().max(passwordLength.most) }),
})
