import type { RobotBrand } from '#engine/contract/robots.ts'
import type { RobotAdapter } from './adapter.ts'
import { dingtalk } from './dingtalk.ts'
import { feishu } from './feishu.ts'
import { wecom } from './wecom.ts'

/** Every chat program that robots speak in. */
export const adapters: Readonly<Record<RobotBrand, RobotAdapter>> = { wecom, dingtalk, feishu }
