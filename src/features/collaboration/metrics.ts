import type { Metric } from '#engine/metrics/metric.ts'
import { filled, oneOf } from '#engine/query/filter.ts'

/** Activities of some kinds, each metric with rows of its own. */
function activitiesOf(key: string, kinds: readonly string[], label: Metric['label']): Metric {
  return {
    key,
    version: 1,
    label,
    formula: {
      zh: `方式为${label.zh.replace(/次数$/, '')}的跟进条数，按日期`,
      en: `Number of activities that are ${label.en.toLowerCase()}, by their day`,
    },
    kind: 'flow',
    unit: 'count',
    better: 'higher',
    sources: [{ of: 'activity', when: oneOf('kind', kinds), measure: 'count', at: 'doneOn', attribution: 'owner' }],
  }
}

export const collaborationMetrics: readonly Metric[] = [
  {
    key: 'activities',
    version: 1,
    label: { zh: '跟进次数', en: 'Activities' },
    formula: { zh: '跟进记录的条数，按日期', en: 'Number of activities, by their day' },
    kind: 'flow',
    unit: 'count',
    better: 'higher',
    sources: [{ of: 'activity', measure: 'count', at: 'doneOn', attribution: 'owner' }],
  },
  activitiesOf('visits', ['visit'], { zh: '拜访次数', en: 'Visits' }),
  activitiesOf('calls', ['call'], { zh: '电话次数', en: 'Calls' }),
  activitiesOf('meetings', ['meeting'], { zh: '会议次数', en: 'Meetings' }),
  activitiesOf('messages', ['email', 'wechat'], { zh: '邮件和微信次数', en: 'E-mails and chats' }),
  {
    key: 'on_time_rate',
    version: 1,
    label: { zh: '按时跟进率', en: 'On-time follow-up' },
    formula: {
      zh: '在截止日期当天或之前完成的任务 ÷ 到期的任务，按截止日期；截止日还没过的不算',
      en: 'Tasks done by their due day ÷ tasks that fell due, by the due day; those whose day is not over do not count yet',
    },
    kind: 'ratio',
    unit: 'percent',
    better: 'higher',
    onlyPastDays: true,
    sources: [
      {
        of: 'task',
        when: filled('dueOn'),
        measure: 'count',
        countsInTime: { done: 'doneOn', due: 'dueOn' },
        at: 'dueOn',
        attribution: 'owner',
      },
    ],
  },
]
