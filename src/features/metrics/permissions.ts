import type { Permission } from '#engine/policy/role.ts'

export const metricPermissions = [
  {
    key: 'metric.manage',
    label: { zh: '管理指标', en: 'Manage metrics' },
    roles: ['administrator', 'operations'],
  },
] as const satisfies readonly Permission[]

export const metricManage = metricPermissions[0].key
