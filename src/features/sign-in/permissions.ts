import type { Permission } from '#engine/policy/role.ts'
import { signInManage } from '#engine/contract/sign-in.ts'

/** Who decides how people of the company sign in. */
export const signInPermissions = [
  { key: signInManage, label: { zh: '设置登录方式', en: 'Decide how people sign in' }, roles: ['administrator'] },
] as const satisfies readonly Permission[]
