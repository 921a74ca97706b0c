import type { Metric } from '#engine/metrics/metric.ts'

export const marketMetrics: readonly Metric[] = [
  {
    key: 'market_size',
    version: 1,
    label: { zh: '市场规模', en: 'Market size' },
    formula: {
      zh: '单元区域内的市场规模，按期间的天数折算；同一地区和行业以最近公布的为准；区域或期间没有全部知道时为空',
      en: 'The market in the territory of the unit, by the days of the period and as it was told last; nothing unless all of territory and period is known',
    },
    kind: 'given',
    unit: 'money',
    better: 'higher',
    sources: [],
  },
  {
    key: 'market_share',
    version: 1,
    label: { zh: '市场份额', en: 'Market share' },
    formula: { zh: '销售额 ÷ 市场规模', en: 'Sales amount ÷ market size' },
    kind: 'ratio',
    unit: 'percent',
    better: 'higher',
    sources: [],
    quotient: { over: 'sales_amount', under: 'market_size' },
  },
]
