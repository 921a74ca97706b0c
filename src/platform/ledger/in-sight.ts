import { makeMetrics, sourcesBehind, type Metrics } from '#engine/metrics/metrics.ts'
import type { Metric, MetricSource } from '#engine/metrics/metric.ts'
import { reachIn } from '#engine/policy/rights.ts'
import { reachOf } from '#engine/policy/company-role.ts'
import { lesser, type Reach } from '#engine/policy/role.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import type { Field } from '#engine/model/object-type.ts'
import { checkFilter, fieldAt } from '#engine/query/check.ts'
import type { Filter } from '#engine/query/filter.ts'
import type { Ctx } from '#platform/db/ctx.ts'

/** Metrics by the catalogue that a role knows, as long as that lives. */
const known = new WeakMap<Catalogue, Metrics>()

/** The metrics that tell the actor nothing of objects and fields that are hidden from them. */
export function metricsInSight({ company }: Ctx): Metrics {
  const { catalogue, wholeCatalogue, metrics } = company
  if (catalogue === wholeCatalogue) return metrics
  const seen =
    known.get(catalogue) ?? makeMetrics(metrics.all().filter((metric) => isInSight(metric, { catalogue, metrics })))
  known.set(catalogue, seen)
  return seen
}

interface Look {
  readonly catalogue: Catalogue
  readonly metrics: Metrics
}

function isInSight(metric: Metric, { catalogue, metrics }: Look): boolean {
  return sourcesBehind(metric, metrics).every((source) => tellsNothing(source, catalogue))
}

function tellsNothing(source: MetricSource, catalogue: Catalogue): boolean {
  const object = catalogue.find(source.of)
  if (!object) return false
  const isOpen = (path: string) => isKnown(fieldAt(path, object, catalogue))
  const { when, countsIf } = source
  const isMet = (filter: Filter | undefined) =>
    filter === undefined || checkFilter(filter, object, catalogue).length === 0
  return pathsOf(source).every(isOpen) && isMet(when) && isMet(countsIf) && isSettlementOpen(source, catalogue)
}

function isSettlementOpen({ overdue }: MetricSource, catalogue: Catalogue): boolean {
  if (!overdue) return true
  const { of, by, at, sum } = overdue.settledBy
  const object = catalogue.find(of)
  return object !== undefined && [by, at, sum].every((path) => isKnown(fieldAt(path, object, catalogue)))
}

const isKnown = (field: Field | undefined): boolean => field !== undefined && !field.masked

function pathsOf({ measure, weighedBy, countsInTime, ...source }: MetricSource): readonly string[] {
  const { at, open, firstPer, times, subject, overdue } = source
  const measured = [measure, weighedBy].flatMap((one) =>
    one === undefined || one === 'count' ? [] : (Object.values(one) as readonly string[]),
  )
  return [...measured, at, open?.from, open?.to, firstPer, times?.percent, subject, overdue?.due, countsInTime?.done, countsInTime?.due].filter((path) => path !== undefined) // prettier-ignore
}

/** Whose figures of a metric the actor sees: never more than the records that make them. */
export function figureReach({ actor: { role }, company: { metrics } }: Ctx, metric: Metric): Reach {
  const objects = sourcesBehind(metric, metrics).flatMap(({ of, overdue }) => [of, overdue?.settledBy.of ?? of])
  return objects.reduce<Reach>((reach, of) => lesser(reach, reachIn(role, of)), reachOf(role))
}
