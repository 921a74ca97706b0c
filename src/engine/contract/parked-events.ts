import { z } from 'zod'
import type { Permission } from '#engine/policy/role.ts'
import { defineRoute } from './route.ts'

const manage = 'events.manage'

export const eventPermissions = [
  { key: manage, label: { zh: '处理搁置的事件', en: 'Deal with parked events' }, roles: ['administrator'] },
] as const satisfies readonly Permission[]

/** Told when an event was given up after its last try. */
export const eventParked = 'event.parked'

const instant = z.union([z.date(), z.string()])

const parkedEvent = z.object({
  id: z.string(),
  name: z.string(),
  toldAt: instant,
  parkedAt: instant,
  tries: z.number(),
  /** What the last try came to, as a programmer reads it. */
  problem: z.string(),
})

export const parkedEventsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/events/parked',
  summary: { zh: '多次处理失败而搁置的事件', en: 'Events given up after several tries' },
  access: { permission: manage },
  reply: z.object({ events: z.array(parkedEvent) }),
})

export const retryEventRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/events/parked/:id/retry',
  summary: { zh: '重新处理一个搁置的事件', en: 'Try a parked event again, now' },
  access: { permission: manage },
  params: z.strictObject({ id: z.string().max(60) }),
})
