import type { Period } from '#engine/calendar/period.ts'
import { checkOwnMetric } from '#engine/metrics/check-own-metric.ts'
import { figureOf, type Metric, type MetricSource } from '#engine/metrics/metric.ts'
import { builtOn, metricsBehind } from '#engine/metrics/metrics.ts'
import { formulaInWords } from '#engine/metrics/own-metric-words.ts'
import { findNode } from '#engine/metrics/find-node.ts'
import type { TierNode } from '#engine/metrics/tier-node.ts'
import { marketBehind } from '#features/market/server/index.ts'
import { metricAsked, nodeUnknown, periodAsked, plannedYears } from '#features/targets/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import {
  formerVersions,
  metricsInSight,
  ownMetrics,
  daysOfPart,
  readFigure,
  readRecordsBehind,
  readTree,
} from '#platform/ledger/index.ts'
import type { Lineage, OwnMetricDraft } from '../contract.ts'
import { sourceInWords } from './source-words.ts'

interface Question {
  readonly period?: string | undefined
  readonly node?: string | undefined
}

/** How a metric is worked out, with the numbers of one node and period that the actor sees. */
export async function showLineage(
  ctx: Ctx,
  key: string,
  { period: periodKey, node: nodeId }: Question,
): Promise<Lineage> {
  const metric = metricAsked(ctx, key)
  const period = periodAsked(ctx, periodKey)
  const { metrics, wholeCatalogue: catalogue } = ctx.company
  return inView(ctx, async (tx) => {
    const whole = await readTree(tx, ctx, metric, period)
    const node = nodeId === undefined ? whole.tree : findNode(whole.tree, nodeId)
    if (!node) throw nodeUnknown()
    const behind = await readRecordsBehind(tx, ctx, metric, whole, node, { limit: 1 })
    const own = (await ownMetrics(tx)).find((row) => row.key === key)
    const parts = partsOf(metric, ctx)
    const from = []
    for (const part of parts) {
      const days = daysOfPart(ctx, part, period)
      const figure = days && (await readFigure(tx, ctx, part, nodeId ?? null, days))
      from.push({ key: part.key, label: part.label, unit: part.unit, figure })
    }
    const isPlainRatio = metric.kind === 'ratio' && !metric.quotient
    const sides = isPlainRatio
      ? { over: amountOf(node.numerator), under: amountOf(node.denominator) }
      : {
          over: metric.quotient ? (from[0]?.figure ?? null) : null,
          under: metric.quotient ? (from[1]?.figure ?? null) : null,
        }
    const { version, label, formula, kind, unit, better } = metric
    const copy = own ? own.definition : copyOf(metric)
    return {
      key, version, label, formula, kind, unit, better,
      period: { key: period.key, label: period.label },
      node: { id: node.id, name: node.name },
      worked: { figure: whole.isToCome ? null : figureOf(metric, node.numerator, node.denominator), ...sides, records: behind.count },
      sources: sourcesOf(metric, ctx).map((source) => sourceInWords(source, catalogue, own?.names ?? {})),
      from,
      market: await marketOf(tx, ctx, metric, { node, period }),
      usedBy: builtOn(key, metricsInSight(ctx)).map((user) => ({ key: user.key, label: user.label })),
      plannedYears: [...(await plannedYears(tx, key))],
      versions: await versionsOf(tx, ctx, key),
      copy: copy && checkOwnMetric(copy, catalogue, { metrics }).length === 0 ? copy : null,
      isCopyPartial: metric.sources.length > 1,
    } // prettier-ignore
  })
}

/** Of what is given, and what is worked out from it: who told it. */
async function marketOf(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  { node, period }: { readonly node: TierNode; readonly period: Period },
): Promise<Lineage['market']> {
  const given = [metric, ...metricsBehind(metric, ctx.company.metrics)].find(({ kind }) => kind === 'given')
  if (!given) return null
  const span = metric === given ? period : (daysOfPart(ctx, given, period) ?? period)
  const { tree } = await readTree(tx, ctx, given, span)
  return marketBehind(tx, ctx, { node: findNode(tree, node.id) ?? node, span })
}

const amountOf = (tenThousandths: bigint): string | null => figureOf({ kind: 'flow' }, tenThousandths, 0n)

/** The metrics that it divides, or whose rows it reads. */
function partsOf({ quotient, reads }: Metric, { company }: Ctx): readonly Metric[] {
  const keys = quotient ? [quotient.over, quotient.under] : reads ? [reads.metric] : []
  return keys.flatMap((key) => company.metrics.find(key) ?? [])
}

/** Its own sources; of one that reads the rows of another, the other's. */
function sourcesOf(metric: Metric, { company }: Ctx): readonly MetricSource[] {
  return [metric, ...(metric.quotient ? [] : metricsBehind(metric, company.metrics))].flatMap(({ sources }) => sources)
}

async function versionsOf(tx: Tx, ctx: Ctx, key: string): Promise<Lineage['versions']> {
  const { wholeCatalogue: catalogue, metrics } = ctx.company
  return (await formerVersions(tx, key)).map(({ version, definition, names, from, until, endedBy }) => {
    const isSound = checkOwnMetric(definition, catalogue, { metrics }).length === 0
    const formula = isSound ? formulaInWords(definition, names, { catalogue, metrics }) : definition.label
    return { version, formula, from, until, endedBy }
  })
}

/** A metric of the product as a company could have defined it, by its first object; null where the form cannot say it. */
function copyOf({ label, unit, better, kind, quotient, sources: [source] }: Metric): OwnMetricDraft | null {
  const common = { label: { zh: `${label.zh}（副本）`, en: `${label.en} (copy)` }, unit, better }
  if (quotient) return { ...common, aggregate: 'ratio', ...quotient }
  if (!source?.at || kind === 'stock') return null
  const { firstPer, times, weighedBy, countsInTime } = source
  if ([firstPer, times, weighedBy, countsInTime].some((part) => part !== undefined)) return null
  const { of, at, when, countsIf, measure } = source
  const dated = { ...common, of, at, ...(when ? { when } : {}) }
  if (countsIf) return { ...dated, aggregate: 'share', countsIf }
  if (measure === 'count') return { ...dated, aggregate: 'count' }
  return 'sum' in measure ? { ...dated, aggregate: kind === 'ratio' ? 'average' : 'sum', field: measure.sum } : null
}
