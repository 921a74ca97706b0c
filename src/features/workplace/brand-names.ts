import type { Label } from '#base/label.ts'
import type { WorkplaceBrand } from '#engine/contract/workplace.ts'

/** What people call them. */
export const brandNames: Readonly<Record<WorkplaceBrand, Label>> = {
  wecom: { zh: '企业微信', en: 'WeCom' },
  dingtalk: { zh: '钉钉', en: 'DingTalk' },
  feishu: { zh: '飞书', en: 'Feishu' },
}
