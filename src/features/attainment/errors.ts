import { defineErrors, type FieldFault } from '#base/errors.ts'

export const attainmentErrors = defineErrors({
  SNAPSHOT_NOT_FOUND: {
    status: 404,
    label: {
      zh: '{on} 及之前没有保存过这个期间的数字',
      en: 'No figures of this period were kept on {on} or before',
    },
  },
  DAY_TO_COME: {
    status: 422,
    label: { zh: '{on} 还没有到来，没有保存过的数字', en: '{on} has not come yet: no figures were kept' },
  },
  DAYS_BACKWARDS: {
    status: 422,
    label: { zh: '{until} 在 {since} 之前，不能往回比较', en: '{until} is before {since}: changes are told forwards' },
  },
  PERIOD_NOT_OVER: { status: 409, label: { zh: '{period} 还没有结束', en: '{period} is not over yet' } },
  METRIC_FILLING: {
    status: 409,
    label: {
      zh: '“{metric}”还在按新的定义计算，算完后再关账',
      en: '“{metric}” is still being counted by its new definition; close the period once that is done',
    },
  },
  RESULTS_MOVING: {
    status: 409,
    label: {
      zh: '业绩正在按人员变动重新归属，完成后再关账',
      en: 'Results are still being credited anew after moves of people; close the period once that is done',
    },
  },
  RESULTS_STUCK: {
    status: 409,
    label: {
      zh: '人员变动后业绩重新归属时出错，没有完成：请有“管理人员”权限的人在“组织”页重试，完成后再关账',
      en: 'Crediting results anew after moves of people failed: somebody who may manage people is to try again on the page Organisation; close the period once that is done',
    },
  },
  PERIOD_CLOSED: { status: 409, label: { zh: '{period} 已经关账', en: '{period} is closed already' } },
  NOTHING_KEPT: {
    status: 409,
    label: { zh: '{period} 没有可以关账的目标', en: 'There is no plan of {period} whose figures could be kept' },
  },
  CHANGES_NOT_ADDITIVE: {
    status: 422,
    label: {
      zh: '比率类指标的变化不能按原因相加',
      en: 'Changes of a ratio cannot be added up by reason',
    },
  },
  DRIVERS_UNKNOWN: {
    status: 422,
    label: {
      zh: '这个指标没有相乘得到它的因素，或您看不到其中一个',
      en: 'This metric has no drivers whose product it is, or you do not see one of them',
    },
  },
  BASE_UNKNOWN: {
    status: 422,
    label: { zh: '没有可以对比的目标或期间', en: 'There is no plan and no period to compare with' },
  },
  SETTINGS_CHANGED: {
    status: 409,
    label: { zh: '设置已被别人修改，请重新打开', en: 'Somebody else changed the settings meanwhile; open them again' },
  },
  METRIC_UNKNOWN: { status: 422, label: { zh: '没有指标 {metric}', en: 'There is no metric {metric}' } },
})

/** Refuses a day that no night is over of yet. */
export function refuseToCome(field: 'on' | 'since' | 'until', day: string | undefined, today: string): void {
  if (day === undefined || day <= today) return
  const label = { zh: '请选今天或之前的一天', en: 'Choose today or a day before it' }
  throw attainmentErrors.DAY_TO_COME({ on: day }, [{ field, code: 'to-come', label }])
}

/** Refuses to compare from a day with one before it: what is told is what happened in between. */
export function refuseBackwards(since: string, until: string | undefined): void {
  if (until === undefined || since <= until) return
  const label = { zh: '请选 {since} 或之后的一天', en: 'Choose {since} or a day after it' }
  throw attainmentErrors.DAYS_BACKWARDS({ since, until }, [
    { field: 'until', code: 'before', label, params: { since } },
  ])
}

/** The part of a request that does not fit what was asked. */
export function unfit(field: 'metric' | 'against'): readonly FieldFault[] {
  const label = { zh: '请换一个', en: 'Choose another' }
  return [{ field, code: 'unfit', label }]
}
