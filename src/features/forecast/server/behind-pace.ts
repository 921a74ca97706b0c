import { writeAmount } from '#engine/metrics/metric.ts'
import { combine, type TierNode } from '#engine/metrics/tier-node.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { readWholeTree } from '#platform/ledger/index.ts'
import type { SystemBehind } from '../contract.ts'
import { boardAsked } from './board.ts'
import { closedRows, nextOf } from './closed-deals.ts'
import { learnedBy } from './learned.ts'
import { rowOf, type RowKey } from './row-key.ts'
import { statedBy, type SystemQuestion } from './show-system.ts'
import { statedStages } from './story-store.ts'
import { yearBefore } from './year-before.ts'

/** The won deals of the year that a node's pace was taken from: together they are what was won in a day × its days. */
export async function wonBefore(
  tx: Tx,
  ctx: Ctx,
  question: SystemQuestion & { readonly skip: number },
): Promise<Pick<SystemBehind, 'rows' | 'total' | 'count' | 'next'>> {
  const { board, laid } = await boardAsked(tx, ctx, question)
  const learned = await learnedBy(tx, ctx, statedBy(await statedStages(tx, ctx)))
  const span = yearBefore(ctx.today, await learned.firstWin())
  const tree = await readWholeTree(tx, ctx, board.metric, span)
  const isWhole = laid === board.root && board.seesAll
  const node = isWhole
    ? tree.tree
    : combine(
        '',
        '',
        [...new Set(rowsOf(laid.tier))].flatMap((row) => placesOf(tree.tree, row)),
      )
  const { rows, count } = await closedRows(tx, ctx, { metric: board.metric, tree, node, skip: question.skip })
  return {
    rows: rows.map(({ id, name, accountName, amount, stage, expectedOn }) => ({
      ...{ id, name, accountName, amount, stage, closedOn: expectedOn, won: true },
      ...{ win: null, inside: null, unknown: null, counts: null, stated: null, expectedOn: null },
    })),
    total: writeAmount(node.numerator),
    count,
    next: nextOf(question.skip, rows.length, count),
  }
}

/** A node over several tops stands for them. */
function rowsOf(node: TierNode): readonly RowKey[] {
  const own = rowOf(node)
  return own === undefined ? node.children.flatMap(rowsOf) : [own]
}

/** Wherever a unit stood, or a person in it. */
function placesOf(node: TierNode, row: RowKey): readonly TierNode[] {
  return rowOf(node) === row ? [node] : node.children.flatMap((child) => placesOf(child, row))
}
