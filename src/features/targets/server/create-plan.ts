import type { z } from 'zod'
import { earlier, addDays, later } from '#engine/calendar/day.ts'
import type { Label } from '#base/label.ts'
import { unitOf } from '#engine/money/currency.ts'
import { fromUnits, isWhole } from '#engine/money/units.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import { planRuleOf } from '#engine/metrics/plan-rule.ts'
import type { PlanRule } from '#engine/metrics/plan-rule.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import { inStep } from '#platform/db/step.ts'
import type { Step } from '#platform/db/step.ts'
import { metricsInSight } from '#platform/ledger/index.ts'
import { shapeIn } from '#platform/records/company-shape.ts'
import { targetErrors } from '../contract.ts'
import type { createPlanRoute, PlanSummary } from '../contract.ts'
import { boundedRule } from './bounded-rule.ts'
import { cascadeFrom } from './cascade-from.ts'
import { layRows } from './lay-rows.ts'
import { orgStore } from './org-store.ts'
import { keepFiscalYear } from './period-store.ts'
import { planStore } from './plan-store.ts'
import { revisePlan } from './revise-plan.ts'
import type { Cells } from './row-changes.ts'
import type { StoredRow } from './stored-row.ts'
import { madeLevel } from './set-level.ts'
import { startFromYear } from './start-from-year.ts'
import type { PlanStart } from './plan-start.ts'
import { leavesOf, yearOf } from './plan-year.ts'
import { openPlan, summaryOf } from './show-plan.ts'
import { isTooHigh } from '../too-high.ts'
import { amountFault, amountTooHigh } from './faults.ts'
import type { Counted } from './faults.ts'

type NewPlan = z.output<NonNullable<typeof createPlanRoute.body>>

/** Makes a plan of the whole tree from one total. */
export async function createPlan(ctx: Ctx, wish: NewPlan): Promise<{ plan: PlanSummary; notes: Label[] }> {
  const planned = plannable(ctx, wish.metric)
  const { metric } = planned
  refuseTotal(wish, { rule: planned.rule, unit: smallestCount(ctx, metric), measure: metric.unit })
  return inStep(
    ctx,
    async (step) => {
      const planId = await layPlan(step, planned, wish.year)
      await refuseChanged(step, metric)
      const open = await openPlan(step.tx, ctx, planId)
      const start = wish.from ? await startFromYear(step, open, { ...wish, from: wish.from }) : fromTotal(wish)
      const cascade = start.each
        ? { cells: cellsOf(start.each, open.plan.unit), notes: [] }
        : await cascadeFrom(step.tx, ctx, { ...open, all: start.rows ?? open.all }, start)
      const cells = withBuffers(cascade.cells, open.rows, start.rows)
      const made = open.rows.map((row) => ({ ...row, ...cells.get(row.id) }))
      const sides = start.levels ?? []
      const plan = { ...open.plan, levels: sides.map(({ level }) => level) }
      await planStore.setLevels(step, planId, plan.levels)
      await revisePlan(step, plan, [...open.rows, ...(await planStore.levelRows(step.tx, plan, open.rows))], {
        kind: 'created',
        reason: wish.reason ?? null,
        cells: new Map<string, Partial<Cells>>([
          ...cells,
          ...sides.flatMap(({ level, percent }) => [...madeLevel(plan, made, level, percent)]),
        ]),
        noted: { before: null, after: { ...wish } },
      })
      return {
        plan: summaryOf(ctx, await openPlan(step.tx, ctx, planId)),
        notes: [...(start.notes ?? []), ...cascade.notes],
      }
    },
    { kind: 'plan.create' },
  )
}

/**
 * What a plan of the metric counts in: the smallest coin of the company's currency, a hundredth of a percent, a tenth of a
 * day, a hundredth of what is counted on average; else one.
 */
