import type { Label } from '#base/label.ts'
import { toUnits } from '#engine/money/units.ts'
import type { Step } from '#platform/db/step.ts'
import { overPeriods } from '#engine/metrics/plan-rule.ts'
import { raised } from '../relative-entry.ts'
import { heldToMost } from '../too-high.ts'
import { actualsByPeriod } from './actual-store.ts'
import { leavesOf } from './plan-year.ts'
import { planOfYear } from './plan-start.ts'
import type { PlanStart, StartWish } from './plan-start.ts'
import { planStore } from './plan-store.ts'
import type { StoredPlan } from './plan-store.ts'
import type { OpenPlan } from './show-plan.ts'

type Year = readonly (bigint | null)[]

/**
 * Rates and distinct counts from another year: every row has its own targets or results of it, raised. Periods without a
 * figure, or not over yet, get the average of the row's others; rows without any get the rate above, or no count. A share
 * is raised to 100 % at most.
 */
export async function startEach(step: Step, open: OpenPlan, wish: StartWish, year: number): Promise<PlanStart> {
  const { plan, rows } = open
  const known = wish.from.basis === 'targets' ? await targetsOf(step, plan, year) : await resultsOf(step, plan, year)
  const each = new Map<string, readonly bigint[]>()
  let without = 0
  for (const row of rows) {
    const own = withoutGaps(known.get(row.id) ?? [])
    const above = plan.rule.nodes === 'same' ? each.get(row.parentId ?? '') : undefined
    if (own === null && row.kind === 'person') without += 1
    const months = own?.map((value) => heldToMost(raised(value, wish.from.growth), plan)) ?? above ?? []
    each.set(
      row.id,
      row.months.map((_, month) => months[month] ?? 0n),
    )
  }
  return { total: '0', cascade: wish.cascade, each, notes: without > 0 ? [withoutOwn(without)] : [] }
}

function withoutGaps(year: Year): readonly bigint[] | null {
  const told = year.filter((value) => value !== null)
  if (told.length === 0) return null
  const average = overPeriods(told, 'average')
  return year.map((value) => value ?? average)
}

async function targetsOf(step: Step, plan: StoredPlan, year: number): Promise<ReadonlyMap<string, Year>> {
  const rows = await planStore.rows(step.tx, (await planOfYear(step, plan.metric, year)).id)
  return new Map(rows.map((row) => [row.id, row.months.map((value) => toUnits(value, plan.unit))]))
}

async function resultsOf({ tx, ctx }: Step, plan: StoredPlan, year: number): Promise<ReadonlyMap<string, Year>> {
  const metric = ctx.company.metrics.find(plan.metric)
  if (!metric) return new Map()
  const spans = leavesOf(ctx, year)
  const found = await actualsByPeriod(tx, ctx, { metric, structureId: plan.structureId, spans, unit: plan.unit })
  const isTold = (value: bigint, at: number) => {
    const isOver = (spans[at]?.to ?? '') <= ctx.today
    return isOver && (plan.rule.nodes === 'apart' || value !== 0n)
  }
  return new Map([...found].map(([id, months]) => [id, months.map((value, at) => (isTold(value, at) ? value : null))]))
}

function withoutOwn(count: number): Label {
  return {
    zh: `${count} 位成员在参照年度没有自己的数：比率与上级相同，个数为零`,
    en: `${count} people had none of their own in that year: of a rate they get the one above, of a count none`,
  }
}
