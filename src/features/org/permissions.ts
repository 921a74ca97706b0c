import { roles, type Permission } from '#engine/policy/role.ts'

export const readOrg: Permission = { key: 'org.read', label: { zh: '查看组织', en: 'See the organisation' }, roles }

const changeOrg: Permission = {
  key: 'org.change',
  label: { zh: '调整组织', en: 'Change the organisation' },
  roles: ['administrator', 'operations'],
}

export const managePeople: Permission = {
  key: 'org.people',
  label: { zh: '管理人员', en: 'Manage people' },
  roles: ['administrator', 'operations'],
}

export const manageAccess: Permission = {
  key: 'org.access',
  label: { zh: '管理角色与登录', en: 'Manage roles and sign-in' },
  roles: ['administrator'],
}

export const calendarManage = 'org.calendar'

/** Fiscal years and working days of the company. */
const manageCalendar: Permission = {
  key: calendarManage,
  label: { zh: '设置财年与期间', en: 'Set fiscal years and periods' },
  roles: ['administrator', 'operations'],
}

/** Whoever imports an organisation makes units and people. */
export const importOrg: readonly Permission[] = [changeOrg, managePeople]

/** Who may do what with units and people. */
export const orgPermissions: readonly Permission[] = [
  readOrg,
  changeOrg,
  managePeople,
  manageAccess,
  manageCalendar,
  {
    key: 'org.hand_over',
    label: { zh: '交接业务', en: 'Hand over business' },
    roles: ['administrator', 'operations'],
  },
  {
    key: 'org.export',
    label: { zh: '导出组织', en: 'Export the organisation' },
    roles: ['administrator', 'operations', 'director'],
  },
]
