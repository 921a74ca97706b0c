import { roles, type Permission } from '#engine/policy/role.ts'

export const keyMake = 'key.make'
export const keyManage = 'key.manage'

export const keyPermissions = [
  { key: keyMake, label: { zh: '为自己创建 API 密钥', en: 'Make API keys for oneself' }, roles },
  {
    key: keyManage,
    label: { zh: '查看并停用所有人的 API 密钥', en: "See and revoke everybody's API keys" },
    roles: ['administrator'],
  },
] as const satisfies readonly Permission[]
