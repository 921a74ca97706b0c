import { z } from 'zod'
import type { AppEvent } from '#platform/db/step.ts'
import { onEvent } from '#platform/events/handlers.ts'
import { registerNotices, type NoticeKind } from './kinds.ts'
import { notify } from './tell.ts'

/** Told when something happened to somebody's access that they should know of, whoever did it. */
export const securityHappened = 'security.happened'

const says = {
  'password-changed': {
    label: { zh: '我的密码被修改', en: 'My password changes' },
    says: {
      zh: '您的密码已修改，其他会话已退出。如果不是您本人操作，请立即联系管理员',
      en: 'Your password was changed and your other sessions ended. If it was not you, tell an administrator at once',
    },
  },
  'password-reset': {
    label: { zh: '我的密码被重置', en: 'My password is reset' },
    says: {
      zh: '管理员重置了您的密码。如果您没有要求过，请联系管理员',
      en: 'An administrator reset your password. If you did not ask for it, tell an administrator',
    },
  },
} as const

type What = keyof typeof says

const shape = z.object({ personId: z.string(), what: z.enum(['password-changed', 'password-reset']) })

/** The event for `step.tell`. */
export function securityEvent(personId: string, what: What): AppEvent {
  return { name: securityHappened, payload: { personId, what } }
}

const kinds = Object.entries(says).map(([what, words]): NoticeKind => ({
  key: `security.${what}`,
  group: 'care',
  ...words,
  isUrgent: true,
  ways: { mail: 'now' },
  page: '/me',
}))

/** Tells people what happened to their access, at once. */
export function registerSecurityNotices(): void {
  registerNotices(...kinds)
  onEvent(securityHappened, async (step, { id, payload }) => {
    const { personId, what } = shape.parse(payload)
    await notify(step, { kind: `security.${what}`, to: [personId], key: id })
  })
}
