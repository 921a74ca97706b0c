import { defineRoute } from '#engine/contract/route.ts'
import { settingShape } from './contract-shapes.ts'
import { forecastManage } from './permissions.ts'

export const changeSettingRoute = defineRoute({
  method: 'PUT',
  path: '/api/v1/forecast/setting',
  summary: { zh: '设置预测周期与截止日', en: 'Set the periods and the deadline' },
  access: { permission: forecastManage },
  body: settingShape.refine(({ dueEvery, dueOn }) => dueEvery === 'period' || dueOn <= 7, { path: ['dueOn'] }),
  reply: settingShape,
})
