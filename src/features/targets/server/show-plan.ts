import { sumOf } from '#engine/money/decimal.ts'
import { reachOf } from '#engine/policy/company-role.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { metricsInSight } from '#platform/ledger/index.ts'
import { mayAct } from '#platform/records/scope.ts'
import type { Tx } from '#platform/db/step.ts'
import { targetErrors } from '../contract.ts'
import { editPlans, managePlans } from '../permissions.ts'
import { isInForce, settledBy, versionInForce } from '../plan-path.ts'
import type { PlanMonth, PlanRow, PlanSummary } from '../contract.ts'
import { levels } from '../levels.ts'
import { formerCells } from './former-cells.ts'
import { pathStore } from './path-store.ts'
import { seesDrafts } from './plan-makers.ts'
import { periodsTogether } from '#engine/metrics/plan-rule.ts'
import { planReach } from './plan-reach.ts'
import type { PlanReach } from './plan-reach.ts'
import { planStore } from './plan-store.ts'
import { leavesOf, quartersOf, yearOf } from './plan-year.ts'
import type { StoredPlan } from './plan-store.ts'
import type { StoredRow } from './stored-row.ts'

/** A plan with the rows that the actor may see, and what may be changed of it. */
export interface OpenPlan extends PlanReach {
  readonly plan: StoredPlan
  /** The version whose cells the rows have; null: cells that bind nobody yet, and not for the actor to see. */
  readonly shownAt: number | null
  /** The rows of the target, and of every level beside it. */
  readonly all: readonly StoredRow[]
}

/**
 * The plan, or PLAN_NOT_FOUND. Whoever works on plans sees it as it stands; others the figures in force, and no plan of
 * which nothing was published.
 */
export async function openPlan(tx: Tx, ctx: Ctx, planId: string): Promise<OpenPlan> {
  const open = await findPlan(tx, ctx, planId)
  if (!open) throw targetErrors.PLAN_NOT_FOUND()
  return open
}

/** The same, undefined where there is none for the actor. */
export async function findPlan(tx: Tx, ctx: Ctx, planId: string): Promise<OpenPlan | undefined> {
  const open = await findDraft(tx, ctx, planId)
  return open && inForce(tx, open)
}

/** The plan as it stands, for those who are asked for their numbers: what it has for them is not told, see `shownAt`. */
export async function openDraft(tx: Tx, ctx: Ctx, planId: string): Promise<OpenPlan> {
  const open = await findDraft(tx, ctx, planId)
  if (!open || (open.shownAt === null && !open.plan.asksProposals)) throw targetErrors.PLAN_NOT_FOUND()
  return open
}

/** The same, undefined where there is none for the actor. */
export async function findDraft(tx: Tx, ctx: Ctx, planId: string): Promise<OpenPlan | undefined> {
  const plan = await planStore.find(tx, ctx, planId)
  if (!plan || !isInSight(ctx, plan)) return undefined
  const reach = await planReach(ctx, await planStore.rows(tx, planId))
  const all = [...reach.rows, ...(await planStore.levelRows(tx, plan, reach.rows))]
  const isShown = isInForce(plan.status) || (await seesDrafts(tx, ctx, planId))
  return { plan, ...reach, all, shownAt: isShown ? plan.version : null }
}

/** What of it is in force, if it may not be shown as it stands; undefined: nothing. */
export async function inForce(tx: Tx, open: OpenPlan): Promise<OpenPlan | undefined> {
  if (open.shownAt !== null) return open
  const at = versionInForce(open.plan)
  if (at === null) return undefined
  const former = formerCells(await pathStore.changesAfter(tx, open.plan.id, at))
  const then = (rows: readonly StoredRow[]) =>
    rows.map((row) => ({ ...row, months: former.get(row.id) ?? row.months, bases: [] }))
  return { ...open, rows: then(open.rows), all: then(open.all), shownAt: at }
}

/** Targets of a metric that is hidden would tell what it measures. One that was deleted hides nothing. */
function isInSight(ctx: Ctx, { metric }: StoredPlan): boolean {
  return metricsInSight(ctx).find(metric) !== undefined || ctx.company.metrics.find(metric) === undefined
}

