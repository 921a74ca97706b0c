import { expect, it } from 'vitest'
import { all, eq, filled } from '#engine/query/filter.ts'
import { greatestOf } from './greatest.ts'
import type { Metric } from './metric.ts'
import { makeMetrics } from './metrics.ts'

const described = {
  version: 1,
  label: { zh: '指标', en: 'Metric' },
  formula: { zh: '公式', en: 'Formula' },
  unit: 'percent',
  better: 'higher',
  sources: [],
} as const
const order = { of: 'order', at: 'orderedOn', attribution: 'owner' } as const
const confirmed = eq('status', 'confirmed')

const metrics: readonly Metric[] = [
  { ...described, key: 'sales', kind: 'flow', sources: [{ ...order, when: confirmed, measure: { sum: 'amount' } }] },
  {
    ...described,
    key: 'margin',
    kind: 'flow',
    sources: [
      {
        ...order,
        when: all(confirmed, filled('cost')),
        measure: { sum: 'amount', less: 'cost' },
        weighedBy: { sum: 'amount' },
      },
    ],
  },
  { ...described, key: 'costed', kind: 'flow', reads: { metric: 'margin', side: 'denominator' } },
  { ...described, key: 'orders', kind: 'flow', sources: [{ ...order, measure: 'count' }] },
  { ...described, key: 'market', kind: 'given' },
  { ...described, key: 'margin_rate', kind: 'ratio', reads: { metric: 'margin' } },
  { ...described, key: 'coverage', kind: 'ratio', quotient: { over: 'costed', under: 'sales' } },
  { ...described, key: 'uncovered', kind: 'ratio', quotient: { over: 'sales', under: 'costed' } },
  { ...described, key: 'market_share', kind: 'ratio', quotient: { over: 'sales', under: 'market' } },
  { ...described, key: 'per_order', kind: 'ratio', quotient: { over: 'sales', under: 'orders' } },
  {
    ...described,
    key: 'confirmed_share',
    kind: 'ratio',
    sources: [{ ...order, measure: 'count', countsIf: confirmed }],
  },
  {
    ...described,
    key: 'net_sales',
    kind: 'flow',
    sources: [
      { ...order, when: confirmed, measure: { sum: 'amount' } },
      { of: 'refund', at: 'refundedOn', attribution: 'owner', measure: { sum: 'amount' }, negative: true },
    ],
  },
  { ...described, key: 'gross_of_net', kind: 'ratio', quotient: { over: 'sales', under: 'net_sales' } },
  { ...described, key: 'net_of_itself', kind: 'ratio', quotient: { over: 'net_sales', under: 'net_sales' } },
  {
    ...described,
    key: 'collected',
    kind: 'flow',
    sources: [{ ...order, attribution: 'collector', when: confirmed, measure: { sum: 'amount' } }],
  },
  { ...described, key: 'collected_of_own', kind: 'ratio', quotient: { over: 'collected', under: 'sales' } },
  { ...described, key: 'average', kind: 'ratio', sources: [{ ...order, measure: { sum: 'amount' } }] },
]
const known = makeMetrics(metrics)

it('bounds what is a part of a whole by its definition, and nothing else', () => {
  const bounded = metrics.filter((metric) => greatestOf(metric, known) === '1').map(({ key }) => key)
  expect(bounded).toEqual(['margin_rate', 'coverage', 'market_share', 'confirmed_share', 'net_of_itself'])
})
