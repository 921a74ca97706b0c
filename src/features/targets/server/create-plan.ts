import type { z } from 'zod'
import { earlier, addDays, later } from '#engine/calendar/day.ts'
import type { Label } from '#base/label.ts'
import { unitOf } from '#engine/money/currency.ts'
import { isWhole } from '#engine/money/units.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import { inStep } from '#platform/db/step.ts'
import type { Step } from '#platform/db/step.ts'
import { metricsInSight } from '#platform/ledger/index.ts'
import { shapeIn } from '#platform/records/company-shape.ts'
import { planChanged, targetErrors } from '../contract.ts'
import type { createPlanRoute, PlanSummary } from '../contract.ts'
import { cascadeFrom } from './cascade-from.ts'
import { layRows } from './lay-rows.ts'
import { orgStore } from './org-store.ts'
import { keepFiscalYear } from './period-store.ts'
import { planStore, rowChanges } from './plan-store.ts'
import { leavesOf, yearOf } from './plan-year.ts'
import { openPlan, summaryOf } from './show-plan.ts'
import { amountFault } from './faults.ts'

type NewPlan = z.output<NonNullable<typeof createPlanRoute.body>>

/** Makes a plan of the whole tree from one total. */
export async function createPlan(ctx: Ctx, wish: NewPlan): Promise<{ plan: PlanSummary; notes: Label[] }> {
  const metric = plannable(ctx, wish.metric)
  const unit = metric.unit === 'money' ? unitOf(ctx.company.currency) : '1'
  if (!isWhole(wish.total, unit)) throw targetErrors.PLAN_INVALID({}, [amountFault('total', wish.total, unit)])
  return inStep(
    ctx,
    async (step) => {
      const planId = await layPlan(step, metric.key, wish.year, unit)
      await refuseChanged(step, metric)
      const open = await openPlan(step.tx, ctx, planId)
      const cascade = await cascadeFrom(step.tx, ctx, open, { total: wish.total, cascade: wish.cascade })
      await planStore.saveRows(step, planId, {
        kind: 'created',
        reason: wish.reason ?? null,
        changes: rowChanges(open.rows, cascade.cells),
      })
      step.tell({ name: planChanged, payload: { planId, metric: metric.key, year: wish.year, version: 1 } })
      step.audit({ object: 'plan', recordId: planId, action: 'created', before: null, after: { ...wish } })
      return { plan: summaryOf(ctx, await openPlan(step.tx, ctx, planId)), notes: [...cascade.notes] }
    },
    { kind: 'plan.create' },
  )
}

/** The metric, if its children add up to their parent. */
function plannable(ctx: Ctx, key: string): Metric {
  const metric = metricsInSight(ctx).find(key)
  if (!metric) throw targetErrors.METRIC_NOT_FOUND({ metric: key })
  if (metric.kind !== 'flow') throw notPlannable(metric.label[ctx.language])
  return metric
}

/**
 * A metric of the company's own may have been deleted or changed since the act began; from here on it waits for the plan.
 * Throws as `plannable` does, and METRIC_NOT_PLANNABLE where its unit is another than the plan was laid in.
 */
async function refuseChanged(step: Step, { key, unit, label }: Metric): Promise<void> {
  const { ctx, tx } = step
  const now = plannable({ ...ctx, company: { ...ctx.company, ...(await shapeIn(tx)) } }, key)
  if (now.unit !== unit) throw notPlannable(label[ctx.language])
}

function notPlannable(metric: string) {
  const label = { zh: '不能逐级分解', en: 'Cannot be cascaded' }
  return targetErrors.METRIC_NOT_PLANNABLE({ metric }, [{ field: 'metric', code: 'not-plannable', label }])
}

/** The plan with its tree, all zero. */
async function layPlan(step: Step, metric: string, year: number, unit: string): Promise<string> {
  const { tx, ctx } = step
  const structureId = await orgStore.defaultStructure(tx)
  const { from, to } = yearOf(ctx, year)
  const treeOn = earlier(later(ctx.today, from), addDays(to, -1))
  const units = structureId === undefined ? [] : await orgStore.unitsOn(tx, structureId, treeOn)
  if (structureId === undefined || units.length === 0) throw targetErrors.ORG_EMPTY()
  const leaves = leavesOf(ctx, year)
  const people = await orgStore.presence(tx, structureId, leaves)
  const id = newId()
  const periodId = await keepFiscalYear(step, year)
  const isNew = await planStore.create(step, { id, metric, structureId, periodId, unit, treeOn })
  if (!isNew) throw targetErrors.PLAN_EXISTS({ year })
  await planStore.addRows(step, id, layRows(units, people), leaves.length)
  return id
}
