import { inWords } from '#base/label.ts'
import { isWhole, toUnits } from '#engine/money/units.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { amend } from '../amendment.ts'
import type { Carry } from '../carry.ts'
import { targetErrors } from '../contract.ts'
import { treeOfRows } from '../plan-cells.ts'
import { topOver } from '../plan-work.ts'
import type { RebalanceRefusal } from '../rebalance.ts'
import { refusalWords } from '../refusal-words.ts'
import { amountFault } from './faults.ts'
import { leavesOf } from './plan-year.ts'
import { planStore } from './plan-store.ts'
import { refuseTotalTooHigh } from './refuse-wrong-cells.ts'
import type { OpenPlan } from './show-plan.ts'

export interface AmendmentAsked {
  readonly node: string
  /** The first period that changes, counted from 1. */
  readonly from: number
  /** What the periods from there on come to together. */
  readonly total: string
  readonly carry: Carry
  /** The day on which it was asked for, today unless told: a period that had not ended then may change. */
  readonly askedOn?: string
}

/**
 * The whole plan before an amendment, and what it becomes by each who may carry the difference. Throws where the row, the
 * period or the amount is none to amend.
 */
export async function openAmendment(tx: Tx, ctx: Ctx, open: OpenPlan, asked: Omit<AmendmentAsked, 'carry'>) {
  const { plan } = open
  const row = open.rows.find(({ id }) => id === asked.node)
  if (!row) throw targetErrors.NODE_NOT_FOUND()
  refusePeriodOver(ctx, open, asked.from, asked.askedOn)
  if (!isWhole(asked.total, plan.unit)) {
    throw targetErrors.PLAN_INVALID({}, [amountFault('total', asked.total, plan.unit)])
  }
  refuseTotalTooHigh(ctx, 'total', asked.total, plan)
  const all = await planStore.rows(tx, plan.id)
  const before = treeOfRows(all, plan)
  // Names of rows out of sight are not told, not even in a refusal.
  const names = new Map(open.rows.map(({ id, name }) => [id, name]))
  const refusal = ({ reason, at }: { readonly reason: RebalanceRefusal; readonly at?: string | undefined }) =>
    inWords(refusalWords[reason], ctx.language, { name: names.get(at ?? '') ?? '—' })
  if (!open.canEdit(row.id)) {
    throw targetErrors.AMENDMENT_REFUSED({ reason: refusal({ reason: 'out-of-reach', at: row.id }) })
  }
  const wish = { node: row.id, from: asked.from - 1, total: toUnits(asked.total, plan.unit) }
  const rule = { unit: plan.unit, fixedTop: topOver(before, row.id, open.fixedTops) }
  return { before, all, tried: (carry: Carry) => amend(before, { ...wish, carry }, rule), refusal }
}

/** PERIOD_OVER unless the period belongs to the plan and has not ended by the day. */
export function refusePeriodOver(ctx: Ctx, { plan }: Pick<OpenPlan, 'plan'>, from: number, day = ctx.today): void {
  const period = leavesOf(ctx, plan.year)[from - 1]
  if (period && period.to > day) return
  const label = { zh: '请选择还没有结束的一期', en: 'Choose a period that has not ended' }
  throw targetErrors.PERIOD_OVER({}, [{ field: 'from', code: 'over', label }])
}
