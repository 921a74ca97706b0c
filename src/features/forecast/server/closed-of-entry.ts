import { combine, type TierNode } from '#engine/metrics/tier-tree.ts'
import { writeAmount } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { readTree, readWholeTree } from '#platform/ledger/index.ts'
import { forecastErrors, type DealsBehind } from '../contract.ts'
import { closedRows, nextOf } from './closed-deals.ts'
import { judgedBy } from './entry-reach.ts'
import { readableEntry } from './history.ts'
import { closedMetric } from './in-sight.ts'

/** What closed in the period that an entry speaks of: the deals behind the figure that it is judged by. */
export async function closedOfEntry(ctx: Ctx, id: string, { skip }: { readonly skip: number }): Promise<DealsBehind> {
  return inView(ctx, async (tx) => {
    const entry = await readableEntry(tx, ctx, id)
    if (!(await judgedBy(ctx))(entry)) throw forecastErrors.FORECAST_ENTRY_NOT_FOUND()
    const { personId, unitId, periodFrom, periodTo } = entry
    const metric = closedMetric(ctx)
    // A person is judged by what she closed wherever she stood; a unit by what the reader sees of it.
    const read = personId === null ? readTree : readWholeTree
    const tree = await read(tx, ctx, metric, { from: periodFrom, to: periodTo })
    const places = placesOf(tree.tree, (node) =>
      personId === null ? node.kind === 'unit' && node.unitId === unitId : node.personId === personId,
    )
    const node = combine('', '', places)
    const { rows, count } = await closedRows(tx, ctx, { metric, tree, node, skip })
    return { rows, total: writeAmount(node.numerator), count, next: nextOf(skip, rows.length, count) }
  })
}

function placesOf(node: TierNode, isMeant: (node: TierNode) => boolean): readonly TierNode[] {
  return isMeant(node) ? [node] : node.children.flatMap((child) => placesOf(child, isMeant))
}
