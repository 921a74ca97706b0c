import type { Filter } from '#engine/query/filter.ts'
import type { Measure, Metric, MetricSource } from './metric.ts'
import type { Metrics } from './metrics.ts'

/**
 * The most that a metric can be by its definition: `'1'` where it is a part of a whole (100 %), null where nothing bounds
 * it. A part of a whole counts some of the records that its denominator counts, takes something off the amount that it is
 * weighed by (a margin), or is divided by what was told from outside, as a market.
 */
export function greatestOf(metric: Metric, metrics: Pick<Metrics, 'find'>): '1' | null {
  if (metric.kind !== 'ratio') return null
  return isPartOfWhole(metric, metrics) ? '1' : null
}

function isPartOfWhole({ quotient, sources, reads }: Metric, metrics: Pick<Metrics, 'find'>): boolean {
  if (quotient) return isPart(metrics.find(quotient.over), metrics.find(quotient.under), metrics)
  const own = reads ? (metrics.find(reads.metric)?.sources ?? []) : sources
  return own.length > 0 && own.every(isPartOfItsWeight)
}

function isPartOfItsWeight({ measure, weighedBy, countsIf, countsInTime }: MetricSource): boolean {
  if (weighedBy) return isPartOfMeasure(measure, weighedBy)
  return measure === 'count' && (countsIf !== undefined || countsInTime !== undefined)
}

function isPart(over: Metric | undefined, under: Metric | undefined, metrics: Pick<Metrics, 'find'>): boolean {
  if (!over || !under) return false
  if (under.kind === 'given') return true
  if (over.kind !== 'flow' || under.kind !== 'flow') return false
  const wholes = amountsOf(under, metrics)
  const parts = amountsOf(over, metrics)
  // What the whole alone takes off makes it less than its part: gross amounts over net ones pass 100 %.
  const isTakenOffBoth = (taken: MetricSource) => parts.some((part) => isPartOfSource(taken, part))
  return (
    parts.length > 0 &&
    parts.every((part) => wholes.some((whole) => isPartOfSource(part, whole))) &&
    wholes.filter(({ negative }) => negative).every(isTakenOffBoth)
  )
}

/** What a metric adds up, where it reads the denominators of another. */
function amountsOf({ reads, sources }: Metric, metrics: Pick<Metrics, 'find'>): readonly MetricSource[] {
  if (!reads) return sources
  const read = metrics.find(reads.metric)?.sources ?? []
  return reads.side === undefined
    ? read
    : read.map(({ weighedBy = 'count', ...source }) => ({ ...source, measure: weighedBy }))
}

/** Some of the records of the same object, of the same days and people, with no more of each. */
function isPartOfSource(part: MetricSource, whole: MetricSource): boolean {
  const [narrower, wider] = [conditionsOf(part.when), conditionsOf(whole.when)]
  return (
    part.of === whole.of &&
    part.at === whole.at &&
    part.attribution === whole.attribution &&
    (part.shared ?? 'parts') === (whole.shared ?? 'parts') &&
    (part.negative ?? false) === (whole.negative ?? false) &&
    (whole.firstPer === undefined || whole.firstPer === part.firstPer) &&
    isPartOfMeasure(part.measure, whole.measure) &&
    wider.every((condition) => narrower.includes(condition))
  )
}

function isPartOfMeasure(part: Measure, whole: Measure): boolean {
  if (part === 'count' || whole === 'count') return part === whole
  if (!('sum' in part) || !('sum' in whole)) return false
  return part.sum === whole.sum && (whole.less === undefined || whole.less === part.less)
}

/** The conditions that records must meet all together. */
function conditionsOf(filter: Filter | undefined): readonly string[] {
  if (!filter) return []
  return 'and' in filter ? filter.and.flatMap(conditionsOf) : [JSON.stringify(filter)]
}
