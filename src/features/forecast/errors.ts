import { defineErrors } from '#base/errors.ts'

export const forecastErrors = defineErrors({
  FORECAST_HIDDEN: {
    status: 403,
    label: {
      zh: '您的角色看不到商机的金额、阶段或日期，因此看不到预测；请联系管理员',
      en: 'Your role does not show amounts, stages or dates of deals, so there is no forecast; ask an administrator',
    },
  },
  FORECAST_NODE_NOT_FOUND: {
    status: 404,
    label: { zh: '找不到这个单位或人员', en: 'This unit or person was not found' },
  },
  FORECAST_NOT_OWN: {
    status: 409,
    label: {
      zh: '您在这个期间不属于任何单位，不能提交预测',
      en: 'You stand in no unit in this period and cannot submit',
    },
  },
  FORECAST_OVER: {
    status: 409,
    label: {
      zh: '期间已结束，不能再提交或调整',
      en: 'The period is over; nothing can be submitted or overridden any more',
    },
  },
  FORECAST_TOO_FAR: {
    status: 422,
    label: {
      zh: '{period} 太远：只能提交或调整到 {year} 财年为止的预测',
      en: '{period} is too far off: forecasts are taken up to the end of fiscal year {year}',
    },
  },
  FORECAST_OTHER_PERIODS: {
    status: 422,
    label: {
      zh: '公司按{kind}提交预测，请选择这样的期间',
      en: 'The company forecasts by {kind}: choose such a period',
    },
  },
  FORECAST_OTHER_SUBJECT: {
    status: 422,
    label: {
      zh: '只能对比同一对象、同一期间的两次提交',
      en: 'Only two entries of one subject and one period can be compared',
    },
  },
  FORECAST_ENTRY_NOT_FOUND: { status: 404, label: { zh: '找不到这次提交', en: 'This submission was not found' } },
  FORECAST_OWN_OVERRIDE: {
    status: 409,
    label: { zh: '自己的数字请直接提交，不需要调整', en: 'Submit your own number; overriding is for those below you' },
  },
  FORECAST_NOT_OVERRIDDEN: {
    status: 409,
    label: { zh: '这里没有可以撤回的调整', en: 'There is no override here to withdraw' },
  },
})
