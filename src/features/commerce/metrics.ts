import type { Metric } from '#engine/metrics/metric.ts'
import { eq } from '#engine/query/filter.ts'

const confirmed = eq('status', 'confirmed')

export const commerceMetrics: readonly Metric[] = [
  {
    key: 'sales_amount',
    version: 1,
    label: { zh: '销售额', en: 'Sales amount' },
    formula: {
      zh: '已确认订单金额 − 退款金额，按下单与退款日期',
      en: 'Confirmed orders by their day, less refunds by theirs',
    },
    kind: 'flow',
    unit: 'money',
    better: 'higher',
    sources: [
      { of: 'order', when: confirmed, measure: { sum: 'amount' }, at: 'orderedOn', attribution: 'owner' },
      { of: 'refund', measure: { sum: 'amount' }, negative: true, at: 'refundedOn', attribution: 'owner' },
    ],
  },
  {
    key: 'collections',
    version: 1,
    label: { zh: '回款额', en: 'Collections' },
    formula: { zh: '回款金额之和，按到账日期', en: 'Payments, by the day they were received' },
    kind: 'flow',
    unit: 'money',
    better: 'higher',
    sources: [{ of: 'payment', measure: { sum: 'amount' }, at: 'receivedOn', attribution: 'collector' }],
  },
  {
    key: 'new_customers',
    version: 1,
    label: { zh: '新客户数', en: 'New customers' },
    formula: { zh: '首次下单的客户数，按首单日期', en: 'Accounts by the day of their first confirmed order ever' },
    kind: 'flow',
    unit: 'count',
    better: 'higher',
    sources: [
      { of: 'order', when: confirmed, measure: 'count', at: 'orderedOn', firstPer: 'account', attribution: 'owner' },
    ],
  },
]
