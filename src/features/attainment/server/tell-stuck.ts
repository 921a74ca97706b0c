import type { Step } from '#platform/db/step.ts'
import { creditingAnew } from '#platform/ledger/index.ts'
import { holdersOf, notify, registerNotices, type NoticeKind } from '#platform/notify/index.ts'

/** Who may have results credited anew once more. */
const mayRetry = 'org.people'

const stuck: NoticeKind = {
  key: 'attainment.stuck',
  group: 'care',
  label: { zh: '业绩重新归属失败', en: 'Crediting results anew failed' },
  says: {
    zh: '人员变动后业绩重新归属没有完成，期间暂不会自动关账：请在“组织”页重试',
    en: 'Crediting results anew after moves of people failed, and periods are not closed until it is done: try again on the page Organisation',
  },
  permission: mayRetry,
  ways: { mail: 'now' },
  page: '/org',
}

export function registerStuckNotice(): void {
  registerNotices(stuck)
}

/** Nights close no period while results wait for somebody's word: those who can give it are told, once for each failure. */
export async function tellStuck(step: Step): Promise<void> {
  const moving = await creditingAnew(step.tx, step.ctx)
  if (!moving?.failedAt) return
  await notify(step, { kind: stuck.key, to: await holdersOf(step, mayRetry), key: moving.failedAt.toISOString() })
}
