import type { z } from 'zod'
import { addDays } from '#engine/calendar/day.ts'
import { periodsTogether } from '#engine/metrics/plan-rule.ts'
import { sumOf } from '#engine/money/decimal.ts'
import { isWhole } from '#engine/money/units.ts'
import type { FieldFault } from '#base/errors.ts'
import { AppError } from '#base/errors.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { targetErrors } from '#features/targets/contract.ts'
import {
  monthlySeries,
  openPlan,
  readyReach,
  refusePeriodOver,
  refuseTotalTooHigh,
} from '#features/targets/server/index.ts'
import type { OpenPlan, StoredRow } from '#features/targets/server/index.ts'
import { appealMoved, type Appeal, type Evidence, type lodgeAppealRoute } from '../contract.ts'
import { agreementErrors } from '../errors.ts'
import { appealStore } from './appeal-store.ts'
import { decidingUnit } from './deciders.ts'
import { headsOf } from './head-store.ts'
import { appealsClosed } from './my-targets.ts'
import { proposalStore } from './proposal-store.ts'
import { appealInSight } from './show-appeals.ts'

type Wish = z.output<NonNullable<typeof lodgeAppealRoute.body>>

/**
 * Appeals against the own target, or that of a unit which the actor heads. The head of the unit decides, of an appeal by
 * the head the next tier. Evidence is the own history as the ledger has it, not as it is told.
 */
export async function lodgeAppeal(ctx: Ctx, wish: Wish): Promise<{ appeal: Appeal }> {
  await readyReach(ctx)
  const evidence = await historyOf(ctx, wish)
  return inStep(
    ctx,
    async (step) => {
      const { tx } = step
      await proposalStore.holdPlan(tx, wish.planId)
      const open = await openPlan(tx, ctx, wish.planId)
      const row = open.rows.find(({ id }) => id === wish.node)
      if (!row) throw targetErrors.NODE_NOT_FOUND()
      const heads = await headsOf(tx, [row.unitId])
      const whose = row.kind === 'person' ? row.personId : heads.get(row.unitId)
      if (ctx.actor.personId === null || whose !== ctx.actor.personId) throw agreementErrors.APPEAL_NOT_YOURS()
      const closed = appealsClosed(ctx, open.plan)
      if (closed) throw closed
      refusePeriodOver(ctx, open, wish.from)
      const standing = periodsTogether(row.months.slice(wish.from - 1), open.plan)
      refuseSenseless(open, wish, standing)
      refuseTotalTooHigh(ctx, 'asked', wish.asked, open.plan)
      const place = { planId: wish.planId, unitId: row.unitId, personId: row.personId }
      const id = await appealStore.insert(step, {
        ...place,
        from: wish.from,
        standing,
        asked: wish.asked,
        reasons: wish.reasons,
        evidence,
        atUnitId: await decidingUnit(tx, { ...place, appellantId: ctx.actor.personId }),
        decideBy: addDays(ctx.today, open.plan.appealDays),
      })
      if (id === undefined) throw agreementErrors.APPEAL_OPEN()
      await appealStore.note(step, id, { kind: 'lodged', comment: wish.reasons })
      step.tell({ name: appealMoved, payload: { appealId: id, kind: 'lodged' } })
      step.audit({
        object: 'appeal',
        recordId: id,
        action: 'created',
        before: null,
        after: auditOf(row, wish, standing),
      })
      return { appeal: (await appealInSight(tx, ctx, id)).appeal }
    },
    { kind: 'appeal.lodge' },
  )
}

function auditOf(row: StoredRow, { planId, from, asked, reasons }: Wish, standing: string) {
  return { planId, node: row.id, from, standing, asked, reasons }
}

function refuseSenseless({ plan }: OpenPlan, { asked }: Wish, standing: string): void {
  const faults: FieldFault[] = []
  if (!isWhole(asked, plan.unit)) {
    const label = { zh: '{asked} 不是 {unit} 的整数倍', en: '{asked} is not a multiple of {unit}' }
    faults.push({ field: 'asked', code: 'too-fine', label, params: { asked, unit: plan.unit } })
  } else if (sumOf([asked]) === standing) {
    const label = { zh: '与现在的目标相同', en: 'This is what the target is now' }
    faults.push({ field: 'asked', code: 'same', label })
  }
  if (faults.length > 0) throw agreementErrors.APPEAL_INVALID({}, faults)
}

/** Targets and results of the row in these years; years in which it did not stand are left out. */
async function historyOf(ctx: Ctx, { planId, node, evidence }: Wish): Promise<Evidence[]> {
  if (evidence.length === 0) return []
  const { metric } = await inView(ctx, async (tx) => (await openPlan(tx, ctx, planId)).plan)
  const found: Evidence[] = []
  for (const year of [...new Set(evidence)].toSorted((a, b) => a - b)) {
    const series = await seriesOf(ctx, metric, year, node)
    if (!series.some(({ actual, target }) => (actual ?? '0') !== '0' || (target ?? '0') !== '0')) continue
    found.push({ year, periods: series.map(({ key, target, actual }) => ({ key, target, actual })) })
  }
  return found
}

async function seriesOf(ctx: Ctx, metric: string, year: number, node: string) {
  try {
    return await monthlySeries(ctx, metric, { period: String(year), node })
  } catch (error) {
    if (error instanceof AppError && error.status === 404) return []
    throw error
  }
}
