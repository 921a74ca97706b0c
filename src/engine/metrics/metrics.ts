import type { Metric, MetricSource } from './metric.ts'

export type Sources = readonly { readonly metric: Metric; readonly source: MetricSource }[]

/** Every metric that a company has: those of the product and its own. */
export interface Metrics {
  all(): readonly Metric[]
  find(key: string): Metric | undefined
  /** Every metric source that reads an object. */
  sourcesOf(object: string): Sources
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
