import type { Label } from '#base/label.ts'
import type { Period } from '#engine/calendar/period.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { readFigure } from '#platform/ledger/index.ts'
import { targetErrors } from '../contract.ts'
import { readRowId } from '../levels.ts'
import { periodAsked } from './period-asked.ts'
import { leavesOf, quartersOf, yearOf } from './plan-year.ts'
import { openPlan } from './show-plan.ts'

interface Wish {
  readonly node: string
  readonly first: number
  readonly last: number
  readonly base?: string | undefined
}

/** The result that a relative entry starts from: of the period named, or of the same cells a year before. */
export async function showBasis(
  ctx: Ctx,
  planId: string,
  wish: Wish,
): Promise<{ base: string; label: Label; amount: string }> {
  return inView(ctx, async (tx) => {
    const { plan, rows } = await openPlan(tx, ctx, planId)
    const { id } = readRowId(wish.node)
    const metric = ctx.company.metrics.find(plan.metric)
    if (!metric || !rows.some((row) => row.id === id)) throw targetErrors.NODE_NOT_FOUND()
    const base = wish.base === undefined ? yearBefore(ctx, plan.year, wish) : periodAsked(ctx, wish.base)
    const amount = await readFigure(tx, ctx, metric, id, base)
    return { base: base.key, label: base.label, amount: amount === null || amount.startsWith('-') ? '0' : amount }
  })
}

/** The year, the quarter or the leaf of the year before that the cells stand for. */
function yearBefore(ctx: Ctx, year: number, { first, last }: Wish): Period {
  const before = year - 1
  const leaves = leavesOf(ctx, year)
  if (first === 1 && last === leaves.length) return yearOf(ctx, before)
  if (first === last) {
    const leaf = leavesOf(ctx, before)[first - 1]
    if (leaf) return leaf
  }
  const [from, to] = [leaves[first - 1]?.from, leaves[last - 1]?.to]
  const at = quartersOf(ctx, year).findIndex((quarter) => quarter.from === from && quarter.to === to)
  const quarter = quartersOf(ctx, before)[at]
  if (quarter) return quarter
  const label = { zh: '请选择全年、一个季度或一个期间', en: 'Choose the year, one quarter or one period' }
  throw targetErrors.PERIOD_INVALID({ period: `${first}–${last}` }, [{ field: 'last', code: 'not-a-period', label }])
}
