import type { Permission } from '#engine/policy/role.ts'

export const manageViews: Permission = {
  key: 'view.manage',
  label: { zh: '管理全公司的共享视图', en: 'Manage the shared views of the company' },
  roles: ['administrator', 'operations'],
}

export const shareViews: Permission = {
  key: 'view.share',
  label: { zh: '与自己的单元共享视图', en: 'Share views with the own units' },
  roles: ['administrator', 'operations', 'director', 'manager'],
}

export const viewPermissions: readonly Permission[] = [manageViews, shareViews]
