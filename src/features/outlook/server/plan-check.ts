import { setImmediate as breathe } from 'node:timers/promises'
import { yearPeriod, type Period } from '#engine/calendar/period.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import { periodsTogether } from '#engine/metrics/plan-rule.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { metricsInSight } from '#platform/ledger/index.ts'
import { targetErrors, type PlanRow } from '#features/targets/contract.ts'
import { objectivesServed } from '#features/objectives/server/index.ts'
import { readNodeId, showPlan } from '#features/targets/server/index.ts'
import type { CheckedRow, LightName, LightState, Verdict } from '../contract.ts'
import { lightNames, lightStates } from '../contract.ts'
import { lightsOf } from '../smart.ts'
import { pastForecasts, shown, sinceBegun } from './metric-outlook.ts'
import { atOnce, oddsOf, type Odds, type RowEnd } from './odds.ts'
import { shownOdds } from './shown-odds.ts'
import { written } from './written.ts'

type Plan = Awaited<ReturnType<typeof showPlan>>

interface Checked {
  readonly period: Period
  readonly metric: Metric | undefined
  readonly rows: readonly CheckedRow[]
  readonly odds: Odds | undefined
}

interface Wanted {
  readonly light?: LightName | undefined
  readonly state?: LightState | undefined
  readonly verdict?: Verdict | undefined
}

/** Every row of a plan in sight that has a target, with its five lights. */
export async function planCheck(ctx: Ctx, planId: string, wanted: Wanted) {
  const { period, rows } = await checkPlan(ctx, planId, hasTarget)
  return { period: shown(period), counts: countsOf(rows), rows: rows.filter((row) => isWanted(row, wanted)) }
}

/** One row, with the back-test of periods as long as the plan's, or as the past allows. */
export async function rowCheck(ctx: Ctx, planId: string, node: string) {
  const { period, metric, rows, odds } = await checkPlan(ctx, planId, ({ id }) => id === node)
  const [row] = rows
  if (!row) throw targetErrors.NODE_NOT_FOUND()
  const history = sinceBegun(odds?.pasts.get(node)?.months ?? [])
  const season = odds?.leaves.season ?? 0
  const months = history.length >= 2 * season ? season : Math.max(1, Math.round(season / 4))
  const past = metric && odds ? pastForecasts(metric, odds.leaves, { history, months, level }) : []
  return { period: shown(period), row, past }
}

const level = 0.8

const hasTarget = ({ months }: PlanRow): boolean => months.some((month) => Number(month) !== 0)

async function checkPlan(ctx: Ctx, planId: string, isAsked: (row: PlanRow) => boolean): Promise<Checked> {
  const plan = await showPlan(ctx, planId)
  const period = yearPeriod(ctx.company.calendar, plan.plan.year)
  const metric = metricsInSight(ctx).find(plan.plan.metric)
  const odds = metric ? await oddsOf(ctx, { metric, period, rows: plan.rows, level }) : undefined
  const served = await inView(ctx, (tx) => objectivesServed(tx, planId))
  const rows: CheckedRow[] = []
  for (const [at, row] of plan.rows.filter(isAsked).entries()) {
    if (at % atOnce === 0) await breathe()
    const place = readNodeId(row.id)
    const objectives = place ? served(place) : 0
    const end = metric && hasTarget(row) && period.to > ctx.today ? await odds?.of(row) : null
    rows.push(
      checked({ plan, row, metric, period, odds, end: end ?? null, isOver: period.to <= ctx.today, objectives }),
    )
  }
  return { period, metric, rows, odds }
}

interface OneRow {
  readonly plan: Plan
  readonly row: PlanRow
  readonly metric: Metric | undefined
  readonly period: Period
  readonly odds: Odds | undefined
  /** Where it ends; null where nothing is known, or nothing is asked. */
  readonly end: RowEnd | null
  readonly isOver: boolean
  /** How many objectives it serves. */
  readonly objectives: number
}

function checked({ plan, row, metric, period, odds, end, isOver, objectives }: OneRow): CheckedRow {
  const target = periodsTogether(row.months, plan.plan)
  const past = odds?.pasts.get(row.id)
  const season = odds?.leaves.season ?? row.months.length
  const found = end && metric ? shownOdds(end, { target, metric, market: past?.market ?? null }) : null
  const looked = Math.min(season, past?.months.length ?? season)
  const lights = lightsOf({
    metric: plan.plan.metricLabel,
    isMetricKnown: metric !== undefined,
    owner: row.kind === 'person' ? row.name : (past?.headName ?? null),
    monthsWithResults: isOver
      ? Number((past?.actual ?? 0) !== 0)
      : (past?.months ?? []).slice(-season).filter((value) => value !== 0).length,
    monthsLooked: isOver ? 1 : Math.max(looked, 1),
    isOver,
    achievability: found,
    objectives,
    period: period.label,
    milestones: row.months.filter((month) => Number(month) !== 0).length,
    periods: row.months.length,
  })
  return {
    node: row.id,
    kind: row.kind,
    name: row.name,
    tier: row.tier,
    parentId: row.parentId,
    target: written(Number(target), metric ?? { unit: 'money' }),
    lights,
    achievability: found,
  }
}

function isWanted({ lights, achievability }: CheckedRow, { light, state, verdict }: Wanted): boolean {
  if (verdict !== undefined && achievability?.verdict !== verdict) return false
  if (light === undefined) return state === undefined || lightNames.some((name) => lights[name].state === state)
  return state === undefined ? lights[light].state !== 'good' : lights[light].state === state
}

function countsOf(rows: readonly CheckedRow[]) {
  const withVerdict = (verdict: Verdict) =>
    rows.filter(({ achievability }) => achievability?.verdict === verdict).length
  const states = (name: LightName) =>
    Object.fromEntries(
      lightStates.map((state) => [state, rows.filter(({ lights }) => lights[name].state === state).length]),
    ) as Record<LightState, number>
  return {
    rows: rows.length,
    tooEasy: withVerdict('too-easy'),
    challenge: withVerdict('challenge'),
    outOfReach: withVerdict('out-of-reach'),
    unknown: rows.filter(({ achievability }) => achievability === null).length,
    lights: Object.fromEntries(lightNames.map((name) => [name, states(name)])) as Record<
      LightName,
      Record<LightState, number>
    >,
  }
}
