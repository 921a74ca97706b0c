import type { Label } from '#base/label.ts'
import { verdictOf } from '#engine/forecast/achievability.ts'
import type { SeriesForecast } from '#engine/forecast/forecast-series.ts'
import { rememberedSeries } from '#engine/forecast/remembered-series.ts'
import { chanceOf, landing } from '#engine/forecast/landing.ts'
import { pastPeriods, type PastPeriod } from '#engine/forecast/past-periods.ts'
import type { FiscalCalendar } from '#engine/calendar/fiscal-calendar.ts'
import { periodAround, periodBeside, type Period } from '#engine/calendar/period.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { readSeries } from '#platform/ledger/index.ts'
import type { AttainmentNode } from '#features/targets/contract.ts'
import {
  attainmentTree,
  metricAsked,
  nodeIdOf,
  nodeUnknown,
  periodAsked,
  showPlan,
} from '#features/targets/server/index.ts'
import type { PastForecast } from '../contract.ts'
import { methodNames } from '../names.ts'
import { leavesAround, type LeavesAround } from './leaves-around.ts'
import { momentOf, oddsOf, type OddsRow } from './odds.ts'
import { horizonOf, type Moment } from './row-evidence.ts'
import { shownBasis } from './shown-basis.ts'
import { shownEnd } from './shown-odds.ts'
import { landingKind, withoutGaps, written } from './written.ts'

interface Question {
  readonly node?: string | undefined
  readonly period?: string | undefined
  readonly level: number
}

/** A metric at one node month by month, with what is to come and how right such forecasts were. */
export async function metricOutlook(ctx: Ctx, metricKey: string, { node, period: key, level }: Question) {
  const metric = metricAsked(ctx, metricKey)
  const period = periodAsked(ctx, key)
  // Finds the node in what the actor sees, with its target.
  const tree = await attainmentTree(ctx, metricKey, { period: period.key })
  const asked = node === undefined ? tree : nodeNamed(tree, node)
  if (!asked) throw nodeUnknown()
  const leaves = leavesAround(ctx)
  const moment = momentOf(ctx, period, leaves, metric)
  const figures = await inView(ctx, (tx) =>
    readSeries(tx, ctx, metric, { id: node ?? null, parts: partsOf(asked) }, [...leaves.behind, leaves.running]),
  )
  const read = figures.map((figure) => (figure === null ? null : Number(figure)))
  const history = withoutGaps(read.slice(0, -1), metric.kind)
  const current = read.at(-1) ?? (metric.kind === 'ratio' ? (history.at(-1) ?? 0) : 0)
  const horizon = horizonOf(moment)
  const forecast = rememberedSeries(history, { season: leaves.season, horizon, level, effort: 'quick' })
  const months = [...leaves.behind, leaves.running].map((leaf, at) => {
    return { ...shown(leaf), actual: figures[at] ?? null, isRunning: leaf === leaves.running }
  })
  const first = months.findIndex(({ actual }) => actual !== null && Number(actual) !== 0)
  const landing = await landingAt(ctx, { metric, period, moment, tree, asked, level })
  return {
    name: asked.name,
    level,
    months: months.slice(first < 0 ? -leaves.season : first),
    forecast: forecast ? pointsOf(ctx, metric, leaves, { forecast, history, current, level }) : [],
    method: forecast?.method ?? null,
    methodLabel: forecast ? methodNames[forecast.method] : null,
    backtest: forecast && { ...forecast.backtest, methods: forecast.backtest.methods.map(named) },
    past: pastForecasts(metric, leaves, { history, months: Math.max(1, Math.round(leaves.season / 4)), level }),
    landing,
  }
}

function nodeNamed(node: AttainmentNode, id: string): AttainmentNode | undefined {
  if (node.id === id) return node
  for (const child of node.children) {
    const found = nodeNamed(child, id)
    if (found) return found
  }
  return undefined
}

/** A node over several tops stands for them. */
function partsOf({ id, unitId, kind, children }: AttainmentNode): readonly string[] {
  return unitId === null && kind === 'unit' ? children.map((child) => child.id) : [id]
}

interface Drawn {
  readonly forecast: SeriesForecast
  readonly history: readonly number[]
  /** What the running month has until now. */
  readonly current: number
  readonly level: number
}

/** Months to come; the running one is what is there and what its rest brings, and a level goes on from it, as the landing has it. */
function pointsOf(ctx: Ctx, metric: Metric, leaves: LeavesAround, { forecast, history, current, level }: Drawn) {
  const kind = landingKind(metric) ?? 'flow'
  const { share, running } = leaves
  const asked = { kind, history, actual: current, current, share, level, forecast: until(forecast) }
  return forecast.points.map((point, at) => {
    const month = at === 0 || kind === 'level' ? landing({ ...asked, open: at + 1 }) : null
    const [mean, lower, upper] = month
      ? [month.mean, month.lower, month.upper]
      : [point, forecast.lower[at] ?? point, forecast.upper[at] ?? point]
    return {
      ...shown(periodBeside(running, at, ctx.company.calendar)),
      point: written(mean, metric),
      lower: written(lower, metric),
      upper: written(upper, metric),
    }
  })
}

