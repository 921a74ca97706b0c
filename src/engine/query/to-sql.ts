import { sql, type RawBuilder } from 'kysely'
import type { Catalogue } from '#engine/model/catalogue.ts'
import { columnOf, columnTypeOf, fieldOf, isNumeric, rankColumnOf } from '#engine/model/column.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import type { Condition, Filter } from './filter.ts'
import { daysOf } from './relative.ts'

export type Sql = RawBuilder<unknown>

/** What a filter means depends on who asks, and when. */
export interface Viewpoint {
  readonly personId: string | null
  readonly today: string
  readonly zone: string
  /** First month of the fiscal year, 1–12. */
  readonly fiscalStart: number
  /** The people of the units that the filter names (`{unit}` values), today and below. */
  readonly peopleOf: (unitId: string) => readonly string[]
}

/** Which rows of an object the asker may look into, as a condition on its alias; undefined: all of them. */
export type Sight = (object: ObjectType, alias: string) => Sql | undefined

interface Joined {
  readonly object: ObjectType
  readonly alias: string
}

/** The tables that a statement reads: the object itself as `t`, and what its paths lead to, each joined once. */
export interface Source {
  /** `<table> as t left join …`; complete once every filter of the statement has been compiled. */
  from(): Sql
  /** The field at the end of a checked path, and the alias of the table that holds it. */
  resolve(path: string): { readonly field: Field; readonly alias: string }
}

export function sourceOf(object: ObjectType, catalogue: Catalogue, sight: Sight = () => undefined): Source {
  const joined = new Map<string, Joined>()
  const joins: Sql[] = []

  function join(from: Joined, key: string, path: string, isTitle: boolean): Joined {
    const field = fieldOf(from.object, key)
    if (!field?.to) throw new Error(`unchecked path ${path}`)
    const target = catalogue.get(field.to)
    const alias = `j${joined.size + 1}`
    const seen = sight(target, alias)
    // A record in reach shows the name of what it points at, whoever owns that; nothing else of it.
    const isOpen = isTitle && seen !== undefined
    const place = isOpen ? `${path} by name` : path
    const known = joined.get(place)
    if (known) return known
    const next = { object: target, alias }
    joined.set(place, next)
    joins.push(
      sql`left join ${sql.table(target.table)} as ${sql.id(alias)} on ${sql.id(alias)}.company_id = t.company_id and ${sql.id(alias)}.id = ${sql.ref(`${from.alias}.${columnOf(field)}`)}${seen && !isOpen ? sql` and ${seen}` : sql``}`,
    )
    return next
  }

  return {
    from: () => sql`${sql.table(object.table)} as t ${sql.join(joins, sql` `)}`,
    resolve: (path) => {
      const keys = path.split('.')
      const last = keys.pop() ?? ''
      let here: Joined = { object, alias: 't' }
      keys.forEach((key, at) => {
        const isTitle = keys.length === 1 && isTitleOf(fieldOf(object, key), last)
        here = join(here, key, keys.slice(0, at + 1).join('.'), isTitle)
      })
      const field = fieldOf(here.object, last)
      if (!field) throw new Error(`unchecked path ${path}`)
      return { field, alias: here.alias }
    },
  }

  function isTitleOf(reference: Field | undefined, key: string): boolean {
    const target = reference?.to === undefined ? undefined : catalogue.find(reference.to)
    return target !== undefined && (target.title === key || target.titleEn === key)
  }
}

/** The condition that a checked filter means, with every value bound. Unknown (null) counts as not met. */
export function toSql(filter: Filter, source: Source, viewpoint: Viewpoint): Sql {
  if ('and' in filter)
    return joined(
      filter.and.map((part) => toSql(part, source, viewpoint)),
      'and',
    )
  if ('or' in filter)
    return joined(
      filter.or.map((part) => toSql(part, source, viewpoint)),
      'or',
    )
  if ('not' in filter) return sql`(${toSql(filter.not, source, viewpoint)}) is not true`
  return conditionToSql(filter, source, viewpoint)
}

function joined(parts: readonly Sql[], by: 'and' | 'or'): Sql {
  if (parts.length === 0) return by === 'and' ? sql`true` : sql`false`
  return sql`(${sql.join(parts, by === 'and' ? sql` and ` : sql` or `)})`
}

