import type { Metric, MetricSource } from '#engine/metrics/metric.ts'
import { all, eq, filled, oneOf } from '#engine/query/filter.ts'

const won = eq('status', 'won')
const closed = oneOf('status', ['won', 'lost'])
const source = { of: 'opportunity', at: 'closedOn', attribution: 'owner' } as const satisfies Partial<MetricSource>
const cycle = { daysFrom: 'engagedOn', daysTo: 'closedOn' }

export const pipelineMetrics: readonly Metric[] = [
  {
    key: 'signed_amount',
    version: 1,
    label: { zh: '签约额', en: 'Signed amount' },
    formula: {
      zh: '赢单商机金额之和，按关闭日期',
      en: 'Sum of the amounts of won opportunities, by the day they closed',
    },
    kind: 'flow',
    unit: 'money',
    better: 'higher',
    sources: [{ ...source, when: won, measure: { sum: 'amount' } }],
  },
  {
    key: 'won_deals',
    version: 1,
    label: { zh: '赢单数', en: 'Won deals' },
    formula: { zh: '赢单商机的个数，按关闭日期', en: 'Number of won opportunities, by the day they closed' },
    kind: 'flow',
    unit: 'count',
    better: 'higher',
    sources: [{ ...source, when: won, measure: 'count' }],
  },
  {
    key: 'win_rate',
    version: 1,
    label: { zh: '赢单率', en: 'Win rate' },
    formula: { zh: '赢单数 ÷(赢单数 + 输单数),按关闭日期', en: 'Won ÷ (won + lost), by the day they closed' },
    kind: 'ratio',
    unit: 'percent',
    better: 'higher',
    sources: [{ ...source, when: closed, measure: 'count', countsIf: won }],
  },
  {
    key: 'avg_deal',
    version: 1,
    label: { zh: '平均单额', en: 'Average deal size' },
    formula: { zh: '赢单金额之和 ÷ 赢单数', en: 'Amount of won opportunities ÷ their number, pooled' },
    kind: 'ratio',
    unit: 'money',
    better: 'higher',
    sources: [{ ...source, when: all(won, filled('amount')), measure: { sum: 'amount' } }],
  },
  {
    key: 'sales_cycle',
    version: 1,
    label: { zh: '销售周期（关闭商机）', en: 'Sales cycle (closed deals)' },
    formula: {
      zh: '已关闭商机（赢单和输单）从开始到关闭的平均天数',
      en: 'Average days from engaged to closed, over won and lost opportunities',
    },
    kind: 'ratio',
    unit: 'days',
    better: 'lower',
    sources: [{ ...source, when: all(closed, filled('engagedOn')), measure: cycle }],
  },
  {
    key: 'won_cycle',
    version: 1,
    label: { zh: '赢单周期', en: 'Sales cycle (won deals)' },
    formula: {
      zh: '赢单商机从开始到关闭的平均天数',
      en: 'Average days from engaged to closed, over won opportunities',
    },
    kind: 'ratio',
    unit: 'days',
    better: 'lower',
    sources: [{ ...source, when: all(won, filled('engagedOn')), measure: cycle }],
  },
  {
    key: 'pipeline_value',
    version: 1,
    label: { zh: '商机储备', en: 'Pipeline value' },
    formula: {
      zh: '期末仍未关闭的商机金额之和',
      en: 'Amounts of the opportunities still open at the end of the period',
    },
    kind: 'stock',
    unit: 'money',
    better: 'higher',
    sources: [
      {
        of: 'opportunity',
        when: filled('amount'),
        measure: { sum: 'amount' },
        open: { from: 'engagedOn', to: 'closedOn' },
        attribution: 'owner',
      },
    ],
  },
  {
    key: 'weighted_pipeline',
    version: 2,
    label: { zh: '加权商机储备', en: 'Weighted pipeline' },
    formula: {
      zh: '期末仍未关闭的商机的金额 × 当天已知的赢率之和',
      en: 'Amount × probability, as it was held that day, of the opportunities still open at the end of the period',
    },
    kind: 'stock',
    unit: 'money',
    better: 'higher',
    sources: [
      {
        of: 'opportunity',
        when: filled('amount'),
        measure: { sum: 'amount' },
        times: { percent: 'probability', keptIn: 'deal_chance' },
        open: { from: 'engagedOn', to: 'closedOn' },
        attribution: 'owner',
      },
    ],
  },
]
