import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'

const instant = z.union([z.date(), z.string()])

const feed = z.object({
  createdAt: instant,
  /** When a calendar asked for it last, to the minute; null: never. */
  lastUsedAt: instant.nullable(),
})

export const calendarRoutes = {
  show: defineRoute({
    method: 'GET',
    path: '/api/v1/calendar',
    summary: { zh: '我的日历订阅', en: 'Whether I have a calendar to subscribe to' },
    access: 'signed-in',
    reply: z.object({ feed: feed.nullable() }),
  }),
  renew: defineRoute({
    method: 'POST',
    path: '/api/v1/calendar',
    summary: {
      zh: '生成日历订阅地址，旧地址随即失效（只显示一次）',
      en: 'Make the address of my calendar; it is shown once, and a former one ends',
    },
    access: 'signed-in',
    reply: feed.extend({ url: z.string() }),
    success: 201,
  }),
  revoke: defineRoute({
    method: 'DELETE',
    path: '/api/v1/calendar',
    summary: { zh: '停用日历订阅地址', en: 'End the address of my calendar' },
    access: 'signed-in',
  }),
  feed: defineRoute({
    method: 'GET',
    path: '/api/v1/calendar/:file',
    hidesAddress: true,
    summary: {
      zh: '日历内容（iCalendar），地址本身就是密钥',
      en: 'The calendar itself (iCalendar); whoever knows the address may read it',
    },
    access: 'public',
    params: z.strictObject({ file: z.string().max(100) }),
    files: ['text/calendar'],
  }),
}