export async function listPlans(ctx: Ctx, wanted: { year?: number | undefined; metric?: string | undefined }) {
  return inView(ctx, async (tx) => {
    const plans = (await planStore.list(tx, ctx, wanted)).filter((plan) => isInSight(ctx, plan))
    const summaries: PlanSummary[] = []
    for (const plan of plans) {
      const months = await monthsAtTop(tx, ctx, plan)
      if (months) summaries.push(summarised(ctx, plan, months))
    }
    return { plans: summaries }
  })
}

export async function showPlan(ctx: Ctx, planId: string) {
  return inView(ctx, async (tx) => {
    const open = await openPlan(tx, ctx, planId)
    return {
      plan: summaryOf(ctx, open),
      months: monthsOfPlan(ctx, open.plan),
      rows: open.rows.map((row): PlanRow => {
        return {
          ...row,
          bases: [...row.bases],
          months: [...row.months],
          locked: [...row.locked],
          canEdit: mayEdit(ctx, open.plan) && open.canEdit(row.id),
        }
      }),
    }
  })
}

/** The leaf periods of the plan's year, each with the quarter that it lies in. */
export function monthsOfPlan(ctx: Ctx, { year }: StoredPlan): PlanMonth[] {
  const quarters = quartersOf(ctx, year)
  return leavesOf(ctx, year).map(({ key, label, from, to }) => {
    const quarter = quarters.find((each) => each.from <= from && to <= each.to)
    return { key, label, from, to, quarter: quarter ? { key: quarter.key, number: quarter.number } : null }
  })
}

export function summaryOf(ctx: Ctx, { plan, rows, shownAt }: Pick<OpenPlan, 'plan' | 'rows' | 'shownAt'>): PlanSummary {
  return summarised(
    ctx,
    plan,
    shownAt === null ? [] : rows.flatMap((row) => (row.parentId === null ? [row.months] : [])),
  )
}

/** Most people see the whole plan: its list needs no tree. Undefined where nothing of it is for the actor. */
async function monthsAtTop(tx: Tx, ctx: Ctx, plan: StoredPlan): Promise<readonly Months[] | undefined> {
  const isShown = isInForce(plan.status) || (await seesDrafts(tx, ctx, plan.id))
  if (isShown && reachOf(ctx.actor.role) === 'everything') return [await planStore.topMonths(tx, plan.id)]
  const open = await findPlan(tx, ctx, plan.id)
  return open?.rows.flatMap((row) => (row.parentId === null ? [row.months] : []))
}

type Months = readonly string[]

/** What the tops have together over the year; rates and distinct counts of several make nothing together. */
function yearOver(tops: readonly Months[], { rule, unit }: StoredPlan): string | null {
  if (tops.length === 0 || (tops.length > 1 && rule.nodes !== 'sum')) return null
  return sumOf(tops.map((months) => periodsTogether(months, { rule, unit })))
}

function summarised(ctx: Ctx, plan: StoredPlan, tops: readonly Months[]): PlanSummary {
  const metric = ctx.company.metrics.find(plan.metric)
  const { label } = yearOf(ctx, plan.year)
  return {
    id: plan.id,
    metric: plan.metric,
    metricLabel: metric?.label ?? { zh: plan.metric, en: plan.metric },
    measure: metric?.unit ?? 'count',
    year: plan.year,
    yearLabel: label,
    unit: plan.unit,
    rule: plan.rule,
    status: plan.status,
    figures: isInForce(plan.status) ? 'current' : versionInForce(plan) === null ? 'none' : 'former',
    levels: levels.filter((level) => level === 'target' || plan.levels.includes(level)),
    asksProposals: plan.asksProposals,
    version: plan.version,
    treeOn: plan.treeOn,
    total: yearOver(tops, plan),
    updatedAt: plan.updatedAt.toISOString(),
    updatedBy: plan.updatedById === null ? null : { id: plan.updatedById, name: plan.updatedByName ?? '' },
    can: { edit: mayEdit(ctx, plan), manage: mayAct(ctx, managePlans) },
  }
}

function mayEdit(ctx: Ctx, plan: StoredPlan): boolean {
  return mayAct(ctx, editPlans) && settledBy(plan.status, plan) === null
}
