import type { Metric } from '#engine/metrics/metric.ts'

export const marketMetrics: readonly Metric[] = [
  {
    key: 'market_size',
    version: 1,
    label: { zh: '市场规模', en: 'Market size' },
    formula: {
      zh: '单元区域内的市场规模，按期间的天数折算；没有数据时为空',
      en: 'What is known of the market in the territory of the unit, by the days of the period; nothing where nothing is known',
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
