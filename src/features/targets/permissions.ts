import type { Permission } from '#engine/policy/role.ts'

export const planRead = 'plan.read'
export const planEdit = 'plan.edit'
export const planManage = 'plan.manage'
export const planReview = 'plan.review'

const readPlans: Permission = {
  key: planRead,
  label: { zh: '查看目标', en: 'See targets' },
  roles: ['administrator', 'operations', 'director', 'manager', 'representative'],
}

export const editPlans: Permission = {
  key: planEdit,
  label: { zh: '调整目标', en: 'Adjust targets' },
  roles: ['administrator', 'operations', 'director', 'manager'],
}

export const managePlans: Permission = {
  key: planManage,
  label: { zh: '制定目标计划', en: 'Make target plans' },
  roles: ['administrator', 'operations', 'director'],
}

export const reviewPlans: Permission = {
  key: planReview,
  label: { zh: '审核目标计划', en: 'Review target plans' },
  roles: ['administrator', 'director'],
}

export const targetPermissions: readonly Permission[] = [readPlans, editPlans, managePlans, reviewPlans]
