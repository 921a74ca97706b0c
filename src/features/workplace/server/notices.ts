import type { WorkplaceBrand } from '#engine/contract/workplace.ts'
import type { Step } from '#platform/db/step.ts'
import { holdersOf, notify, registerNotices, type NoticeKind } from '#platform/notify/index.ts'
import { workplaceManage } from '../contract.ts'

const syncFailed: NoticeKind = {
  key: 'workplace.failed',
  group: 'care',
  label: { zh: '组织同步失败或等待确认', en: 'A sync of the organisation failed, or waits for a word' },
  says: {
    zh: '与{brand}的夜间组织同步没有完成，请查看原因',
    en: 'The nightly sync with {brand} did not come through; see why',
  },
  permission: workplaceManage,
  ways: { mail: 'now' },
  page: '/workplaces',
}

export function registerSyncNotices(): void {
  registerNotices(syncFailed)
}

/** Names that are understood in both languages. */
const spokenNames: Readonly<Record<WorkplaceBrand, string>> = {
  wecom: '企业微信 WeCom',
  dingtalk: '钉钉 DingTalk',
  feishu: '飞书 Feishu',
}

/** Nobody watches the night: those who can mend it are told. */
export async function tellSyncFailed(step: Step, brand: WorkplaceBrand, runId: string): Promise<void> {
  const to = await holdersOf(step, workplaceManage)
  await notify(step, { kind: syncFailed.key, to, key: runId, params: { brand: spokenNames[brand] } })
}
