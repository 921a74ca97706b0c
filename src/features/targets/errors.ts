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
    label: {
      zh: '发布过或正在审核的计划不能删除',
      en: 'A plan that was published or is being reviewed cannot be deleted',
    },
  },
  PLAN_IN_REVIEW: {
    status: 409,
    label: {
      zh: '计划正在审核，数字不能改；请先撤回，或由审核人退回',
      en: 'The plan is being reviewed and cannot change; withdraw it, or have it sent back',
    },
  },
  PLAN_APPROVED: {
    status: 409,
    label: {
      zh: '计划已审核通过，数字不能改；要改请先退回',
      en: 'The plan was approved and cannot change; have it sent back first',
    },
  },
  PLAN_REVIEWED: {
    status: 409,
    label: {
      zh: '这个计划是审核后发布的；要改请先重新打开，再送审',
      en: 'This plan was published after a review; reopen it, change it and submit it again',
    },
  },
  PLAN_LOCKED: {
    status: 409,
    label: {
      zh: '计划已锁定，只能通过申诉或注明原因的修正，从某一期起修改',
      en: 'The plan is locked; it changes from a period on only, by an appeal or an amendment with its reason',
    },
  },
  PLAN_ACT_NOT_NOW: {
    status: 409,
    label: { zh: '计划现在是“{state}”，不能{act}', en: 'The plan is {state}: it cannot be {act} now' },
  },
  PLAN_REVIEW_FIRST: {
    status: 409,
    label: {
      zh: '这个计划要求审核：请先送审，通过后再发布',
      en: 'This plan asks for a review: submit it, it can be published once it is approved',
    },
  },
  PLAN_NEEDS_NO_REVIEW: {
    status: 409,
    label: {
      zh: '这个计划没有要求审核，可以直接发布',
      en: 'This plan asks for no review; it can be published at once',
    },
  },
  PLAN_MANAGERS_ONLY: {
    status: 403,
    label: { zh: '需要“{permission}”权限', en: 'This needs the permission “{permission}”' },
  },
  NOT_THE_REVIEWER: {
    status: 403,
    label: {
      zh: '审核人是有“审核目标计划”权限的人，或最上层单位的负责人',
      en: 'Plans are reviewed by those who hold “Review target plans”, or by the head of the top unit',
    },
  },
  OWN_REVIEW: {
    status: 403,
    label: {
      zh: '送审的人不能审核自己的计划，请由其他审核人处理',
      en: 'Whoever submitted a plan does not review it; another reviewer has to',
    },
  },
  AMENDMENT_REFUSED: { status: 422, label: { zh: '不能这样修正：{reason}', en: 'It cannot be amended so: {reason}' } },
  PERIOD_OVER: {
    status: 422,
    label: {
      zh: '这一期已经结束；请从还没有结束的一期起修改',
      en: 'This period is over; choose one that has not ended',
    },
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
  PROPOSALS_NOT_SUMMED: {
    status: 422,
    label: {
      zh: '“{metric}”的目标各级或各期不相加，不能逐级上报：每一行的数请在计划里直接商定',
      en: 'Targets of “{metric}” do not add up over tiers or periods, so they cannot be proposed from below: agree on each row in the plan',
    },
  },
  PLAN_INVALID: { status: 422, label: { zh: '有单元格需要修改', en: 'Some cells need attention' } },
  CASCADE_REFUSED: { status: 422, label: { zh: '无法分解：{reason}', en: 'This cannot be cascaded: {reason}' } },
  METRIC_NOT_FOUND: { status: 404, label: { zh: '没有“{metric}”这个指标', en: 'There is no metric “{metric}”' } },
  METRIC_NOT_PLANNABLE: {
    status: 422,
    label: {
      zh: '“{metric}”是最大、最小值或由外部给出，不能制定目标',
      en: '“{metric}” is a lowest or highest value, or told from outside: it cannot be planned',
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
