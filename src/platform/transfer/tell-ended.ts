import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { notify, registerNotices, type NoticeKind } from '#platform/notify/index.ts'
import type { ImportRun } from './import-store.ts'

const done: NoticeKind = {
  key: 'import.done',
  group: 'work',
  label: { zh: '我的导入完成', en: 'My import is done' },
  says: {
    zh: '导入“{file}”完成：新建 {created}，更新 {updated}，未导入 {rejected}',
    en: 'The import of “{file}” is done: {created} created, {updated} updated, {rejected} refused',
  },
  saysInGroup: { zh: '{people} 导入“{file}”完成', en: 'The import of “{file}” by {people} is done' },
  page: '/import?run={set}',
}

const failed: NoticeKind = {
  key: 'import.failed',
  group: 'work',
  label: { zh: '我的导入失败', en: 'My import failed' },
  says: {
    zh: '导入“{file}”没有完成；打开可以看到原因，已导入的行保留',
    en: 'The import of “{file}” failed; open it to see why. Rows already imported stay',
  },
  saysInGroup: { zh: '{people} 导入“{file}”没有完成', en: 'The import of “{file}” by {people} failed' },
  ways: { mail: 'now' },
  page: '/import?run={set}',
}

export function registerImportNotices(): void {
  registerNotices(done, failed)
}

/** Tells who asked for a set of imports how it ended, once. */
export async function tellImportsEnded(system: Ctx, runs: readonly ImportRun[]): Promise<void> {
  const [first] = runs
  const trouble = runs.find(({ state }) => state === 'failed')
  const isOver = runs.every(({ state }) => state === 'done') || trouble !== undefined
  if (!first || first.createdBy === null || !isOver) return
  const sum = (count: (run: ImportRun) => number) => runs.reduce((total, run) => total + count(run), 0)
  const params = {
    set: first.setId,
    file: first.setName ?? (trouble ?? first).fileName,
    created: sum(({ created }) => created),
    updated: sum(({ updated }) => updated),
    rejected: sum(({ rejected }) => rejected),
  }
  const kind = trouble ? failed.key : done.key
  await inStep(system, (step) => notify(step, { kind, to: [String(first.createdBy)], key: first.setId, params }))
}
