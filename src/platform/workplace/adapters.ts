import type { WorkplaceBrand } from '#engine/contract/workplace.ts'
import type { WorkplaceAdapter } from './adapter.ts'
import { realClock, type Clock } from './clock.ts'
import { dingtalk } from './dingtalk.ts'
import { feishu } from './feishu.ts'
import { adapterOf } from './protocol.ts'
import { wecom } from './wecom.ts'

type Adapters = Readonly<Record<WorkplaceBrand, WorkplaceAdapter>>

/** Adapters with tokens and a pace of their own. */
export const adaptersWith = (clock: Clock): Adapters => ({
  wecom: adapterOf(wecom, clock),
  dingtalk: adapterOf(dingtalk, clock),
  feishu: adapterOf(feishu, clock),
})

/** Every brand that people work together in; tokens are shared by the whole process. */
export const adapters: Adapters = adaptersWith(realClock)
