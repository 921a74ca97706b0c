import type { Metric } from '#engine/metrics/metric.ts'
import type { Sums } from '#engine/metrics/tier-node.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { orgView } from '#platform/records/reach.ts'
import { figureReach } from './in-sight.ts'
import type { Span } from './org-shape.ts'
import { figureIn, readParts, readSums } from './read-figure.ts'

/** A node that the actor was found to see. */
export interface SeenNode {
  /** Null: the top of what the actor sees. */
  readonly id: string | null
  /** The node itself, or those that a top of several parts stands for. */
  readonly parts: readonly string[]
}

/**
 * A metric at one node over several spans, e.g. the months of a year; null where the node has no figure. What somebody
 * sees of it is not cut anew in every span: people who left meanwhile belong to the unit's months.
 */
export async function readSeries(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  node: SeenNode,
  spans: readonly Span[],
): Promise<readonly (string | null)[]> {
  const sums = await readSumsOver(tx, ctx, metric, node, spans)
  return sums.map((each) => figureIn(metric, each))
}

/** The same as what each figure is made of: its numerator and denominator in ten-thousandths. */
export async function readSumsOver(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  node: SeenNode,
  spans: readonly Span[],
): Promise<readonly (Sums | null)[]> {
  const seesAll = (await orgView().reach(ctx, figureReach(ctx, metric))) === 'everything'
  const found: (Sums | null)[] = []
  for (const span of spans) {
    found.push(
      seesAll ? await readSums(tx, ctx, metric, node.id, span) : await readParts(tx, ctx, metric, node.parts, span),
    )
  }
  return found
}
