import { figureOf, type Metric } from '#engine/metrics/metric.ts'
import { findNode } from '#engine/metrics/tier-tree.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import type { Span } from './org-shape.ts'
import { readTree } from './read-tree.ts'

/** A metric at one node over several spans, e.g. the months of a year; null where the node has no figure. */
export async function readSeries(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  nodeId: string | null,
  spans: readonly Span[],
): Promise<readonly (string | null)[]> {
  const figures: (string | null)[] = []
  for (const span of spans) {
    const { tree } = await readTree(tx, ctx, metric, span)
    const node = nodeId === null ? tree : findNode(tree, nodeId)
    figures.push(node ? figureOf(metric, node.numerator, node.denominator) : null)
  }
  return figures
}
