import { defineErrors } from '#base/errors.ts'

export const metricErrors = defineErrors({
  METRIC_REFUSED: {
    status: 422,
    label: { zh: '还不能这样定义指标', en: 'The metric cannot be defined like this yet' },
  },
  OWN_METRIC_NOT_FOUND: { status: 404, label: { zh: '没有这个自定义指标', en: 'There is no such metric of your own' } },
  METRIC_USED: {
    status: 409,
    label: {
      zh: '这些指标由它算出：{metrics}。请先修改或删除它们',
      en: 'These metrics are worked out from it: {metricsEn}. Change or delete them first',
    },
  },
  METRIC_PLANNED: {
    status: 409,
    label: {
      zh: '{years} 财年有这个指标的目标计划。草稿可以先删除；已发布的计划要保留，它的指标也随之保留',
      en: 'There are plans of this metric for fiscal {years}. Drafts can be deleted first; published plans stay, and so does their metric',
    },
  },
})

/** Told when a metric of the company's own was made, changed or deleted: `{metric, kind}`. */
export const metricChanged = 'metric.changed'
