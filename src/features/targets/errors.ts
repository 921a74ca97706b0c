import { defineErrors } from '#base/errors.ts'

export const targetErrors = defineErrors({
  PLAN_NOT_FOUND: { status: 404, label: { zh: '找不到这个目标计划', en: 'This plan was not found' } },
  PLAN_EXISTS: {
    status: 409,
    label: { zh: '{year} 财年的这个指标已有计划', en: 'There is already a plan of this metric for fiscal {year}' },
  },
  PLAN_CHANGED: {
    status: 409,
    label: {
      zh: '{name} 刚刚修改了这个计划；您的修改没有保存，请对照后再保存',
      en: '{name} changed this plan meanwhile; nothing of yours was saved, compare before you save',
    },
  },
  PLAN_PUBLISHED: {
    status: 409,
    label: { zh: '已发布的计划不能删除', en: 'A published plan cannot be deleted' },
  },
  REVISION_NOT_FOUND: { status: 404, label: { zh: '没有这次修订', en: 'There is no such revision' } },
  PLAN_DOES_NOT_SUM: {
    status: 422,
    label: { zh: '下级之和与上级不相等，没有保存', en: 'Children do not add up to their parent; nothing was saved' },
  },
  PLAN_LEVELS_CROSSED: {
    status: 422,
    label: {
      zh: '保底 ≤ 目标 ≤ 挑战 没有全部满足，没有保存',
      en: 'Floor ≤ target ≤ stretch does not hold everywhere; nothing was saved',
    },
  },
  BASE_PLAN_MISSING: {
    status: 422,
    label: {
      zh: '{year} 财年没有这个指标的目标计划可以参照',
      en: 'Fiscal {year} has no plan of this metric to start from',
    },
  },
  CURVE_NOT_FOUND: { status: 404, label: { zh: '找不到这条爬坡曲线', en: 'This ramp curve was not found' } },
  CURVE_EXISTS: {
    status: 409,
    label: { zh: '已有名为“{name}”的爬坡曲线', en: 'There is already a ramp curve named “{name}”' },
  },
  PLAN_INVALID: { status: 422, label: { zh: '有单元格需要修改', en: 'Some cells need attention' } },
  CASCADE_REFUSED: { status: 422, label: { zh: '无法分解：{reason}', en: 'This cannot be cascaded: {reason}' } },
  METRIC_NOT_FOUND: { status: 404, label: { zh: '没有“{metric}”这个指标', en: 'There is no metric “{metric}”' } },
  METRIC_NOT_PLANNABLE: {
    status: 422,
    label: {
      zh: '“{metric}”是比率或存量，下级相加没有意义，不能逐级分解',
      en: '“{metric}” is a rate or a level: children do not add up, so it cannot be cascaded',
    },
  },
  NODE_NOT_FOUND: { status: 404, label: { zh: '找不到这个单位或人员', en: 'This unit or person was not found' } },
  PERIOD_INVALID: {
    status: 400,
    label: {
      zh: '“{period}”不是有效期间，请用 2017、2017-Q2 或 2017-M04',
      en: '“{period}” is not a period; write 2017, 2017-Q2 or 2017-M04',
    },
  },
  ORG_EMPTY: {
    status: 422,
    label: { zh: '还没有组织架构，请先建立单位和人员', en: 'There are no units yet; set up the org first' },
  },
  SHEET_MISSING: { status: 400, label: { zh: '请选择一个文件', en: 'Choose a file' } },
  SHEET_OF_ANOTHER_PLAN: {
    status: 422,
    label: { zh: '这个工作簿是从另一个目标计划导出的', en: 'This workbook came out of another plan' },
  },
  SHEET_TOO_LONG: { status: 422, label: { zh: '表格超过 {limit} 行', en: 'The sheet has more than {limit} rows' } },
  CURSOR_INVALID: {
    status: 400,
    label: { zh: '翻页位置无效，请重新查询', en: 'The cursor is not valid; start again' },
  },
})
