import type { Permission } from '#engine/policy/role.ts'

export const prepareReorganisations: Permission = {
  key: 'reorganisation.prepare',
  label: {
    zh: '筹备与模拟组织调整、查看层级健康',
    en: 'Prepare and simulate reorganisations, see the health of tiers',
  },
  roles: ['administrator', 'operations', 'director'],
}

export const confirmReorganisations: Permission = {
  key: 'reorganisation.confirm',
  label: { zh: '确认与撤销组织调整', en: 'Confirm and revoke reorganisations' },
  roles: ['administrator', 'operations'],
}

export const reorganisationPermissions: readonly Permission[] = [prepareReorganisations, confirmReorganisations]
