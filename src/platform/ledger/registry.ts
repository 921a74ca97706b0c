import type { Metric, MetricSource } from '#engine/metrics/metric.ts'

const metrics = new Map<string, Metric>()

/** Called by rooms when the app is put together. */
export function registerMetric(...added: readonly Metric[]): void {
  for (const metric of added) metrics.set(metric.key, metric)
}

export function allMetrics(): readonly Metric[] {
  return [...metrics.values()]
}

export function findMetric(key: string): Metric | undefined {
  return metrics.get(key)
}

export type Sources = readonly { readonly metric: Metric; readonly source: MetricSource }[]

/** Every metric source that reads an object. */
export function sourcesOf(object: string): Sources {
  return allMetrics().flatMap((metric) =>
    metric.sources.filter((source) => source.of === object).map((source) => ({ metric, source })),
  )
}
