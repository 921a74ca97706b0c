import type { Metric } from '#engine/metrics/metric.ts'
import { all, eq, filled } from '#engine/query/filter.ts'

const confirmed = eq('status', 'confirmed')
/** Days without an order after which an account is lost. */
const quietDays = 180

export const commerceMetrics: readonly Metric[] = [
  {
    key: 'sales_amount',
    version: 2,
    label: { zh: '销售额', en: 'Sales amount' },
    formula: {
      zh: '已确认订单金额 − 退款金额，按下单与退款日期',
      en: 'Confirmed orders by their day, less refunds by theirs',
    },
    kind: 'flow',
    unit: 'money',
    better: 'higher',
    sources: [
      {
        of: 'order',
        when: confirmed,
        measure: { sum: 'amount' },
        at: 'orderedOn',
        subject: 'account',
        attribution: 'owner',
      },
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
  {
    key: 'active_customers',
    version: 1,
    label: { zh: '活跃客户数', en: 'Active customers' },
    formula: {
      zh: '期间内有已确认订单的客户数；同一客户只算一次，无论由几个人或几个团队成交',
      en: 'Different accounts with a confirmed order in the period, each once however many people or teams sold to it',
    },
    kind: 'distinct',
    unit: 'count',
    better: 'higher',
    sources: [],
    reads: { metric: 'sales_amount' },
  },
  {
    key: 'churned_customers',
    version: 1,
    label: { zh: '流失客户数', en: 'Churned customers' },
    formula: {
      zh: `最后一单之后连续 ${quietDays} 天没有新的已确认订单的客户数，按满 ${quietDays} 天的那一天计，归最后一单的负责人`,
      en: `Accounts without a confirmed order for ${quietDays} days after their last, counted on the day these are over, for whom the last order counts`,
    },
    kind: 'distinct',
    unit: 'count',
    better: 'lower',
    sources: [],
    reads: { metric: 'sales_amount' },
    quietDays,
  },
  {
    key: 'gross_margin',
    version: 1,
    label: { zh: '毛利', en: 'Gross margin' },
    formula: {
      zh: '已知成本的已确认订单的（金额 − 成本）− 退款的（金额 − 冲回成本）；没有成本的订单不计入，见“毛利覆盖率”',
      en: 'Amount less cost of confirmed orders whose cost is known, less refunds without the cost they took back; orders without a cost do not count, see margin coverage',
    },
    kind: 'flow',
    unit: 'money',
    better: 'higher',
    sources: [
      {
        of: 'order',
        when: all(confirmed, filled('cost')),
        measure: { sum: 'amount', less: 'cost' },
        weighedBy: { sum: 'amount' },
        at: 'orderedOn',
        attribution: 'owner',
      },
      {
        of: 'refund',
        when: filled('cost'),
        measure: { sum: 'amount', less: 'cost' },
        weighedBy: { sum: 'amount' },
        negative: true,
        at: 'refundedOn',
        attribution: 'owner',
      },
    ],
  },
  {
    key: 'margin_rate',
    version: 1,
    label: { zh: '毛利率', en: 'Margin rate' },
    formula: {
      zh: '毛利 ÷ 已知成本的销售额',
      en: 'Gross margin ÷ sales whose cost is known',
    },
    kind: 'ratio',
    unit: 'percent',
    better: 'higher',
    sources: [],
    reads: { metric: 'gross_margin' },
  },
  {
    key: 'costed_sales',
    version: 1,
    label: { zh: '已知成本的销售额', en: 'Sales with known cost' },
    formula: {
      zh: '填了成本的已确认订单金额 − 相应退款金额',
      en: 'Confirmed orders whose cost is known, less such refunds',
    },
    kind: 'flow',
    unit: 'money',
    better: 'higher',
    sources: [],
    reads: { metric: 'gross_margin', side: 'denominator' },
  },
  {
    key: 'margin_coverage',
    version: 1,
    label: { zh: '毛利覆盖率', en: 'Margin coverage' },
    formula: {
      zh: '已知成本的销售额 ÷ 销售额：毛利说明了多大部分的销售',
      en: 'Sales with known cost ÷ sales amount: for how much of the sales the margin speaks',
    },
    kind: 'ratio',
    unit: 'percent',
    better: 'higher',
    sources: [],
    quotient: { over: 'costed_sales', under: 'sales_amount' },
  },
  {
    key: 'overdue_receivables',
    version: 1,
    label: { zh: '逾期应收', en: 'Overdue receivables' },
    formula: {
      zh: '期末已过应收日期的已确认订单中尚未收到的金额（按订单币种的回款抵减）；没有应收日期的订单不计入',
      en: 'What was not yet paid at the end of the period of confirmed orders past their due day, by payments in the currency of the order; orders without a due day do not count',
    },
    kind: 'stock',
    unit: 'money',
    better: 'lower',
    sources: [
      {
        of: 'order',
        when: all(confirmed, filled('dueOn')),
        measure: { sum: 'amount' },
        overdue: { due: 'dueOn', settledBy: { of: 'payment', by: 'order', at: 'receivedOn', sum: 'amount' } },
        attribution: 'owner',
      },
    ],
  },
]
