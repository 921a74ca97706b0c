import { sql } from 'kysely'
import { columnTypeOf, valueTypeOf } from '#engine/model/column.ts'
import type { Field } from '#engine/model/object-type.ts'
import type { Condition, Operator } from './filter.ts'
import { home } from '#engine/region/region.ts'
import { daysOf } from './relative.ts'
import type { Sql, Viewpoint } from './viewpoint.ts'

/** Operators that compare two values, or a value with several. */
export type Comparison = Exclude<
  Operator,
  'empty' | 'notEmpty' | 'contains' | 'startsWith' | 'within' | 'hasAny' | 'hasAll' | 'hasNone'
>

/** What is compared, and how a value that the filter names becomes SQL of its type. */
export interface Compared {
  readonly column: Sql
  readonly bound: (value: unknown) => Sql
}

/** Dates from/to as people mean them: a day stands for the whole day, also where the field holds instants. */
export function withinSql(field: Field, column: Sql, value: Condition['value'], viewpoint: Viewpoint): Sql {
  if (typeof value !== 'object' || value === null) throw new Error('unchecked filter')
  if ('unit' in value) return sql`${column} = any(${viewpoint.peopleOf(value.unit)}::uuid[])`
  if ('myUnit' in value) return sql`${column} = any(${viewpoint.myPeople}::uuid[])`
  if ('region' in value) return regionSql(column, value.region)
  if (!('relative' in value)) throw new Error('unchecked filter')
  const { from, to } = daysOf(value.relative, viewpoint)
  const bounds = [
    ...(from === undefined ? [] : [sql`${column} >= ${startOf(field, viewpoint, from)}`]),
    ...(to === undefined ? [] : [sql`${column} < ${startOf(field, viewpoint, to)}`]),
  ]
  return sql`(${sql.join(bounds, sql` and `)})`
}

/** The region itself and what lies in it: codes of mainland divisions begin with that of what they lie in. */
function regionSql(column: Sql, region: string): Sql {
  if (region === home) return sql`(${column} = ${home} or ${column} < ${'A'} collate "C")`
  if (/^[A-Z]/.test(region)) return sql`${column} = ${region}`
  const next = region.slice(0, -1) + String.fromCodePoint((region.codePointAt(region.length - 1) ?? 0) + 1)
  return sql`(${column} >= ${region} collate "C" and ${column} < ${next} collate "C")`
}

function startOf(field: Field, viewpoint: Viewpoint, day: string): Sql {
  return valueTypeOf(field) === 'date_time' ? beginOf(day, viewpoint) : sql`${day}::date`
}

export function comparisonSql(op: Comparison, { column, bound }: Compared, value: Condition['value']): Sql {
  switch (op) {
    case 'eq':
      return value === null ? sql`${column} is null` : sql`${column} = ${bound(value)}`
    case 'ne':
      return sql`${column} is distinct from ${bound(value)}`
    case 'lt':
      return sql`${column} < ${bound(value)}`
    case 'le':
      return sql`${column} <= ${bound(value)}`
    case 'gt':
      return sql`${column} > ${bound(value)}`
    case 'ge':
      return sql`${column} >= ${bound(value)}`
    case 'in':
      return anyOf(column, listOf(value), bound)
    case 'between': {
      const [low, high] = listOf(value)
      return sql`(${column} >= ${bound(low)} and ${column} <= ${bound(high)})`
    }
  }
}

/** Instants compared with days and instants: a day stands for the whole day in the company's zone. */
export function instantSql(op: Comparison, column: Sql, value: Condition['value'], viewpoint: Viewpoint): Sql {
  const [low, high] = listOf(value)
  switch (op) {
    case 'eq':
      return sql`(${fromOn(column, value, viewpoint)} and ${untilEnd(column, value, viewpoint)})`
    case 'ne':
      return sql`(${instantSql('eq', column, value, viewpoint)}) is not true`
    case 'lt':
      return sql`${column} < ${beginOf(value, viewpoint)}`
    case 'le':
      return untilEnd(column, value, viewpoint)
    case 'gt':
      return isWholeDay(value)
        ? sql`${column} >= ${endOf(value, viewpoint)}`
        : sql`${column} > ${beginOf(value, viewpoint)}`
    case 'ge':
      return fromOn(column, value, viewpoint)
    case 'in':
      return listOf(value).length === 0
        ? sql`false`
        : sql`(${sql.join(
            listOf(value).map((one) => instantSql('eq', column, one as Condition['value'], viewpoint)),
            sql` or `,
          )})`
    case 'between':
      return sql`(${fromOn(column, low, viewpoint)} and ${untilEnd(column, high, viewpoint)})`
  }
}

const isWholeDay = (value: unknown): value is string => typeof value === 'string' && value.length === 10

const beginOf = (value: unknown, { zone }: Viewpoint): Sql =>
  isWholeDay(value)
    ? sql`(${value}::date::timestamp at time zone ${zone})`
    : sql`${new Date(String(value)).toISOString()}::timestamptz`

/** The day after is counted by the database, which knows days after 9999. */
const endOf = (day: string, { zone }: Viewpoint): Sql => sql`((${day}::date + 1)::timestamp at time zone ${zone})`

const fromOn = (column: Sql, value: unknown, viewpoint: Viewpoint): Sql =>
  sql`${column} >= ${beginOf(value, viewpoint)}`

function untilEnd(column: Sql, value: unknown, viewpoint: Viewpoint): Sql {
  if (!isWholeDay(value)) return sql`${column} <= ${beginOf(value, viewpoint)}`
  return sql`${column} < ${endOf(value, viewpoint)}`
}

function anyOf(column: Sql, values: readonly unknown[], bound: (value: unknown) => Sql): Sql {
  const given = values.filter((value) => value !== null)
  const among = given.length > 0 ? sql`${column} in (${sql.join(given.map(bound))})` : sql`false`
  return given.length < values.length ? sql`(${among} or ${column} is null)` : among
}

export function listOf(value: Condition['value']): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : []
}

/** A value as the field's type has it. */
export function boundTo(field: Field, viewpoint: Viewpoint): (value: unknown) => Sql {
  return (value) => {
    if (typeof value === 'object' && value !== null && 'me' in value) return sql`${viewpoint.personId}::uuid`
    return sql`${value}::${sql.raw(columnTypeOf(field))}`
  }
}

const exactly = (value: unknown) => sql`${String(value)}::numeric`
const nearly = (value: unknown) => sql`${String(value)}::double precision`

/**
 * Comparing numerics is not leakproof, so under row-level security it cannot use an index. The double beside it can:
 * it narrows the rows, and the numeric decides exactly.
 */
export function numericSql({ op, value }: Condition, column: Sql, rank: Sql | undefined): Sql {
  const decided = comparisonSql(op as Comparison, { column, bound: exactly }, value)
  if (!rank || value === null || op === 'ne' || (op === 'in' && listOf(value).includes(null))) return decided
  return sql`(${comparisonSql(loosened(op as Comparison), { column: rank, bound: nearly }, value)} and ${decided})`
}

/** Doubles of two numbers may be equal where the numbers are not. */
export function loosened(op: Comparison): Comparison {
  return op === 'lt' ? 'le' : op === 'gt' ? 'ge' : op
}

export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (mark) => `\\${mark}`)
}
