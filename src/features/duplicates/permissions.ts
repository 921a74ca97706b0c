import type { Permission } from '#engine/policy/role.ts'

export const duplicatePermissions = [
  {
    key: 'duplicates.manage',
    label: { zh: '管理查重规则与受保护的记录', en: 'Manage duplicate rules and protected records' },
    roles: ['administrator', 'operations'],
  },
] as const satisfies readonly Permission[]
