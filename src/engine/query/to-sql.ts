import { sql } from 'kysely'
import {
  columnOf,
  columnTypeOf,
  isComputed,
  isList,
  isNumeric,
  rankColumnOf,
  valueTypeOf,
} from '#engine/model/column.ts'
import type { Field, ObjectType, Rollup } from '#engine/model/object-type.ts'
import { isInBase, mixesCurrencies } from '#engine/formula/currency.ts'
import { formulaToSql } from '#engine/formula/to-sql.ts'
import { typeInFormula } from '#engine/formula/type-of-field.ts'
import {
  boundTo,
  comparisonSql,
  escapeLike,
  instantSql,
  listOf,
  numericSql,
  withinSql,
  type Comparison,
} from './comparison.ts'
import { everything, type Children, type Condition, type Filter } from './filter.ts'
import { indexedSql } from './indexed-value.ts'
import { sourceOf, storedSql, type Source, type Spot } from './source.ts'
import type { Asker, Sql } from './viewpoint.ts'

export type { Sql, Viewpoint, Sight, Asker, Worth } from './viewpoint.ts'
export { sourceOf, type Source } from './source.ts'

/** The condition that a checked filter means, with every value bound. Unknown (null) counts as not met. */
export function toSql(filter: Filter, source: Source): Sql {
  if ('and' in filter) return joined(filter.and, source, 'and')
  if ('or' in filter) return joined(filter.or, source, 'or')
  if ('not' in filter) return sql`(${toSql(filter.not, source)}) is not true`
  if ('children' in filter) return childrenToSql(filter, source)
  return conditionToSql(filter, source)
}

function joined(filters: readonly Filter[], source: Source, by: 'and' | 'or'): Sql {
  if (filters.length === 0) return by === 'and' ? sql`true` : sql`false`
  const parts = filters.map((part) => toSql(part, source))
  return sql`(${sql.join(parts, by === 'and' ? sql` and ` : sql` or `)})`
}

function conditionToSql(condition: Condition, source: Source): Sql {
  const spot = source.resolve(condition.field)
  const decided = decide(condition, spot, source)
  const isIndexed = spot.field.custom?.indexed && (source.isWritten || spot.steps.length > 0)
  return (isIndexed && indexedSql(condition, spot, { viewpoint: source.asker.viewpoint, decided })) || decided
}

function decide(condition: Condition, spot: Spot, source: Source): Sql {
  const { field } = spot
  const { op, value } = condition
  const column = valueSql(spot, source)
  if (op === 'empty') return sql`${column} is null`
  if (op === 'notEmpty') return sql`${column} is not null`
  if (op === 'contains') return sql`${column} ilike ${`%${escapeLike(String(value))}%`}`
  if (op === 'startsWith') return sql`${column} ilike ${`${escapeLike(String(value))}%`}`
  if (op === 'within') return withinSql(field, column, value, source.asker.viewpoint)
  if (isList(field)) return listToSql(op, column, listOf(value))
  if (isNumeric(field)) return numericSql(condition, column, rankOf(spot))
  if (valueTypeOf(field) === 'date_time') return instantSql(op as Comparison, column, value, source.asker.viewpoint)
  return comparisonSql(op as Comparison, { column, bound: boundTo(field, source.asker.viewpoint) }, value)
}

/** Lists in jsonb: which of these entries stand there. */
function listToSql(op: Condition['op'], column: Sql, values: readonly unknown[]): Sql {
  const wanted = sql`${values.map(String)}::text[]`
  if (op === 'hasAll') return sql`jsonb_exists_all(${column}, ${wanted})`
  const some = sql`jsonb_exists_any(${column}, ${wanted})`
  return op === 'hasNone' ? sql`(${some}) is not true` : some
}

function rankOf({ field, alias }: Spot): Sql | undefined {
  return field.custom || isComputed(field) ? undefined : sql.ref(`${alias}.${rankColumnOf(field)}`)
}

/** The value of a field: stored, or worked out from the record and what hangs on it; null where a path leads nowhere. */
export function valueSql(spot: Spot, source: Source): Sql {
  const { field, alias, steps } = spot
  const computed = computedSql(spot, source)
  if (!computed) return storedSql(field, alias)
  return steps.length === 0 ? computed : sql`(case when ${sql.id(alias)}.id is not null then ${computed} end)`
}

