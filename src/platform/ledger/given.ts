import type { Metric } from '#engine/metrics/metric.ts'
import type { TierNode } from '#engine/metrics/tier-node.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import type { Span } from './org-shape.ts'

/** What is told for units as wholes over a span, in ten-thousandths by the keys of units; those without are left out. */
export type GivenReader = (
  tx: Tx,
  ctx: Ctx,
  asked: { readonly tree: TierNode; readonly span: Span },
) => Promise<ReadonlyMap<string, bigint>>

const readers = new Map<string, GivenReader>()

/** Called by the room that keeps what a `given` metric shows, when the app is put together. */
export function registerGiven(metric: string, reader: GivenReader): void {
  readers.set(metric, reader)
}

/** The tree with what is given for its units; people have nothing of their own, and the top of several tops has nothing. */
export async function withGiven(
  tx: Tx,
  ctx: Ctx,
  { key }: Metric,
  asked: { readonly tree: TierNode; readonly span: Span },
): Promise<TierNode> {
  const reader = readers.get(key)
  if (!reader) throw new Error(`nobody gives ${key}`)
  return placed(asked.tree, await reader(tx, ctx, asked))
}

function placed(node: TierNode, given: ReadonlyMap<string, bigint>): TierNode {
  const amount = node.kind === 'unit' && node.unitId !== null ? given.get(node.unitId) : undefined
  return {
    ...node,
    numerator: amount ?? 0n,
    denominator: amount === undefined ? 0n : 10_000n,
    children: node.children.map((child) => placed(child, given)),
  }
}
