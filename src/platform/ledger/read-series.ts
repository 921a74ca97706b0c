import type { Metric } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import type { Span } from './org-shape.ts'
import { readFigure } from './read-figure.ts'

/** A metric at one node over several spans, e.g. the months of a year; null where the node has no figure. */
export async function readSeries(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  nodeId: string | null,
  spans: readonly Span[],
): Promise<readonly (string | null)[]> {
  const figures: (string | null)[] = []
  for (const span of spans) figures.push(await readFigure(tx, ctx, metric, nodeId, span))
  return figures
}
