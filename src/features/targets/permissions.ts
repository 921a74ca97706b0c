import type { Permission, Role } from '#engine/policy/role.ts'

export const planRead = 'plan.read'
export const planEdit = 'plan.edit'
export const planManage = 'plan.manage'

export const targetPermissions: readonly Permission[] = [
  {
    key: planRead,
    label: { zh: '查看目标', en: 'See targets' },
    roles: ['administrator', 'operations', 'director', 'manager', 'representative'],
  },
  {
    key: planEdit,
    label: { zh: '调整目标', en: 'Adjust targets' },
    roles: ['administrator', 'operations', 'director', 'manager'],
  },
  {
    key: planManage,
    label: { zh: '制定目标计划', en: 'Make target plans' },
    roles: ['administrator', 'operations', 'director'],
  },
]

export function rolesWith(permission: string): readonly Role[] {
  return targetPermissions.find(({ key }) => key === permission)?.roles ?? []
}
