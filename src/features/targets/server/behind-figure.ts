import { addDays, earlier, type Day } from '#engine/calendar/day.ts'
import type { Period } from '#engine/calendar/period.ts'
import { findNode } from '#engine/metrics/find-node.ts'
import { trimZeros } from '#engine/money/decimal.ts'
import type { TierNode } from '#engine/metrics/tier-node.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { readRecordsBehind, readSeries } from '#platform/ledger/index.ts'
import { targetErrors } from '../contract.ts'
import { nodeIdOf } from '../node-id.ts'
import { metricAsked, periodAsked } from './period-asked.ts'
import { leavesOf } from './plan-year.ts'
import { readPlannedTree } from './planned-tree.ts'
import { targetStore } from './target-store.ts'

interface Question {
  readonly period?: string | undefined
  readonly node?: string | undefined
}

interface RecordsPage {
  /** The last day that counts. */
  readonly until?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/** The records behind one figure; their sum is the figure, always. */
export async function recordsBehind(
  ctx: Ctx,
  metricKey: string,
  { period: key, node, until, cursor, limit }: Question & RecordsPage,
) {
  const metric = metricAsked(ctx, metricKey)
  const period = untilDay(periodAsked(ctx, key), until)
  const skip = readCursor(cursor)
  return inView(ctx, async (tx) => {
    const { tree } = await readPlannedTree(tx, ctx, metric, period)
    const behind = await readRecordsBehind(tx, ctx, metric, tree, nodeAsked(tree.tree, node), { skip, limit })
    return {
      rows: behind.rows.map((row) => ({ ...row, id: [row.recordId, row.personId ?? '', row.day].join(':') })),
      total: behind.total,
      count: behind.count,
      cursor: behind.next === null ? null : String(behind.next),
    }
  })
}

function untilDay(period: Period, until: Day | undefined): Period {
  if (until === undefined) return period
  if (until < period.from) {
    const label = { zh: '这一天不在期间内', en: 'This day is not within the period' }
    throw targetErrors.PERIOD_INVALID({ period: period.key }, [{ field: 'until', code: 'outside', label }])
  }
  return { ...period, to: earlier(period.to, addDays(until, 1)) }
}

/** Actual and target of each month of the fiscal year in which the period lies; months to come have no actual. */
export async function monthlySeries(ctx: Ctx, metricKey: string, { period: key, node }: Question) {
  const metric = metricAsked(ctx, metricKey)
  const period = periodAsked(ctx, key)
  const months = leavesOf(ctx, period.year)
  return inView(ctx, async (tx) => {
    const begun = months.filter((month) => month.from <= ctx.today)
    const { tree, structureId } = (await readPlannedTree(tx, ctx, metric, period)).tree
    const top = nodeAsked(tree, node)
    const actuals = await readSeries(tx, ctx, metric, { id: node ?? null, parts: partsOf(top) }, begun)
    const nodes = placesOf(top)
    const targets = await targetStore.months(tx, { metric: metric.key, structureId, year: period.year, nodes })
    return months.map(({ key: monthKey, label, from }, at) => ({
      key: monthKey,
      label,
      from,
      actual: actuals[at] ?? null,
      target: targets === null ? null : targetAt(targets, at),
    }))
  })
}

function targetAt(targets: readonly (string | null)[], at: number): string | null {
  const target = targets[at] ?? null
  return target === null ? null : trimZeros(target)
}

function nodeAsked(tree: TierNode, id: string | undefined): TierNode {
  const node = id === undefined ? tree : findNode(tree, id)
  if (!node) throw targetErrors.NODE_NOT_FOUND()
  return node
}

/** The plan rows that make a node: its own, or those of the parts it stands for. */
function placesOf(node: TierNode): string[] {
  const { kind, unitId, personId, planned, children } = node
  if (unitId !== null)
    return planned !== null ? [nodeIdOf({ unitId, personId: kind === 'person' ? personId : null })] : []
  return children.flatMap((child) => (child.unitId === null ? [] : placesOf(child)))
}

/** A node over several tops stands for them. */
function partsOf({ id, place, children }: TierNode): string[] {
  return place === '' ? children.map((child) => child.id) : [id]
}

function readCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  if (!/^\d{1,9}$/.test(cursor)) {
    const label = { zh: '翻页位置无效', en: 'Not a cursor of this list' }
    throw targetErrors.CURSOR_INVALID({}, [{ field: 'cursor', code: 'cursor', label }])
  }
  return Number(cursor)
}
