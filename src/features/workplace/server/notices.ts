import type { Label } from '#base/label.ts'
import type { WorkplaceBrand } from '#engine/contract/workplace.ts'
import type { Step } from '#platform/db/step.ts'
import { holdersOf, notify, registerNotices, type NoticeKind } from '#platform/notify/index.ts'
import { brandNames } from '../brand-names.ts'
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
  page: '/workplace',
}

export function registerSyncNotices(): void {
  registerNotices(syncFailed)
}

/** A name that is understood in both languages. */
const spoken = ({ zh, en }: Label): string => `${zh} ${en}`

/** Nobody watches the night: those who can mend it are told. */
export async function tellSyncFailed(step: Step, brand: WorkplaceBrand, runId: string): Promise<void> {
  const to = await holdersOf(step, workplaceManage)
  await notify(step, { kind: syncFailed.key, to, key: runId, params: { brand: spoken(brandNames[brand]) } })
}