function conditionToSql(condition: Condition, source: Source, viewpoint: Viewpoint): Sql {
  const { field, alias } = source.resolve(condition.field)
  const column = sql.ref(`${alias}.${columnOf(field)}`)
  const { op, value } = condition
  if (op === 'empty') return sql`${column} is null`
  if (op === 'notEmpty') return sql`${column} is not null`
  if (op === 'contains') return sql`${column} ilike ${`%${escapeLike(String(value))}%`}`
  if (op === 'startsWith') return sql`${column} ilike ${`${escapeLike(String(value))}%`}`
  if (op === 'within') return withinToSql(field, column, value, viewpoint)
  if (isNumeric(field)) return numericToSql(condition, column, sql.ref(`${alias}.${rankColumnOf(field)}`))
  return comparison(op, column, bound(field, viewpoint, value), (item) => bound(field, viewpoint, item), value)
}

/** Dates from/to as people mean them: a day stands for the whole day, also where the field holds instants. */
function withinToSql(field: Field, column: Sql, value: Condition['value'], viewpoint: Viewpoint): Sql {
  if (typeof value !== 'object' || value === null) throw new Error('unchecked filter')
  if ('unit' in value) return sql`${column} = any(${viewpoint.peopleOf(value.unit)}::uuid[])`
  if (!('relative' in value)) throw new Error('unchecked filter')
  const { from, to } = daysOf(value.relative, viewpoint)
  return sql`(${column} >= ${startOf(field, viewpoint, from)} and ${column} < ${startOf(field, viewpoint, to)})`
}

function startOf(field: Field, viewpoint: Viewpoint, day: string): Sql {
  return field.type === 'date_time' ? sql`(${day}::date::timestamp at time zone ${viewpoint.zone})` : sql`${day}::date`
}

type Comparison = Exclude<Condition['op'], 'empty' | 'notEmpty' | 'contains' | 'startsWith' | 'within'>

function comparison(
  op: Comparison,
  column: Sql,
  one: Sql,
  item: (value: unknown) => Sql,
  value: Condition['value'],
): Sql {
  switch (op) {
    case 'eq':
      return value === null ? sql`${column} is null` : sql`${column} = ${one}`
    case 'ne':
      return sql`${column} is distinct from ${one}`
    case 'lt':
      return sql`${column} < ${one}`
    case 'le':
      return sql`${column} <= ${one}`
    case 'gt':
      return sql`${column} > ${one}`
    case 'ge':
      return sql`${column} >= ${one}`
    case 'in':
      return anyOf(column, listOf(value), item)
    case 'between': {
      const [low, high] = listOf(value)
      return sql`(${column} >= ${item(low)} and ${column} <= ${item(high)})`
    }
  }
}

function anyOf(column: Sql, values: readonly unknown[], item: (value: unknown) => Sql): Sql {
  const given = values.filter((value) => value !== null)
  const among = given.length > 0 ? sql`${column} in (${sql.join(given.map(item))})` : sql`false`
  return given.length < values.length ? sql`(${among} or ${column} is null)` : among
}

function listOf(value: Condition['value']): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : []
}

/**
 * Comparing numerics is not leakproof, so under row-level security it cannot use an index. The double beside it can:
 * it narrows the rows, and the numeric decides exactly.
 */
function numericToSql({ op, value }: Condition, column: Sql, rank: Sql): Sql {
  const exact = (item: unknown) => sql`${String(item)}::numeric`
  const near = (item: unknown) => sql`${String(item)}::double precision`
  const decided = comparison(op as Comparison, column, exact(value), exact, value)
  if (value === null || op === 'ne' || (op === 'in' && listOf(value).includes(null))) return decided
  const loose: Comparison = op === 'lt' ? 'le' : op === 'gt' ? 'ge' : (op as Comparison)
  return sql`(${comparison(loose, rank, near(value), near, value)} and ${decided})`
}

function bound(field: Field, viewpoint: Viewpoint, value: unknown): Sql {
  if (typeof value === 'object' && value !== null && 'me' in value) return sql`${viewpoint.personId}::uuid`
  if (field.type === 'date_time' && typeof value === 'string') {
    return value.length === 10 ? startOf(field, viewpoint, value) : sql`${new Date(value).toISOString()}::timestamptz`
  }
  return sql`${value}::${sql.raw(columnTypeOf(field))}`
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (mark) => `\\${mark}`)
}
