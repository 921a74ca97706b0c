import { readAmount, writeAmount } from '#engine/metrics/metric.ts'
import { nobody } from '#engine/metrics/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { readRecordsBehind } from '#platform/ledger/index.ts'
import { categoryKeys, type CategoryKey, type ForecastDealRow } from '../contract.ts'
import { boardAsked, type Board } from './board.ts'
import { closedRows, mostRows, nextOf } from './closed-deals.ts'
import type { LaidNode } from './lay-sums.ts'
import { countOpen, countUndated, openShares, undatedShares, type OpenShare } from './open-deals-store.ts'
import type { HeldDeal } from './entry-store.ts'

interface Question {
  readonly period?: string | undefined
  readonly node?: string | undefined
  readonly category?: CategoryKey | undefined
  readonly undated?: 'true' | undefined
  readonly skip: number
}

/** The deals behind a figure of the forecast; `total` is the figure, whatever is shown of them. */
export async function listDeals(ctx: Ctx, { category, undated, skip, ...question }: Question) {
  return inView(ctx, async (tx) => {
    const { period, board, laid } = await boardAsked(tx, ctx, question)
    if (undated) {
      const rows = await undatedShares(tx, ctx, laid.people, { skip, limit: mostRows })
      const count = await countUndated(tx, ctx, laid.people)
      return { rows: rows.map(shownShare), total: '0', count, next: nextOf(skip, rows.length, count) }
    }
    // What closed comes first, then what is open: one list, page by page.
    const closed =
      category === undefined || category === 'closed'
        ? await closedRows(tx, ctx, { ...board, node: laid.tier, skip })
        : none
    const isOpenAsked = category !== 'closed'
    const asked = { people: laid.people, category }
    const open = isOpenAsked ? await countOpen(tx, ctx, period, asked) : 0
    const room = mostRows - closed.rows.length
    const shares =
      isOpenAsked && room > 0
        ? await openShares(tx, ctx, period, { ...asked, skip: Math.max(0, skip - closed.count), limit: room })
        : []
    const rows = [...closed.rows, ...shares.map(shownShare)]
    const count = closed.count + open
    return { rows, total: writeAmount(totalOf(laid, category)), count, next: nextOf(skip, rows.length, count) }
  })
}

const none = { rows: [], count: 0 }

function totalOf({ system }: LaidNode, category: CategoryKey | undefined): bigint {
  const by: Record<CategoryKey, bigint> = {
    closed: system.closed,
    committed: system.committed,
    best_case: system.bestCase,
    pipeline: system.pipeline,
    omitted: system.omitted,
  }
  const asked: readonly CategoryKey[] = category === undefined ? categoryKeys : [category]
  return asked.reduce((sum, key) => sum + by[key], 0n)
}

function shownShare({ isSeen, mayChange, name, accountName, ...share }: OpenShare): ForecastDealRow {
  return {
    ...share,
    name: isSeen ? name : null,
    accountName: isSeen ? accountName : null,
    canChange: isSeen && mayChange,
  }
}

const mostHeld = 20_000

/** Every deal behind a node's figures as an entry keeps them, whatever the reader may see of them. */
export async function dealsBehind(
  tx: Tx,
  ctx: Ctx,
  board: Board,
  laid: LaidNode,
  period: { from: string; to: string },
): Promise<readonly HeldDeal[]> {
  const open = await openShares(tx, ctx, period, { people: laid.people, limit: mostHeld })
  const closed = await readRecordsBehind(tx, ctx, board.metric, board.tree, laid.tier, { limit: mostHeld })
  const held = new Map<string, HeldDeal>()
  for (const { recordId, personId, title, value, day } of closed.rows) {
    const key = `${recordId} ${personId ?? nobody}`
    // One share may have come in several rows.
    const before = readAmount(held.get(key)?.amount ?? '0')
    const won = { zh: '赢单', en: 'Won' }
    held.set(key, {
      id: recordId,
      personId: personId ?? nobody,
      name: title,
      stage: won,
      category: 'closed',
      amount: writeAmount(before + readAmount(value)),
      expectedOn: day,
    })
  }
  for (const { id, personId, name, stage, category, amount, expectedOn } of open) {
    held.set(`${id} ${personId}`, { id, personId, name, stage, category, amount, expectedOn })
  }
  return [...held.values()]
}
