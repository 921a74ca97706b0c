import type { Metric } from '#engine/metrics/metric.ts'

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
]
