import { sql } from 'kysely'
import { isList, isNumeric, valueTypeOf } from '#engine/model/column.ts'
import type { Field } from '#engine/model/object-type.ts'
import { boundTo, comparisonSql, instantSql, listOf, loosened, withinSql, type Comparison } from './comparison.ts'
import type { Condition } from './filter.ts'
import type { Spot } from './source.ts'
import type { Sql, Viewpoint } from './viewpoint.ts'

/** Longer texts are cut in the table of indexed values; the value itself decides. */
const indexedLength = 200

/** A text as the table of indexed values holds it, cut between two characters. */
export function indexedText(text: string): string {
  return text.slice(0, indexedLength).replace(/[\ud800-\udbff]$/, '')
}

/** Column of `field_value` that holds the values of a field. */
export function indexColumnOf(field: Field): 'text_value' | 'number_value' | 'date_value' | 'time_value' | 'id_value' {
  if (isNumeric(field)) return 'number_value'
  switch (valueTypeOf(field)) {
    case 'date':
      return 'date_value'
    case 'date_time':
      return 'time_value'
    case 'reference':
    case 'owner':
    case 'multi_reference':
    case 'file':
      return 'id_value'
    default:
      return 'text_value'
  }
}

/**
 * A condition on an indexed custom field by the table of indexed values, with leakproof comparisons only; where the
 * table holds less than the values, `decided`, the condition itself, still decides. Undefined where it cannot help.
 */
export function indexedSql(
  condition: Condition,
  { field, alias }: Spot,
  { viewpoint, decided }: { readonly viewpoint: Viewpoint; readonly decided: Sql },
): Sql | undefined {
  const { custom } = field
  const among = custom && conditionOn(condition, field, viewpoint)
  if (!among) return undefined
  const listed = sql`${sql.id(alias)}.id in (
    select v.record_id from field_value v where v.field_id = ${custom.id} and ${among})`
  if (isWhole(field)) return listed
  // Inside a case the planner does not count the condition a second time when it guesses how many records there are.
  // Of a common value it goes through the records in their order; those without it are then passed over at a glance.
  return sql`(${listed} and case when ${decided} then true else false end)`
}

/** Does the table say by itself, and as quickly, whether the condition is met? */
function isWhole(field: Field): boolean {
  const column = indexColumnOf(field)
  return !isList(field) && column !== 'number_value' && column !== 'text_value'
}

function conditionOn({ op, value }: Condition, field: Field, viewpoint: Viewpoint): Sql | undefined {
  const column = sql.ref(`v.${indexColumnOf(field)}`)
  if (value === null || value === undefined) return undefined
  if (isList(field)) return op === 'hasAny' || op === 'hasAll' ? anyEntry(field, column, listOf(value)) : undefined
  if (op === 'within') return withinSql(field, column, value, viewpoint)
  if (op === 'empty' || op === 'notEmpty' || op === 'contains' || op === 'startsWith' || op === 'ne') return undefined
  if (op === 'hasAny' || op === 'hasAll' || op === 'hasNone') return undefined
  if (op === 'in' && listOf(value).includes(null)) return undefined
  if (valueTypeOf(field) === 'date_time') return instantSql(op, column, value, viewpoint)
  return comparisonSql(loosenedFor(field, op), { column, bound: boundFor(field, viewpoint) }, value)
}

/** Every one of `hasAll` is one of them too: the value itself decides. */
function anyEntry(field: Field, column: Sql, values: readonly unknown[]): Sql {
  const type = indexColumnOf(field) === 'id_value' ? sql`uuid[]` : sql`text[]`
  return sql`${column} = any(${values.map(String)}::${type})`
}

function loosenedFor(field: Field, op: Comparison): Comparison {
  return isNumeric(field) || indexColumnOf(field) === 'text_value' ? loosened(op) : op
}

function boundFor(field: Field, viewpoint: Viewpoint): (value: unknown) => Sql {
  const column = indexColumnOf(field)
  if (column === 'number_value') return (value) => sql`${String(value)}::double precision`
  if (column === 'text_value') return (value) => sql`${indexedText(String(value))}::text`
  return boundTo(field, viewpoint)
}