export function smallestCount(ctx: Ctx, { kind, unit }: Metric): string {
  if (unit === 'money') return unitOf(ctx.company.currency)
  if (unit === 'percent') return '0.0001'
  if (unit === 'days') return '0.1'
  return kind === 'ratio' ? '0.01' : '1'
}

function refuseTotal({ total, from }: NewPlan, counting: Counted): void {
  const { unit } = counting
  if (total === undefined && from === undefined) {
    const label = {
      zh: '请填写全年总目标，或选择参照的年度',
      en: 'Give the total of the year, or the year to start from',
    }
    throw targetErrors.PLAN_INVALID({}, [{ field: 'total', code: 'missing', label }])
  }
  if (total !== undefined && !isWhole(total, unit)) {
    throw targetErrors.PLAN_INVALID({}, [amountFault('total', total, unit)])
  }
  if (total !== undefined && isTooHigh(total, counting)) {
    throw targetErrors.PLAN_INVALID({}, [amountTooHigh('total', total, counting)])
  }
}

function fromTotal({ total, cascade }: NewPlan): PlanStart {
  return { total: total ?? '0', cascade }
}

function cellsOf(rows: ReadonlyMap<string, readonly bigint[]>, unit: string) {
  return new Map([...rows].map(([id, months]) => [id, { months: months.map((value) => fromUnits(value, unit)) }]))
}

/** The cascaded cells with what rows hand out more than they got. */
function withBuffers(
  cells: ReadonlyMap<string, Pick<Cells, 'months'>>,
  rows: readonly StoredRow[],
  started: readonly StoredRow[] = [],
): ReadonlyMap<string, Partial<Cells>> {
  const buffered = started.filter(({ buffer }) => buffer > 0)
  const months = new Map(rows.map((row) => [row.id, row.months]))
  return new Map<string, Partial<Cells>>([
    ...cells,
    ...buffered.map(({ id, buffer }) => [id, { months: months.get(id) ?? [], ...cells.get(id), buffer }] as const),
  ])
}

/** A metric that can be planned, with how its targets belong together. */
export interface PlannableMetric {
  readonly metric: Metric
  readonly rule: PlanRule
}

/** Throws METRIC_NOT_FOUND, or METRIC_NOT_PLANNABLE for what nobody can plan. */
export function plannable(ctx: Ctx, key: string): PlannableMetric {
  const metric = metricsInSight(ctx).find(key)
  if (!metric) throw targetErrors.METRIC_NOT_FOUND({ metric: key })
  const rule = planRuleOf(metric)
  if (!rule) throw notPlannable(metric.label[ctx.language])
  return { metric, rule: boundedRule(ctx, key, rule) }
}

/**
 * A metric of the company's own may have been deleted or changed since the act began; from here on it waits for the plan.
 * Throws as `plannable` does, and METRIC_NOT_PLANNABLE where its kind or unit is another than the plan was laid for.
 */
async function refuseChanged(step: Step, { key, kind, unit, label }: Metric): Promise<void> {
  const { ctx, tx } = step
  const { metric: now } = plannable({ ...ctx, company: { ...ctx.company, ...(await shapeIn(tx)) } }, key)
  if (now.kind !== kind || now.unit !== unit) throw notPlannable(label[ctx.language])
}

function notPlannable(metric: string) {
  const label = { zh: '这类指标不能制定目标', en: 'Cannot be planned' }
  return targetErrors.METRIC_NOT_PLANNABLE({ metric }, [{ field: 'metric', code: 'not-plannable', label }])
}

/** The plan with its tree, all zero. */
export async function layPlan(step: Step, { metric, rule }: PlannableMetric, year: number): Promise<string> {
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
  const isNew = await planStore.create(step, {
    id,
    metric: metric.key,
    structureId,
    periodId,
    unit: smallestCount(ctx, metric),
    treeOn,
    rule,
  })
  if (!isNew) throw targetErrors.PLAN_EXISTS({ year })
  await planStore.addRows(step, id, layRows(units, people), leaves.length)
  return id
}
