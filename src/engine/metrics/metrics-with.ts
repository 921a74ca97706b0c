import type { Catalogue } from '#engine/model/catalogue.ts'
import { checkOwnMetric } from './check-own-metric.ts'
import { makeMetrics, type Metrics } from './metrics.ts'
import type { Metric, MetricKind, MetricSource } from './metric.ts'
import { formulaInWords } from './own-metric-words.ts'
import { isQuotient, takesField, type OwnMetric, type OwnMetricDefinition, type RecordMetric } from './own-metric.ts'

/**
 * The metrics of a company: those of the product, then its own. One that no longer fits the objects, or whose parts do
 * not stand, is left out.
 */
export function metricsWith(standard: Metrics, own: readonly OwnMetric[], catalogue: Catalogue): Metrics {
  if (own.length === 0) return standard
  const known = new Map<string, Metric>()
  const among = { metrics: { find: (key: string) => standard.find(key) ?? known.get(key) } }
  // Quotients stand on others: each round those whose parts stand. In a circle none would.
  for (let waiting = own; waiting.length > 0;) {
    const ready = waiting.filter(({ definition }) => checkOwnMetric(definition, catalogue, among).length === 0)
    if (ready.length === 0) break
    for (const metric of ready) known.set(metric.key, metricOf(metric, catalogue, among.metrics))
    waiting = waiting.filter(({ key }) => !known.has(key))
  }
  return makeMetrics([...standard.all(), ...own.flatMap(({ key }) => known.get(key) ?? [])])
}

/** An own metric as the ledger reads it; `metrics` name what a quotient divides. */
export function metricOf(
  { key, version, definition, names }: OwnMetric,
  catalogue: Catalogue,
  metrics: Pick<Metrics, 'find'>,
): Metric {
  const { label, unit, better } = definition
  return {
    key,
    version,
    label,
    formula: formulaInWords(definition, names, { catalogue, metrics }),
    kind: kindOf(definition),
    unit,
    better,
    sources: isQuotient(definition) ? [] : [sourceOf(definition)],
    ...(isQuotient(definition) ? { quotient: { over: definition.over, under: definition.under } } : {}),
  }
}

const kinds = {
  count: 'flow',
  sum: 'flow',
  average: 'ratio',
  share: 'ratio',
  ratio: 'ratio',
  distinct: 'distinct',
  min: 'lowest',
  max: 'highest',
} as const satisfies Record<OwnMetricDefinition['aggregate'], MetricKind>

/** Counts and sums add up; averages and shares are ratios. */
export function kindOf({ aggregate }: Pick<OwnMetricDefinition, 'aggregate'>): MetricKind {
  return kinds[aggregate]
}

function sourceOf({ of, aggregate, field, countsIf, when, at, credit }: RecordMetric): MetricSource {
  const isSummed = takesField(aggregate) && aggregate !== 'distinct'
  // What does not add up cannot be shared out.
  const isWhole = aggregate === 'distinct' || aggregate === 'min' || aggregate === 'max'
  return {
    of,
    at,
    attribution: 'owner',
    measure: isSummed && field !== undefined ? { sum: field } : 'count',
    ...(aggregate === 'distinct' && field !== undefined ? { subject: field } : {}),
    ...(credit === 'owner' ? { shared: 'owner' } : isWhole ? { shared: 'whole' } : {}),
    ...(when ? { when } : {}),
    ...(aggregate === 'share' && countsIf ? { countsIf } : {}),
  }
}
