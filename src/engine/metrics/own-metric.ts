import type { Label } from '#base/label.ts'
import type { Filter } from '#engine/query/filter.ts'
import type { Metric } from './metric.ts'

export const ownAggregates = ['count', 'sum', 'average', 'share'] as const

/** How a company defines a metric of its own: what of which records counts, on which day. */
export interface OwnMetricDefinition {
  readonly label: Label
  /** Key of the object. */
  readonly of: string
  /** `share`: how many of the records meet `countsIf`. */
  readonly aggregate: (typeof ownAggregates)[number]
  /** sum, average: key of the field. */
  readonly field?: string | undefined
  /** share: what the records that count must meet. */
  readonly countsIf?: Filter | undefined
  /** Only records that meet it are looked at. */
  readonly when?: Filter | undefined
  /** Key of the date field that decides day and unit. */
  readonly at: string
  readonly unit: Metric['unit']
  readonly better: Metric['better']
}

/** Whether such an aggregate is over the values of a field. */
export function takesField(aggregate: OwnMetricDefinition['aggregate']): boolean {
  return aggregate === 'sum' || aggregate === 'average'
}

/** Names of the people and records that the filters of a metric name, by id. */
export type Names = Readonly<Record<string, Label>>

/** A metric that a company made. */
export interface OwnMetric {
  readonly key: string
  readonly version: number
  readonly definition: OwnMetricDefinition
  readonly names: Names
}

/** Whether ledger rows by one definition are those by the other: names and direction do not matter to them. */
export function bringsTheSame(one: OwnMetricDefinition, other: OwnMetricDefinition): boolean {
  const ledgerPart = ({ of, aggregate, field, countsIf, when, at, unit }: OwnMetricDefinition) =>
    JSON.stringify([of, aggregate, field, countsIf, when, at, unit === 'money'], inOrder)
  return ledgerPart(one) === ledgerPart(other)
}

/** The database keeps the parts of an object in an order of its own. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
}
