import type { Catalogue } from '#engine/model/catalogue.ts'
import { checkOwnMetric } from './check-own-metric.ts'
import { makeMetrics, type Metrics } from './metrics.ts'
import type { Metric, MetricSource } from './metric.ts'
import { formulaInWords } from './own-metric-words.ts'
import { takesField, type OwnMetric, type OwnMetricDefinition } from './own-metric.ts'

/** The metrics of a company: those of the product, then its own. One that no longer fits the objects is left out. */
export function metricsWith(standard: Metrics, own: readonly OwnMetric[], catalogue: Catalogue): Metrics {
  if (own.length === 0) return standard
  const sound = own.filter(({ definition }) => checkOwnMetric(definition, catalogue).length === 0)
  return makeMetrics([...standard.all(), ...sound.map((metric) => metricOf(metric, catalogue))])
}

/** An own metric as the ledger reads it. */
export function metricOf({ key, version, definition, names }: OwnMetric, catalogue: Catalogue): Metric {
  const { label, unit, better } = definition
  return {
    key,
    version,
    label,
    formula: formulaInWords(definition, names, catalogue),
    kind: kindOf(definition),
    unit,
    better,
    sources: [sourceOf(definition)],
  }
}

/** Counts and sums add up; averages and shares are ratios. */
export function kindOf({ aggregate }: Pick<OwnMetricDefinition, 'aggregate'>): 'flow' | 'ratio' {
  return aggregate === 'count' || aggregate === 'sum' ? 'flow' : 'ratio'
}

function sourceOf({ of, aggregate, field, countsIf, when, at }: OwnMetricDefinition): MetricSource {
  return {
    of,
    at,
    attribution: 'owner',
    measure: takesField(aggregate) && field !== undefined ? { sum: field } : 'count',
    ...(when ? { when } : {}),
    ...(aggregate === 'share' && countsIf ? { countsIf } : {}),
  }
}
