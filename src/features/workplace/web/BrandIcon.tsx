import { DingtalkOutlined, SendOutlined, WechatWorkOutlined } from '@ant-design/icons'
import type { WorkplaceBrand } from '#engine/contract/workplace.ts'

const icons = { wecom: WechatWorkOutlined, dingtalk: DingtalkOutlined, feishu: SendOutlined } as const

/** Tells the brands apart at a glance; their name always stands beside it. */
export function BrandIcon({ brand }: { readonly brand: WorkplaceBrand }) {
  const Icon = icons[brand]
  return <Icon aria-hidden />
}
