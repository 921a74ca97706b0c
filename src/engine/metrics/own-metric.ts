import type { Label } from '#base/label.ts'
import type { Filter } from '#engine/query/filter.ts'
import type { Metric } from './metric.ts'

export const recordAggregates = ['count', 'distinct', 'sum', 'average', 'min', 'max', 'share'] as const
export const ownAggregates = [...recordAggregates, 'ratio'] as const

/** How a company defines a metric of its own: over records, or as one metric divided by another. */
export type OwnMetricDefinition = RecordMetric | QuotientMetric

interface Described {
  readonly label: Label
  readonly unit: Metric['unit']
  readonly better: Metric['better']
}

/** What of which records counts, on which day. */
export interface RecordMetric extends Described {
  /** Key of the object. */
  readonly of: string
  /** `distinct`: how many different values the field has. `share`: how many of the records meet `countsIf`. */
  readonly aggregate: (typeof recordAggregates)[number]
  /** distinct, sum, average, min, max: key of the field. */
  readonly field?: string | undefined
  /** share: what the records that count must meet. */
  readonly countsIf?: Filter | undefined
  /** Only records that meet it are looked at. */
  readonly when?: Filter | undefined
  /** Key of the date field that decides day and unit. */
  readonly at: string
  /** Where the object shares credit: by it, which is the rule, or all to the owner. */
  readonly credit?: 'shared' | 'owner' | undefined
}

/** One metric divided by another; both by their keys. */
export interface QuotientMetric extends Described {
  readonly aggregate: 'ratio'
  readonly over: string
  readonly under: string
}

export const isQuotient = (definition: OwnMetricDefinition): definition is QuotientMetric =>
  definition.aggregate === 'ratio'

/** Whether such an aggregate is over the values of a field. */
export function takesField(aggregate: OwnMetricDefinition['aggregate']): boolean {
  return aggregate !== 'count' && aggregate !== 'share' && aggregate !== 'ratio'
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

/** Whether figures by one definition are those by the other: names and direction do not matter to them. */
export function bringsTheSame(one: OwnMetricDefinition, other: OwnMetricDefinition): boolean {
  return JSON.stringify(figurePart(one), inOrder) === JSON.stringify(figurePart(other), inOrder)
}

function figurePart(definition: OwnMetricDefinition): readonly unknown[] {
  if (isQuotient(definition)) return [definition.over, definition.under]
  const { of, aggregate, field, countsIf, when, at, unit, credit = 'shared' } = definition
  return [of, aggregate, field, countsIf, when, at, unit === 'money', credit]
}

/** The database keeps the parts of an object in an order of its own. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
}
