import type { Metric } from '#engine/metrics/metric.ts'
import { makeMetrics, type Metrics } from '#engine/metrics/metrics.ts'

const metrics = new Map<string, Metric>()
let known: Metrics | undefined

/** Called by rooms when the app is put together. */
export function registerMetric(...added: readonly Metric[]): void {
  for (const metric of added) metrics.set(metric.key, metric)
  known = undefined
}

/** What every company has. A company's metrics, with its own, are `ctx.company.metrics`. */
export function standardMetrics(): Metrics {
  known ??= makeMetrics([...metrics.values()])
  return known
}
