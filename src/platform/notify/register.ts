import { eventParked, eventPermissions } from '#engine/contract/parked-events.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { onEvent, onEvents } from '#platform/events/handlers.ts'
import { registerDailyJob } from '#platform/jobs/jobs.ts'
import { handedOver, tellHandedOver } from './handed-over.ts'
import { registerNotices, type NoticeKind } from './kinds.ts'
import { registerLetters } from './letters.ts'
import { dropNotices } from './notice-store.ts'
import { registerSecurityNotices } from './security.ts'
import { holdersOf, notify } from './tell.ts'

const [manageEvents] = eventPermissions
const daysKept = 180
const dayMs = 86_400_000

const eventParkedNotice: NoticeKind = {
  key: 'event.parked',
  group: 'care',
  label: { zh: '事件多次处理失败而搁置', en: 'An event was parked after failing again and again' },
  says: {
    zh: '事件“{name}”多次处理失败，已搁置；请查看原因后重试',
    en: 'The event “{name}” failed again and again and is parked; see why, then try it again',
  },
  saysInGroup: {
    zh: '事件“{name}”多次处理失败，已搁置',
    en: 'The event “{name}” failed again and again and is parked',
  },
  permission: manageEvents.key,
  ways: { mail: 'now' },
  page: '/jobs',
}

/** Puts what people are told by the platform itself into its place, and those who tell it. */
export function registerNotify(): void {
  registerNotices(handedOver, eventParkedNotice)
  registerLetters()
  registerSecurityNotices()
  registerDailyJob('notices.forget', forgetNotices)
  onEvents(tellHandedOver)
  onEvent(eventParked, async (step, { id, payload }) => {
    const to = await holdersOf(step, manageEvents.key)
    await notify(step, { kind: eventParkedNotice.key, to, key: id, params: { name: String(payload['name']) } })
  })
}

async function forgetNotices(ctx: Ctx): Promise<void> {
  await inStep(ctx, (step) => dropNotices(step, new Date(ctx.now.getTime() - daysKept * dayMs)))
}
