import { setImmediate as breathe } from 'node:timers/promises'
import { yearPeriod, type Period } from '#engine/calendar/period.ts'
import { achievabilityOf, type Achievability } from '#engine/forecast/achievability.ts'
import { widthOf } from '#engine/forecast/normal.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import { periodsTogether } from '#engine/metrics/plan-rule.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { metricsInSight } from '#platform/ledger/index.ts'
import { targetErrors, type PlanRow } from '#features/targets/contract.ts'
import { showPlan } from '#features/targets/server/index.ts'
import type { CheckedRow, LightName, LightState } from '../contract.ts'
import { lightNames, lightStates } from '../contract.ts'
import { evidenceNames } from '../names.ts'
import { lightsOf } from '../smart.ts'
import { leavesAround, standingOf, type LeavesAround } from './leaves-around.ts'
import { pastForecasts, shown } from './metric-outlook.ts'
import { evidenceOf, isWithoutHistory, landingOfRow, type Moment, type RowPast } from './row-evidence.ts'
import { pastsOf } from './row-pasts.ts'
import { landingKind, written } from './written.ts'

type Plan = Awaited<ReturnType<typeof showPlan>>

interface Checked {
  readonly period: Period
  readonly leaves: LeavesAround
  readonly metric: Metric | undefined
  readonly rows: readonly CheckedRow[]
  readonly pasts: ReadonlyMap<string, RowPast>
}

interface Wanted {
  readonly light?: LightName | undefined
  readonly state?: LightState | undefined
  readonly verdict?: Achievability['verdict'] | undefined
}

/** Every row of a plan in sight that has a target, with its five lights. */
export async function planCheck(ctx: Ctx, planId: string, wanted: Wanted) {
  const { period, rows } = await checkPlan(ctx, planId, hasTarget)
  return { period: shown(period), counts: countsOf(rows), rows: rows.filter((row) => isWanted(row, wanted)) }
}

/** One row, with the back-test of periods as long as the plan's, or as the past allows. */
export async function rowCheck(ctx: Ctx, planId: string, node: string) {
  const { period, leaves, metric, rows, pasts } = await checkPlan(ctx, planId, ({ id }) => id === node)
  const [row] = rows
  if (!row) throw targetErrors.NODE_NOT_FOUND()
  const history = pasts.get(node)?.months ?? []
  const months = history.length >= 2 * leaves.season ? leaves.season : Math.max(1, Math.round(leaves.season / 4))
  const past = metric ? pastForecasts(metric, leaves, { history, months, level }) : []
  return { period: shown(period), row, past }
}

const level = 0.8

const hasTarget = ({ months }: PlanRow): boolean => months.some((month) => Number(month) !== 0)

async function checkPlan(ctx: Ctx, planId: string, isAsked: (row: PlanRow) => boolean): Promise<Checked> {
  const plan = await showPlan(ctx, planId)
  const period = yearPeriod(ctx.company.calendar, plan.plan.year)
  const leaves = leavesAround(ctx)
  const metric = metricsInSight(ctx).find(plan.plan.metric)
  const moment = momentOf(ctx, period, leaves, metric)
  const pasts = metric
    ? await inView(ctx, (tx) => pastsOf(tx, ctx, { metric, period, leaves, moment, rows: plan.rows }))
    : new Map<string, RowPast>()
  const perHead = perHeadOf(plan.rows, pasts, moment)
  const rows: CheckedRow[] = []
  for (const [at, row] of plan.rows.filter(isAsked).entries()) {
    if (at % 50 === 49) await breathe()
    rows.push(checked({ plan, row, metric, period, past: pasts.get(row.id), moment, peers: perHead(row) }))
  }
  return { period, leaves, metric, rows, pasts }
}

function momentOf(ctx: Ctx, period: Period, leaves: LeavesAround, metric: Metric | undefined): Moment {
  const kind = landingKind(metric ?? { kind: 'flow' })
  return { kind, share: leaves.share, season: leaves.season, ...standingOf(ctx, period, leaves) }
}

/** What rows like this one, with a history of their own, will reach by head: those of its tier in sight. */
function perHeadOf(rows: readonly PlanRow[], pasts: ReadonlyMap<string, RowPast>, moment: Moment) {
  const keyOf = ({ kind, tier }: PlanRow) => `${kind} ${tier ?? ''}`
  const byKey = Map.groupBy(rows, keyOf)
  const known = new Map<string, readonly number[]>()
  const reached = (row: PlanRow): readonly number[] => {
    const past = pasts.get(row.id)
    const heads = past?.headsAhead.at(-1) ?? 0
    if (!past || heads <= 0 || isWithoutHistory(past)) return []
    const found = landingOfRow(past, moment)
    return found ? [found.mean / heads] : []
  }
  return (row: PlanRow): readonly number[] => {
    const past = pasts.get(row.id)
    if (!past || !isWithoutHistory(past)) return []
    const key = keyOf(row)
    const peers = known.get(key) ?? (byKey.get(key) ?? []).flatMap(reached)
    known.set(key, peers)
    return peers
  }
}

interface OneRow {
  readonly plan: Plan
  readonly row: PlanRow
  readonly metric: Metric | undefined
  readonly period: Period
  readonly past: RowPast | undefined
  readonly moment: Moment
  readonly peers: readonly number[]
}

function checked({ plan, row, metric, period, past, moment, peers }: OneRow): CheckedRow {
  const target = Number(periodsTogether(row.months, plan.plan))
  const found =
    metric && past && hasTarget(row)
      ? achievabilityOf({ target, better: metric.better, evidence: evidenceOf(past, moment, peers), level })
      : null
  const looked = Math.min(moment.season, past?.months.length ?? moment.season)
  const lights = lightsOf({
    metric: plan.plan.metricLabel,
    isMetricKnown: metric !== undefined,
    owner: row.kind === 'person' ? row.name : (past?.headName ?? null),
    monthsWithResults: (past?.months ?? []).slice(-moment.season).filter((value) => value !== 0).length,
    monthsLooked: Math.max(looked, 1),
    achievability: found,
    objectives: 0,
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
    target: written(target, metric ?? { unit: 'money' }),
    lights,
    achievability: found && metric ? shownChance(found, metric) : null,
  }
}

function shownChance(found: Achievability, metric: Metric): CheckedRow['achievability'] {
  const width = widthOf(level)
  return {
    chance: found.chance,
    verdict: found.verdict,
    forecast: written(found.mean, metric),
    lower: written(found.lower, metric),
    upper: written(found.upper, metric),
    isBorrowed: found.isBorrowed,
    drivers: found.drivers.map(({ kind, mean, deviation, weight, chance }) => ({
      kind,
      label: evidenceNames[kind],
      forecast: written(mean, metric),
      lower: written(mean - width * deviation, metric),
      upper: written(mean + width * deviation, metric),
      weight,
      chance,
    })),
  }
}

function isWanted({ lights, achievability }: CheckedRow, { light, state, verdict }: Wanted): boolean {
  if (verdict !== undefined && achievability?.verdict !== verdict) return false
  if (light === undefined) return state === undefined || lightNames.some((name) => lights[name].state === state)
  return state === undefined ? lights[light].state !== 'good' : lights[light].state === state
}

function countsOf(rows: readonly CheckedRow[]) {
  const withVerdict = (verdict: Achievability['verdict']) =>
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
