import { viewAs } from '#engine/contract/view-as.ts'
import type { Permission } from '#engine/policy/role.ts'

export const manageAccess: Permission = {
  key: 'access.manage',
  label: { zh: '管理角色与共享规则', en: 'Manage roles and sharing rules' },
  roles: ['administrator'],
}

export const accessPermissions: readonly Permission[] = [manageAccess, viewAs]
