import type { Label } from '#base/label.ts'
import { overPeriods } from '#engine/metrics/plan-rule.ts'
import { grouped } from '#engine/money/short-form.ts'
import { fromUnits, toUnits } from '#engine/money/units.ts'
import type { Step } from '#platform/db/step.ts'
import { totalOf } from '../plan-tree.ts'
import type { PlanNode } from '../plan-tree.ts'
import { raised } from '../relative-entry.ts'
import type { Weigh } from '../spread.ts'
import { actualsByPeriod, unassignedByPeriod } from './actual-store.ts'
import { leavesToLearnFrom } from './leaves-to-learn-from.ts'
import { planStore } from './plan-store.ts'
import type { StoredPlan } from './plan-store.ts'
import type { StoredRow } from './stored-row.ts'
import type { OpenPlan } from './show-plan.ts'
import { planOfYear } from './plan-start.ts'
import type { PlanStart, StartWish } from './plan-start.ts'
import { startEach } from './start-each.ts'

/**
 * A plan from another year: the tree is the new year's, the total that of the other year raised by the growth, shared as
 * its targets (or its results) were. Buffers and levels come along, locks do not.
 */
export async function startFromYear(step: Step, open: OpenPlan, wish: StartWish): Promise<PlanStart> {
  const year = wish.from.year ?? open.plan.year - 1
  if (open.plan.rule.nodes !== 'sum') return startEach(step, open, wish, year)
  return wish.from.basis === 'targets'
    ? fromTargets(step, open, wish, year)
    : { ...(await fromActuals(step, open.plan, wish, year)) }
}

async function fromTargets(step: Step, { plan, rows }: OpenPlan, wish: StartWish, year: number): Promise<PlanStart> {
  const { tx } = step
  const other = await planOfYear(step, plan.metric, year)
  const old = await planStore.rows(tx, other.id)
  const known = new Map(old.map((row) => [row.id, row.months.map((value) => toUnits(value, plan.unit))]))
  const buffers = new Map(old.map((row) => [row.id, row.buffer]))
  const top = old.flatMap((row) => (row.parentId === null ? (known.get(row.id) ?? []) : []))
  const added = rows.filter((row) => row.kind === 'person' && !known.has(row.id)).length
  return {
    total: wish.total ?? fromUnits(raised(overPeriods(top, plan.rule.periods), wish.from.growth), plan.unit),
    cascade: { ...wish.cascade, method: 'headcount' },
    weigh: byOtherYear(known),
    ...(top.length === rows[0]?.months.length ? { profile: top } : {}),
    rows: rows.map((row) => ({ ...row, buffer: buffers.get(row.id) ?? 0 })),
    levels: await levelsLike(tx, other, old),
    notes: added > 0 ? [newcomers(added)] : [],
  }
}

/** As the other year's plan had it; whoever it did not know counts like the average of those beside it. */
function byOtherYear(known: ReadonlyMap<string, readonly bigint[]>): Weigh {
  const weightOf = (child: PlanNode, month: number) => {
    const year = known.get(child.id)
    // A period without a target says nothing of the whole year's share.
    return year && (year.length === child.months.length ? (year[month] ?? 0n) : totalOf(year))
  }
  return (children, month) => {
    const weights = children.map((child) => weightOf(child, month))
    const told = weights.filter((weight): weight is bigint => weight !== undefined && weight > 0n)
    const average = told.length > 0 ? totalOf(told) / BigInt(told.length) : 0n
    return weights.map((weight) => weight ?? average)
  }
}

/** The levels of the other plan, as percent of its target at the top. */
async function levelsLike(tx: Step['tx'], plan: StoredPlan, rows: readonly StoredRow[]) {
  const tops = new Set(rows.flatMap((row) => (row.parentId === null ? [row.id] : [])))
  const yearOf = (of: readonly StoredRow[]) =>
    totalOf(of.flatMap((row) => row.months.map((value) => toUnits(value, plan.unit))))
  const target = yearOf(rows.filter(({ id }) => tops.has(id)))
  if (target === 0n) return []
  const sides = await planStore.levelRows(tx, plan, rows)
  return plan.levels.map((level) => {
    const own = yearOf(sides.filter((row) => row.parentId === null && row.id.startsWith(level)))
    const percent = Number((own * 200n + target) / (2n * target))
    return { level, percent: level === 'floor' ? Math.min(100, Math.max(1, percent)) : Math.max(100, percent) }
  })
}

async function fromActuals({ tx, ctx }: Step, plan: StoredPlan, wish: StartWish, year: number): Promise<PlanStart> {
  const metric = ctx.company.metrics.find(plan.metric)
  const { spans } = leavesToLearnFrom(ctx, year, plan.rule.periods)
  const wanted = { structureId: plan.structureId, spans, unit: plan.unit }
  const actuals = metric ? await actualsByPeriod(tx, ctx, { metric, ...wanted }) : new Map<string, bigint[]>()
  const unassigned = metric ? await unassignedByPeriod(tx, ctx, { metric, ...wanted }) : []
  const months = spans.map(
    (_, month) => totalOf([...actuals.values()].map((own) => own[month] ?? 0n)) + (unassigned[month] ?? 0n),
  )
  const whole = overPeriods(months, plan.rule.periods)
  const alone = overPeriods(unassigned, plan.rule.periods)
  return {
    total: wish.total ?? fromUnits(raised(whole > 0n ? whole : 0n, wish.from.growth), plan.unit),
    cascade: { ...wish.cascade, method: 'last_actual', season: 'history', baseYear: year },
    notes: alone > 0n ? [sharedByAll(fromUnits(alone, plan.unit))] : [],
  }
}

function sharedByAll(amount: string): Label {
  return {
    zh: `${grouped(amount)} 的业绩没有归属到单位，计入总目标后由各单位分担`,
    en: `Results of ${grouped(amount)} belong to no unit; they count in the total, which all units share`,
  }
}

function newcomers(count: number): Label {
  return {
    zh: `${count} 位新成员在参照年度没有目标，按同组平均分得`,
    en: `${count} people had no target in that year; they get the average of those beside them`,
  }
}
