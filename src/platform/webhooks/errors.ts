import { defineErrors, type FieldFault } from '#base/errors.ts'
import { faultOfAddress } from '#platform/outside/post.ts'

export const webhookErrors = defineErrors({
  WEBHOOK_NOT_FOUND: { status: 404, label: { zh: '找不到这个 Webhook', en: 'There is no such webhook' } },
  WEBHOOK_CHANGED: {
    status: 409,
    label: { zh: '刚刚被别人修改过，请看过再改', en: 'Somebody changed it meanwhile; please look again' },
  },
  WEBHOOK_INVALID: { status: 422, label: { zh: 'Webhook 有误', en: 'The webhook cannot be kept like this' } },
  WEBHOOKS_MANY: { status: 422, label: { zh: 'Webhook 最多 {most} 个', en: 'There can be {most} webhooks at most' } },
})

export const addressFaults = {
  malformed: { zh: '不是有效的网址', en: 'Not a valid address' },
  'not-https': { zh: '地址须以 https:// 开头', en: 'The address must begin with https://' },
  private: {
    zh: '不允许访问本机或内网地址；由服务器的设置决定',
    en: 'This machine and private networks are not called; a setting of the server decides',
  },
} as const

/** Refuses an address that may not be called. */
export function addressFaultOf(field: string, address: string): readonly FieldFault[] {
  const fault = faultOfAddress(address)
  return fault ? [{ field, code: fault, label: addressFaults[fault] }] : []
}
