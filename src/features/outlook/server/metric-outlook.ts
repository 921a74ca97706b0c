import type { Label } from '#base/label.ts'
import { verdictOf } from '#engine/forecast/achievability.ts'
import { forecastSeries, type SeriesForecast } from '#engine/forecast/forecast-series.ts'
import { chanceOf, landing } from '#engine/forecast/landing.ts'
import { pastPeriods, type PastPeriod } from '#engine/forecast/past-periods.ts'
import { periodBeside, type Period } from '#engine/calendar/period.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { readSeries } from '#platform/ledger/index.ts'
import type { AttainmentNode } from '#features/targets/contract.ts'
import { attainmentTree, metricAsked, periodAsked } from '#features/targets/server/index.ts'
import type { PastForecast } from '../contract.ts'
import { methodNames } from '../names.ts'
import { leavesAround, standingOf, type LeavesAround } from './leaves-around.ts'
import { landingKind, withoutGaps, written } from './written.ts'

interface Question {
  readonly node?: string | undefined
  readonly period?: string | undefined
  readonly level: number
}

/** Half a year ahead at least. */
const leastAhead = 6
const mostAhead = 36

/** A metric at one node month by month, with what is to come and how right such forecasts were. */
export async function metricOutlook(ctx: Ctx, metricKey: string, { node, period: key, level }: Question) {
  const metric = metricAsked(ctx, metricKey)
  const period = periodAsked(ctx, key)
  // Finds the node in what the actor sees, with its target.
  const asked = await attainmentTree(ctx, metricKey, { period: period.key, node })
  const leaves = leavesAround(ctx)
  const figures = await inView(ctx, (tx) =>
    readSeries(tx, ctx, metric, { id: node ?? null, parts: partsOf(asked) }, [...leaves.behind, leaves.running]),
  )
  const read = figures.map((figure) => (figure === null ? null : Number(figure)))
  const history = withoutGaps(read.slice(0, -1), metric.kind)
  const standing = standingOf(ctx, period, leaves)
  const horizon = Math.min(mostAhead, Math.max(leastAhead, standing.wait + standing.open))
  const found = forecastSeries(history, { season: leaves.season, horizon, level })
  const months = [...leaves.behind, leaves.running].map((leaf, at) => {
    return { ...shown(leaf), actual: figures[at] ?? null, isRunning: leaf === leaves.running }
  })
  const first = months.findIndex(({ actual }) => actual !== null && Number(actual) !== 0)
  return {
    name: asked.name,
    level,
    months: months.slice(first < 0 ? -leaves.season : first),
    forecast: found ? pointsOf(ctx, metric, leaves, found) : [],
    method: found?.method ?? null,
    methodLabel: found ? methodNames[found.method] : null,
    backtest: found && { ...found.backtest, methods: found.backtest.methods.map(named) },
    past: pastForecasts(metric, leaves, { history, months: Math.max(1, Math.round(leaves.season / 4)), level }),
    landing: landingOf({ metric, period, leaves, standing, level, history, asked, current: read.at(-1) ?? 0 }),
  }
}

/** A node over several tops stands for them. */
function partsOf({ id, unitId, kind, children }: AttainmentNode): readonly string[] {
  return unitId === null && kind === 'unit' ? children.map((child) => child.id) : [id]
}

function pointsOf(ctx: Ctx, metric: Metric, { running }: LeavesAround, found: SeriesForecast) {
  return found.points.map((point, at) => ({
    ...shown(periodBeside(running, at, ctx.company.calendar)),
    point: written(point, metric),
    lower: written(found.lower[at] ?? point, metric),
    upper: written(found.upper[at] ?? point, metric),
  }))
}

function named(errors: SeriesForecast['backtest']['methods'][number]) {
  return { ...errors, label: methodNames[errors.method] }
}

export function shown({ key, label, from, to }: Period): { key: string; label: Label; from: string; to: string } {
  return { key, label, from, to }
}

/** Whole periods of the past, the newest first; the history ends with the last complete month. */
export function pastForecasts(
  metric: Metric,
  { behind, season }: LeavesAround,
  asked: { readonly history: readonly number[]; readonly months: number; readonly level: number },
): PastForecast[] {
  const { history, months, level } = asked
  const begun = history.findIndex((value) => value !== 0)
  const known = begun < 0 ? [] : history.slice(begun)
  const days = behind.slice(behind.length - known.length)
  const write = (past: PastPeriod): PastForecast => ({
    from: days[past.from]?.from ?? '',
    to: days[past.from + months - 1]?.to ?? '',
    actual: written(past.actual, metric),
    forecast: written(past.mean, metric),
    lower: written(past.lower, metric),
    upper: written(past.upper, metric),
    isInside: past.isInside,
  })
  return pastPeriods(known, { months, kind: landingKind(metric), season, level }).map(write)
}

interface Landing {
  readonly metric: Metric
  readonly period: Period
  readonly leaves: LeavesAround
  readonly standing: ReturnType<typeof standingOf>
  readonly level: number
  readonly history: readonly number[]
  readonly asked: AttainmentNode
  readonly current: number
}

function landingOf({ metric, period, leaves, standing, level, history, asked, current }: Landing) {
  if (standing.open === 0) return null
  const actual = Number(asked.actual ?? 0)
  const { share, season } = leaves
  const kind = landingKind(metric)
  const found = landing({ kind, history, actual, current, share, season, level, ...standing })
  if (!found) return null
  const target = asked.target === null ? null : Number(asked.target)
  const chance = target === null ? null : chanceOf(target, found, metric.better)
  return {
    period: shown(period),
    actual: written(actual, metric),
    forecast: written(found.mean, metric),
    lower: written(found.lower, metric),
    upper: written(found.upper, metric),
    target: asked.target,
    chance,
    verdict: chance === null ? null : verdictOf(chance),
  }
}