/** The running month alone. */
function until(forecast: SeriesForecast): SeriesForecast {
  const [mean = 0] = forecast.points
  return { ...forecast, total: { mean, deviation: forecast.deviations[0] ?? 0 } }
}

function named(errors: SeriesForecast['backtest']['methods'][number]) {
  return { ...errors, label: methodNames[errors.method] }
}

export function shown({ key, label, from, to }: Period): { key: string; label: Label; from: string; to: string } {
  return { key, label, from, to }
}

/** A history from its first result on. */
export function sinceBegun(history: readonly number[]): readonly number[] {
  const begun = history.findIndex((value) => value !== 0)
  return begun < 0 ? [] : history.slice(begun)
}

/** Whole periods of the past, the newest first; the history ends with the last complete month. */
export function pastForecasts(
  metric: Metric,
  { behind, season, calendar }: LeavesAround,
  asked: { readonly history: readonly number[]; readonly months: number; readonly level: number },
): PastForecast[] {
  const { history, level } = asked
  const kind = landingKind(metric)
  const known = sinceBegun(history)
  // A rate or distinct count of several months is not told by those of each.
  const months = kind === 'flow' || kind === 'level' ? asked.months : 1
  const days = behind.slice(behind.length - known.length)
  const write = (past: PastPeriod): PastForecast => ({
    ...spanned(days.slice(past.from, past.from + months), calendar),
    actual: written(past.actual, metric),
    forecast: written(past.mean, metric),
    lower: written(past.lower, metric),
    upper: written(past.upper, metric),
    isInside: past.isInside,
  })
  return pastPeriods(known, { months, kind: kind === 'level' ? 'level' : 'flow', season, level }).map(write)
}

/** Neighbouring months as one: called as the quarter or year that they are, or from the first to the last. */
function spanned(months: readonly Period[], calendar: FiscalCalendar): Pick<PastForecast, 'label' | 'from' | 'to'> {
  const [first, last] = [months[0], months.at(-1)]
  if (!first || !last) return { label: { zh: '', en: '' }, from: '', to: '' }
  const span = { from: first.from, to: last.to }
  const kinds = ['month', 'quarter', 'year'] as const
  const same = kinds
    .map((kind) => periodAround(first.from, kind, calendar))
    .find(({ from, to }) => from === span.from && to === span.to)
  const between = { zh: `${first.label.zh} – ${last.label.zh}`, en: `${first.label.en} – ${last.label.en}` }
  return { label: same?.label ?? between, ...span }
}

interface Asked {
  readonly metric: Metric
  readonly period: Period
  readonly moment: Moment
  readonly tree: AttainmentTree
  readonly asked: AttainmentNode
  readonly level: number
}

type AttainmentTree = Awaited<ReturnType<typeof attainmentTree>>

/** Where the period ends at the node, by the same odds as the check of its target. */
async function landingAt(ctx: Ctx, { metric, period, moment, tree, asked, level }: Asked) {
  if (moment.open === 0) return null
  const row = rowOf(asked)
  const { planId } = tree.meta
  const rows: readonly OddsRow[] = planId === null ? nodesOf(tree) : (await showPlan(ctx, planId)).rows
  const all = row === null || rows.some(({ id }) => id === row.id) ? rows : [...rows, row]
  const odds = await oddsOf(ctx, { metric, period, rows: all, level })
  const end = row && (await odds.of(row))
  if (!row || !end) return null
  const past = odds.pasts.get(row.id)
  const { target } = asked
  const chance = target === null ? null : chanceOf(Number(target), end, metric.better)
  const { drivers, ...landing } = shownEnd(end, {
    metric,
    market: past?.market ?? null,
    target,
  })
  return {
    ...landing,
    drivers: drivers.map((driver) => ({
      ...driver,
      basis: past ? shownBasis(driver.kind, { metric, leaves: odds.leaves, past, moment }) : null,
    })),
    period: shown(period),
    actual: written(Number(asked.actual ?? 0), metric),
    target,
    chance,
    verdict: chance === null ? null : verdictOf(chance),
  }
}

function nodesOf(node: AttainmentNode): readonly OddsRow[] {
  const own = rowOf(node)
  return [...(node.unitId !== null && own ? [own] : []), ...node.children.flatMap(nodesOf)]
}

/** The row of a node; of one over several tops that of the only one that stands for a unit. */
function rowOf(node: AttainmentNode): OddsRow | null {
  const { unitId, personId, kind, tier, children } = node
  if (unitId !== null) return { id: nodeIdOf({ unitId, personId: kind === 'person' ? personId : null }), kind, tier }
  const [only, ...others] = children.filter((child) => child.unitId !== null)
  return only && others.length === 0 ? rowOf(only) : null
}
