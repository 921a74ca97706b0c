import type { Permission } from '#engine/policy/role.ts'

export const attainmentManage = 'attainment.manage'

export const attainmentPermissions: readonly Permission[] = [
  {
    key: attainmentManage,
    label: { zh: '关账期间、设置红绿灯与预警', en: 'Close periods, set lights and alerts' },
    roles: ['administrator', 'operations'],
  },
]
