import type { Permission } from '#engine/policy/role.ts'

export const forecastRead = 'forecast.read'
export const forecastSubmit = 'forecast.submit'
export const forecastOverride = 'forecast.override'
export const forecastManage = 'forecast.manage'

export const submitForecast: Permission = {
  key: forecastSubmit,
  label: { zh: '提交预测', en: 'Submit a forecast' },
  roles: ['director', 'manager', 'representative'],
}

export const overrideForecast: Permission = {
  key: forecastOverride,
  label: { zh: '调整下级的预测', en: 'Override forecasts of others' },
  roles: ['administrator', 'operations', 'director', 'manager'],
}

export const forecastPermissions: readonly Permission[] = [
  {
    key: forecastRead,
    label: { zh: '查看销售预测', en: 'See forecasts' },
    roles: ['administrator', 'operations', 'director', 'manager', 'representative'],
  },
  submitForecast,
  overrideForecast,
  {
    key: forecastManage,
    label: { zh: '设置预测周期与截止日', en: 'Set periods and deadlines of forecasts' },
    roles: ['administrator', 'operations'],
  },
]
