import { sql } from 'kysely'
import type { Label } from '#base/label.ts'
import { readAmount, writeAmount } from '#engine/metrics/metric.ts'
import { nobody } from '#engine/metrics/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { readRecordsBehind } from '#platform/ledger/index.ts'
import { scopeOf } from '#platform/records/sight.ts'
import { categoryKeys, forecastErrors, type CategoryKey, type ForecastDealRow } from '../contract.ts'
import { readBoard, type Board } from './board.ts'
import { findLaid, type LaidNode } from './lay-sums.ts'
import { countOpen, countUndated, openShares, undatedShares, type OpenShare } from './open-deals-store.ts'
import type { HeldDeal } from './entry-store.ts'
import { periodFor } from './periods.ts'
import { readSetting } from './setting-store.ts'

const mostRows = 500

interface Question {
  readonly period?: string | undefined
  readonly node?: string | undefined
  readonly category?: CategoryKey | undefined
  readonly undated?: 'true' | undefined
  readonly skip: number
}

/** The deals behind a figure of the forecast; `total` is the figure, whatever is shown of them. */
export async function listDeals(ctx: Ctx, { period: key, node, category, undated, skip }: Question) {
  return inView(ctx, async (tx) => {
    const setting = await readSetting(tx, ctx)
    const period = periodFor(ctx, key, setting.periodKind)
    const board = await readBoard(tx, ctx, period, setting)
    const laid = node === undefined ? board.root : findLaid(board.root, node)
    if (!laid) throw forecastErrors.FORECAST_NODE_NOT_FOUND()
    if (undated) {
      const rows = await undatedShares(tx, ctx, laid.people, { skip, limit: mostRows })
      const count = await countUndated(tx, ctx, laid.people)
      return { rows: rows.map(shownShare), total: '0', count, next: nextOf(skip, rows.length, count) }
    }
    // What closed comes first, then what is open: one list, page by page.
    const closed =
      category === undefined || category === 'closed' ? await closedRows(tx, ctx, { board, laid, skip }) : none
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

const nextOf = (skip: number, shown: number, count: number) => (skip + shown < count ? skip + shown : null)

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

interface ClosedDeal {
  readonly id: string
  readonly stage: Label
  readonly accountName: string | null
  readonly expectedOn: string | null
  readonly version: number
  readonly isSeen: boolean
}

interface ClosedAsked {
  readonly board: Board
  readonly laid: LaidNode
  readonly skip: number
}

/** What closed in the period at the node: the ledger's rows, so that they add up to its figure. */
async function closedRows(
  tx: Tx,
  ctx: Ctx,
  { board: { metric, tree }, laid: { tier }, skip }: ClosedAsked,
): Promise<{ readonly rows: readonly ForecastDealRow[]; readonly count: number }> {
  const { rows, count } = await readRecordsBehind(tx, ctx, metric, tree, tier, { skip, limit: mostRows })
  const ids = rows.map(({ recordId }) => recordId)
  const seen = await scopeOf(ctx, ctx.company.wholeCatalogue.get('opportunity'))
  const { rows: deals } = await sql<ClosedDeal>`
    select t.id, jsonb_build_object('zh', s.name, 'en', s.name_en) as stage, a.name as "accountName",
      t.expected_on::text as "expectedOn", t.version, (${seen}) is true as "isSeen"
    from opportunity t join stage s on s.company_id = t.company_id and s.id = t.stage_id
    left join account a on a.company_id = t.company_id and a.id = t.account_id
    where t.company_id = ${ctx.company.id} and t.id = any(${ids}::uuid[])`.execute(tx)
  const byId = new Map(deals.map((deal) => [deal.id, deal]))
  const shown = rows.map(({ recordId, title, personId, personName, value, day }) => {
    const deal = byId.get(recordId)
    return {
      id: recordId,
      name: deal?.isSeen ? title : null,
      accountName: deal?.isSeen ? deal.accountName : null,
      personId: personId ?? nobody,
      personName: personName ?? '',
      stage: deal?.stage ?? { zh: '', en: '' },
      category: 'closed' as const,
      isByHand: false,
      amount: value,
      expectedOn: day,
      version: deal?.version ?? 1,
      canChange: false,
    }
  })
  return { rows: shown, count }
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
