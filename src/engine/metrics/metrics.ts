import type { Metric, MetricSource } from './metric.ts'

export type Sources = readonly { readonly metric: Metric; readonly source: MetricSource }[]

/** Every metric that a company has: those of the product and its own. */
export interface Metrics {
  all(): readonly Metric[]
  find(key: string): Metric | undefined
  /** Every metric source that reads an object. */
  sourcesOf(object: string): Sources
}

/** Every source whose rows a metric is made of: its own, and those of the metrics that it is read from. */
export function sourcesBehind(metric: Metric, metrics: Pick<Metrics, 'find'>): readonly MetricSource[] {
  return [metric, ...metricsBehind(metric, metrics)].flatMap(({ sources }) => sources)
}

/** The metrics that a metric is read from, nearest first. */
export function metricsBehind(metric: Metric, metrics: Pick<Metrics, 'find'>): readonly Metric[] {
  const found = new Set<Metric>()
  const follow = ({ reads, quotient }: Metric) => {
    for (const key of [reads?.metric, quotient?.over, quotient?.under]) {
      const next = key === undefined ? undefined : metrics.find(key)
      if (!next || found.has(next)) continue
      found.add(next)
      follow(next)
    }
  }
  follow(metric)
  return [...found]
}

/** The metrics that are worked out from this one. */
export function builtOn(key: string, metrics: Metrics): readonly Metric[] {
  return metrics.all().filter((metric) => metricsBehind(metric, metrics).some((behind) => behind.key === key))
}

export function makeMetrics(metrics: readonly Metric[]): Metrics {
  const byKey = new Map(metrics.map((metric) => [metric.key, metric]))
  const sources = metrics.flatMap((metric) => metric.sources.map((source) => ({ metric, source })))
  const byObject = Map.groupBy(sources, ({ source }) => source.of)
  return {
    all: () => metrics,
    find: (key) => byKey.get(key),
    sourcesOf: (object) => byObject.get(object) ?? [],
  }
}
