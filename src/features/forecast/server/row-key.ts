import { writeAmount, type Metric } from '#engine/metrics/metric.ts'
import type { TierNode } from '#engine/metrics/tier-node.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { readWholeTree } from '#platform/ledger/index.ts'
import { nodeIdOf } from '#features/targets/server/index.ts'

/** A unit, or unit and person joined by a dot, as rows of plans are called: one that stood in two places is one row. */
export type RowKey = string

/** The whole company, whatever stands in no unit included. */
export const everything: RowKey = 'everything'

/** The row of a node; undefined for one over several tops, and for what stands in no unit. */
export function rowOf({ unitId, personId, kind }: TierNode): RowKey | undefined {
  return unitId === null ? undefined : nodeIdOf({ unitId, personId: kind === 'person' ? personId : null })
}

/** An amount over a span at every row of the company; whoever asks for one was found to see it. */
export async function figuresByRow(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  span: { readonly from: string; readonly to: string },
): Promise<ReadonlyMap<RowKey, number>> {
  const { tree } = await readWholeTree(tx, ctx, metric, span)
  const figures = new Map<RowKey, number>([[everything, amountOf(tree)]])
  const add = (node: TierNode): void => {
    const key = rowOf(node)
    if (key !== undefined) figures.set(key, (figures.get(key) ?? 0) + amountOf(node))
    node.children.forEach(add)
  }
  add(tree)
  return figures
}

const amountOf = ({ numerator }: TierNode): number => Number(writeAmount(numerator))
