import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { notify, registerNotices, type NoticeKind } from '#platform/notify/index.ts'
import type { BulkRun } from './bulk-store.ts'

const done: NoticeKind = {
  key: 'bulk.done',
  group: 'work',
  label: { zh: '我的批量操作完成', en: 'My bulk edit is done' },
  says: {
    zh: '批量操作完成：修改 {changed} 个{objects}，保持原样 {refused} 个',
    en: 'The bulk edit is done: {changed} {objects} changed, {refused} stayed as they are',
  },
  page: '/records/{of}',
}

const failed: NoticeKind = {
  key: 'bulk.failed',
  group: 'work',
  label: { zh: '我的批量操作失败', en: 'My bulk edit failed' },
  says: {
    zh: '对{objects}的批量操作没有完成；已修改 {changed} 个，可以撤销',
    en: 'The bulk edit of {objects} failed; {changed} were changed and can be undone',
  },
  ways: { mail: 'now' },
  page: '/records/{of}',
}

export function registerBulkNotices(): void {
  registerNotices(done, failed)
}

/** Of so few records the end is seen on the page that asked. */
const fewest = 500

/** Tells who asked for a large bulk edit, or one that did not go through whole, how it ended. */
export async function tellBulkEnded(system: Ctx, run: BulkRun | undefined): Promise<void> {
  if (!run || run.createdBy === null || (run.state !== 'done' && run.state !== 'failed')) return
  if (run.state === 'done' && run.refused === 0 && run.rowsTotal < fewest) return
  const to = [run.createdBy]
  const params = { of: run.object, changed: run.changed, refused: run.refused }
  const kind = run.state === 'done' ? done.key : failed.key
  await inStep(system, (step) => notify(step, { kind, to, key: run.id, params, about: { object: run.object } }))
}
