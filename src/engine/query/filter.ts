import { z } from 'zod'

export const aggregates = ['count', 'sum', 'min', 'max', 'avg'] as const
export type Aggregate = (typeof aggregates)[number]

/** One condition: a field or a path through references (`account.industry`), an operator, a value. */
export interface Condition {
  readonly field: string
  readonly op: Operator
  readonly value?: FilterValue | undefined
}

/**
 * A condition on the records that refer to this one, e.g. no activity in the last 30 days: the figure over those that
 * meet `where` compared with a value.
 */
export interface Children {
  /** Key of the object, and of its reference to the object filtered. */
  readonly children: string
  readonly via: string
  readonly where?: Filter | undefined
  readonly aggregate: Aggregate
  /** What is summed or compared; not for `count`. */
  readonly field?: string | undefined
  readonly op: FigureOperator
  readonly value: Plain | readonly Plain[]
}

export const figureOperators = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'between'] as const
export type FigureOperator = (typeof figureOperators)[number]

/** The one filter language: lists, totals, metrics, scopes, exports and the API all speak it. */
export type Filter =
  | Condition
  | Children
  | { readonly and: readonly Filter[] }
  | { readonly or: readonly Filter[] }
  | { readonly not: Filter }

export const operators = [
  'eq', 'ne', 'lt', 'le', 'gt', 'ge', 'in', 'between', 'contains', 'startsWith', 'within', 'hasAny', 'hasAll',
  'hasNone', 'empty', 'notEmpty',
] as const // prettier-ignore
export type Operator = (typeof operators)[number]

export const relativeDays = [
  'today', 'yesterday', 'tomorrow', 'this_week', 'last_week', 'next_week', 'this_month', 'last_month', 'next_month',
  'this_quarter', 'last_quarter', 'next_quarter', 'this_year', 'last_year', 'next_year',
] as const // prettier-ignore
export type RelativeDays = (typeof relativeDays)[number]

export const spanUnits = ['day', 'workday', 'week', 'month', 'quarter', 'year'] as const
export type SpanUnit = (typeof spanUnits)[number]

/** How many of a unit a relative span may name, at most; `before` and `after` also none: before today, after today. */
export const mostOfUnit: Readonly<Record<SpanUnit, number>> = {
  day: 36_500,
  workday: 5000,
  week: 5000,
  month: 1200,
  quarter: 400,
  year: 100,
}

/**
 * A number of units, counted from today. Weeks begin on Monday, quarters and years are fiscal, working days are those of
 * the company's calendar.
 *
 * - `past: n`: the n units that end with the one under way, up to and including today. Past 30 days = today and the 29
 *   days before; past 2 quarters = the last fiscal quarter and this one until today; past 30 working days = from the
 *   thirtieth working day back, today being the first if people work today, with the days off between them.
 * - `next: n`: the n units that begin with the one under way, from today on, today included. Next 7 days = today and the 6
 *   days after; next 2 quarters = the rest of this fiscal quarter and all of the next.
 * - `before: n`: more than n units ago: all days before the day that lies n units back. Months, quarters and years go back
 *   to the same day of the month, or to its last day.
 *   None: all days before today.
 * - `after: n`: more than n units from now, likewise. None: all days after today.
 */
export type RelativeSpan =
  | { readonly past: number; readonly unit: SpanUnit }
  | { readonly next: number; readonly unit: SpanUnit }
  | { readonly before: number; readonly unit: SpanUnit }
  | { readonly after: number; readonly unit: SpanUnit }

export type Relative = RelativeDays | RelativeSpan

type Plain = string | number | boolean | null
export type FilterValue =
  | Plain
  | readonly Plain[]
  /** Dates, with `within`: a span of days as of today, by the company's fiscal calendar. */
  | { readonly relative: Relative }
  /** Owners: the person who looks. */
  | { readonly me: true }
  /** Owners, with `within`: the people who today stand in this unit or below. */
  | { readonly unit: string }
  /** Owners, with `within`: the people of the units where whoever looks stands today or that they head, and below. */
  | { readonly myUnit: true }
  /** Regions, with `within`: this country, province, city or district and what lies in it. */
  | { readonly region: string }

const count = z.number().int().min(1)
const distance = z.number().int().min(0)
const unit = z.enum(spanUnits)
const relative = z.union([
  z.enum(relativeDays),
  z
    .union([
      z.strictObject({ past: count, unit }),
      z.strictObject({ next: count, unit }),
      z.strictObject({ before: distance, unit }),
      z.strictObject({ after: distance, unit }),
    ])
    .refine((span) => countOf(span) <= mostOfUnit[span.unit]),
])

/** The number in a relative span. */
export function countOf(span: RelativeSpan): number {
  if ('past' in span) return span.past
  if ('next' in span) return span.next
  return 'before' in span ? span.before : span.after
}

const plain = z.union([z.string().max(2000), z.number(), z.boolean(), z.null()])
const value = z.union([
  plain,
  z.array(plain).max(1000),
  z.strictObject({ relative }),
  z.strictObject({ me: z.literal(true) }),
  z.strictObject({ unit: z.uuid() }),
  z.strictObject({ myUnit: z.literal(true) }),
  z.strictObject({ region: z.string().regex(/^([A-Z]{2}|\d{2}|\d{4}|\d{6})$/) }),
])

/** The shape of a filter; whether its fields and values fit an object is checked by `checkFilter`. */
export const filterSchema: z.ZodType<Filter> = z
  .lazy(() =>
    z.union([
      z.strictObject({ and: z.array(filterSchema).max(100) }),
      z.strictObject({ or: z.array(filterSchema).max(100) }),
      z.strictObject({ not: filterSchema }),
      z.strictObject({
        children: z.string().min(1).max(100),
        via: z.string().min(1).max(100),
        where: filterSchema.optional(),
        aggregate: z.enum(aggregates),
        field: z.string().min(1).max(200).optional(),
        op: z.enum(figureOperators),
        value: z.union([plain, z.array(plain).max(2)]),
      }),
      z.strictObject({ field: z.string().min(1).max(200), op: z.enum(operators), value: value.optional() }),
    ]),
  )
  // What refers to itself needs a name in JSON Schema.
  .meta({ id: 'Filter' })

/** The deepest nesting that a filter may have. */
export const deepest = 12

/** The most values that all its conditions together may compare with. */
export const largest = 5000

/** True of every record. */
export const everything: Filter = { and: [] }

export function all(...filters: readonly (Filter | undefined)[]): Filter {
  const given = filters.filter((filter) => filter !== undefined)
  return given.length === 1 && given[0] ? given[0] : { and: given }
}

export const eq = (field: string, value: Plain): Filter => ({ field, op: 'eq', value })
export const oneOf = (field: string, value: readonly Plain[]): Filter => ({ field, op: 'in', value })
export const filled = (field: string): Filter => ({ field, op: 'notEmpty' })

/** Every condition of a filter, those on children among them. */
export function conditionsIn(filter: Filter): readonly Condition[] {
  if ('and' in filter) return filter.and.flatMap(conditionsIn)
  if ('or' in filter) return filter.or.flatMap(conditionsIn)
  if ('not' in filter) return conditionsIn(filter.not)
  if ('children' in filter) return filter.where ? conditionsIn(filter.where) : []
  return [filter]
}
