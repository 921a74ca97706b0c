import { z } from 'zod'
import type { Permission } from '#engine/policy/role.ts'
import { defineRoute } from './route.ts'

export const noticesManage = 'notices.manage'

export const noticePermissions = [
  {
    key: noticesManage,
    label: { zh: '设置公司的通知方式', en: 'Set how the company is notified' },
    roles: ['administrator'],
  },
] as const satisfies readonly Permission[]

const words = z.object({ zh: z.string(), en: z.string() })
const instant = z.union([z.date(), z.string()])

/** A notice in the reader's words. */
export const noticeView = z.object({
  id: z.uuid(),
  /** Grows with every notice of the person. */
  number: z.number(),
  kind: z.string(),
  text: z.string(),
  /** What somebody wrote, where it is about that. */
  quote: z.string().nullable(),
  actorName: z.string().nullable(),
  /** The record it is about, and the part of its page. */
  object: z.string().nullable(),
  recordId: z.uuid().nullable(),
  part: z.string().nullable(),
  /** Where it leads when it is about no record. */
  page: z.string().nullable(),
  at: instant,
  isRead: z.boolean(),
})
export type NoticeView = z.infer<typeof noticeView>

export const mailChoices = ['off', 'now', 'digest'] as const
export type MailChoice = (typeof mailChoices)[number]

export const noticeWays = z.strictObject({
  inApp: z.boolean(),
  mail: z.enum(mailChoices),
  /** Told by the robots of the group chats that carry the kind. */
  robot: z.boolean(),
})
export type NoticeWays = z.infer<typeof noticeWays>

const minuteOfDay = z.number().int().min(0).max(1439)

export const noticeRhythm = z.strictObject({
  /** Minutes of the day; null: never quiet. Letters and robots wait for its end. */
  quietFrom: minuteOfDay.nullable(),
  quietTo: minuteOfDay.nullable(),
  /** IANA zone; null: that of the company. */
  zone: z.string().max(60).nullable(),
  digest: z.enum(['daily', 'weekly']),
  digestHour: z.number().int().min(0).max(23),
  /** Monday is 1. */
  digestWeekday: z.number().int().min(1).max(7),
})
export type NoticeRhythm = z.infer<typeof noticeRhythm>

export const noticeGroups = ['talk', 'records', 'targets', 'work', 'care'] as const
export type NoticeGroup = (typeof noticeGroups)[number]

const kindChoice = z.object({
  kind: z.string(),
  group: z.enum(noticeGroups),
  label: words,
  /** Always in the app, whatever is chosen. */
  isUrgent: z.boolean(),
  ways: noticeWays,
  /** False: as the company says. */
  isOwn: z.boolean(),
})
export type KindChoice = z.infer<typeof kindChoice>

const choices = z.object({
  kinds: z.array(kindChoice),
  rhythm: noticeRhythm,
  isOwnRhythm: z.boolean(),
  /** Without a mail server letters cannot leave. */
  hasMail: z.boolean(),
  /** The person has no address that letters could go to. */
  hasAddress: z.boolean(),
})
export type NoticeChoices = z.infer<typeof choices>

const changes = z.strictObject({
  /** By kind; null: as the company says. */
  kinds: z.record(z.string().max(80), noticeWays.nullable()).optional(),
  /** Null: as the company says. */
  rhythm: noticeRhythm.nullable().optional(),
})
export type ChoiceChanges = z.infer<typeof changes>

export const noticeRoutes = {
  list: defineRoute({
    method: 'GET',
    path: '/api/v1/notices',
    summary: { zh: '我的通知，最新的在前', en: 'My notices, newest first' },
    access: 'signed-in',
    query: z.strictObject({
      /** Number of the last one that was seen: those before it follow. */
      before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
      unread: z.enum(['true', 'false']).optional(),
    }),
    reply: z.object({
      notices: z.array(noticeView),
      /** Of all, up to 100. */
      unread: z.number(),
      hasMore: z.boolean(),
    }),
  }),
  read: defineRoute({
    method: 'POST',
    path: '/api/v1/notices/read',
    summary: { zh: '把通知标为已读：这些，或全部', en: 'Mark notices as read: these, or all' },
    access: 'signed-in',
    body: z.strictObject({ ids: z.array(z.uuid()).max(200).optional() }),
  }),
  choices: defineRoute({
    method: 'GET',
    path: '/api/v1/notices/choices',
    summary: { zh: '我以哪些方式收到哪些通知', en: 'By which ways I am told of what' },
    access: 'signed-in',
    reply: choices,
  }),
  choose: defineRoute({
    method: 'PATCH',
    path: '/api/v1/notices/choices',
    summary: { zh: '修改我的通知方式', en: 'Change by which ways I am told' },
    access: 'signed-in',
    body: changes,
    reply: choices,
  }),
  defaults: defineRoute({
    method: 'GET',
    path: '/api/v1/notices/defaults',
    summary: { zh: '公司默认的通知方式', en: 'By which ways people are told unless they choose' },
    access: { permission: noticesManage },
    reply: choices,
  }),
  setDefaults: defineRoute({
    method: 'PATCH',
    path: '/api/v1/notices/defaults',
    summary: { zh: '修改公司默认的通知方式', en: 'Change by which ways people are told unless they choose' },
    access: { permission: noticesManage },
    body: changes,
    reply: choices,
  }),
}