function computedSql({ field, object, alias, steps }: Spot, source: Source): Sql | undefined {
  if (field.rollup) return rollupSql(field.rollup, object, alias, source.asker)
  if (!field.formula) return undefined
  const { viewpoint, catalogue } = source.asker
  const { today, zone } = viewpoint
  const read = mixesCurrencies(field.formula, object, catalogue) ? worthSql : valueSql
  const spotOf = (path: string) => source.resolve([...steps, path].join('.'))
  const value = formulaToSql(field.formula, {
    today,
    typeOf: (path) => typeInFormula(spotOf(path).field),
    valueOf: (path) => {
      const spot = spotOf(path)
      const stored = read(spot, source)
      return valueTypeOf(spot.field) === 'date_time' ? sql`(${stored} at time zone ${zone})::date` : stored
    },
  })
  return sql`(${value})::${sql.raw(columnTypeOf(field))}`
}

/** By what values of a field are put in order, without an error of rounding that anybody would see. */
export function orderSql(spot: Spot, source: Source): Sql {
  const { field } = spot
  if (!isNumeric(field)) return valueSql(spot, source)
  return rankOf(spot) ?? sql`(${valueSql(spot, source)})::double precision`
}

/**
 * A figure over the records that point here by `via`; those that the asker may look into count. Amounts are measured in
 * the base currency.
 */
export function rollupSql(
  { of, via, aggregate, field: key, where = everything }: Omit<Rollup, 'result'>,
  parent: ObjectType,
  alias: string,
  asker: Asker,
): Sql {
  const children = childrenOf({ of, via, where }, parent, alias, asker)
  const spot = key === undefined ? undefined : children.source.resolve(key)
  const value = spot && worthSql(spot, children.source)
  const figure = aggregate === 'count' ? sql`count(*)` : sql`${sql.raw(aggregate)}(${value})`
  const shown =
    aggregate === 'sum' ? sql`coalesce(${figure}, 0)` : aggregate === 'avg' ? sql`round(${figure}, 4)` : figure
  return sql`(select ${shown} ${children.fromWhere()})`
}

/** The value of a field, amounts in the base currency. */
export function worthSql(spot: Spot, source: Source): Sql {
  const value = valueSql(spot, source)
  if (valueTypeOf(spot.field) !== 'money' || isInBase(spot.field, spot.object, source.asker.catalogue)) return value
  return source.asker.worth(spot.object, spot.alias, value) ?? value
}

function childrenToSql(filter: Children, source: Source): Sql {
  const { children: of, via, aggregate, field, where, op, value } = filter
  const { object, alias, asker } = source
  if (aggregate === 'count' && isAbsence(filter)) {
    return sql`not exists (select ${childrenOf({ of, via, where }, object, alias, asker).fromWhere()})`
  }
  if (aggregate === 'count' && isPresence(filter)) {
    return sql`exists (select ${childrenOf({ of, via, where }, object, alias, asker).fromWhere()})`
  }
  const figure = rollupSql(
    { of, via, aggregate, ...(field ? { field } : {}), ...(where ? { where } : {}) },
    object,
    alias,
    asker,
  )
  const measured = field === undefined ? undefined : asker.catalogue.get(of).fields.find(({ key }) => key === field)
  if (!measured || isNumeric(measured)) return numericSql({ field: '', op, value }, figure, undefined)
  return comparisonSql(op, { column: figure, bound: boundTo(measured, asker.viewpoint) }, value)
}

const isAbsence = ({ op, value }: Children) => (op === 'eq' || op === 'le') && Number(value) === 0
const isPresence = ({ op, value }: Children) =>
  (op === 'gt' && Number(value) === 0) || (op === 'ge' && Number(value) === 1)

interface Family {
  readonly of: string
  readonly via: string
  readonly where?: Filter | undefined
}

/** The living records that point at a record of the parent and meet the filter. */
function childrenOf({ of, via, where = everything }: Family, parent: ObjectType, alias: string, asker: Asker) {
  const child = asker.catalogue.get(of)
  const reference = child.fields.find((field) => field.key === via && field.to === parent.key)
  if (!reference) throw new Error(`unchecked children ${of} by ${via}`)
  const source = sourceOf(child, asker, { alias: `${alias}c` })
  const condition = toSql(where, source)
  const seen = asker.sight(child, source.alias)
  const own = sql.id(source.alias)
  return {
    source,
    fromWhere: () => sql`from ${source.from()}
      where ${own}.company_id = ${sql.id(alias)}.company_id and ${pointsAt(reference, source.alias, alias)}
        and ${own}.deleted_at is null and ${condition}${seen ? sql` and ${seen}` : sql``}`,
  }
}

function pointsAt(reference: Field, child: string, parent: string): Sql {
  const id = sql`${sql.id(parent)}.id`
  if (!reference.custom) return sql`${sql.ref(`${child}.${columnOf(reference)}`)} = ${id}`
  return sql`${sql.id(child)}.id in (
    select v.record_id from field_value v where v.field_id = ${reference.custom.id} and v.id_value = ${id})`
}
