import { sql } from 'kysely'
import { columnTypeOf, fieldOf, isNumeric } from '#engine/model/column.ts'
import type { Field, ObjectType, SortKey } from '#engine/model/object-type.ts'
import { isDate, isUuid } from '#engine/model/validate.ts'
import type { Source } from './source.ts'
import { orderSql, type Sql } from './to-sql.ts'

/** Where a page ended: the sort values of its last row as PostgreSQL writes them, and its id. */
export interface Place {
  readonly values: readonly (string | null)[]
  readonly id: string
}

/** Whether a place that came from outside holds values that its sort keys can have. */
export function isPlaceOf(sort: readonly SortKey[], object: ObjectType, { values }: Place): boolean {
  return (
    values.length === sort.length &&
    sort.every((key, at) => {
      const value = values[at] ?? null
      return value === null || shapes[typeOf(key, object)]?.(value) === true
    })
  )
}

const instant = /^(\d{4}-\d\d-\d\d) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?[+-](0\d|1[0-4])(:[0-5]\d)?$/

/** Values as PostgreSQL writes them. */
const shapes: Readonly<Record<string, (text: string) => boolean>> = {
  'double precision': (text) => /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text) && Number.isFinite(Number(text)),
  date: isDate,
  timestamptz: (text) => isDate(instant.exec(text)?.[1]),
  boolean: (text) => text === 'true' || text === 'false',
  uuid: isUuid,
  text: (text) => !text.includes('\u0000') && text.isWellFormed(),
}

interface Key {
  readonly expression: Sql
  readonly type: string
  readonly descending: boolean
  /** Never null, so that a row comparison by index is enough. */
  readonly filled: boolean
}

/** How records of an object are put in order: `order by`, the values a cursor needs, and what comes after a place. */
export interface Order {
  readonly by: Sql
  /** Text of each sort value, to be selected beside the row. */
  readonly values: readonly Sql[]
  after(place: Place): Sql
}

/** Text sorts by pinyin; numerics by their leakproof companion; the id decides between equals. */
export function orderOf(sort: readonly SortKey[], source: Source): Order {
  const keys = sort.map((key) => keyOf(key, source))
  const idDown = keys[0]?.descending ?? false
  const parts = keys.map((key) => sql`${key.expression}${key.descending ? sql` desc` : sql``}`)
  return {
    by: sql.join([...parts, idDown ? sql`t.id desc` : sql`t.id`]),
    values: keys.map((key) => sql`(${key.expression})::text`),
    after: (place) => afterPlace(keys, place, idDown),
  }
}

function keyOf({ field: name, descending = false }: SortKey, source: Source): Key {
  const spot = source.resolve(name)
  const { field } = spot
  const value = orderSql(spot, source)
  return {
    expression: isText(field) ? sql`${value} collate "zh-x-icu"` : value,
    type: orderTypeOf(field),
    descending,
    // A custom field may have become required after records were made without it.
    filled: (field.required ?? false) && !field.custom,
  }
}

function typeOf({ field: name }: SortKey, object: ObjectType): string {
  const field = fieldOf(object, name)
  if (!field) throw new Error(`unchecked sort by ${name}`)
  return orderTypeOf(field)
}

function orderTypeOf(field: Field): string {
  return isNumeric(field) ? 'double precision' : columnTypeOf(field)
}

function isText(field: Field): boolean {
  return columnTypeOf(field) === 'text'
}

/** Everything behind the place: nulls come last going up and first going down, as PostgreSQL has it. */
function afterPlace(keys: readonly Key[], place: Place, idDown: boolean): Sql {
  const [only] = keys
  const value = place.values[0]
  if (keys.length === 1 && only?.filled && value !== null) {
    return sql`(${only.expression}, t.id) ${only.descending ? sql`<` : sql`>`} (${value}::${sql.raw(only.type)}, ${place.id}::uuid)`
  }
  return keys.reduceRight<Sql>(
    (rest, key, at) => behind(key, place.values[at] ?? null, rest),
    idDown ? sql`t.id < ${place.id}::uuid` : sql`t.id > ${place.id}::uuid`,
  )
}

function behind(key: Key, value: string | null, rest: Sql): Sql {
  const here = key.expression
  if (value === null) {
    return key.descending
      ? sql`(${here} is not null or (${here} is null and ${rest}))`
      : sql`(${here} is null and ${rest})`
  }
  const there = sql`${value}::${sql.raw(key.type)}`
  return key.descending
    ? sql`(${here} <= ${there} and (${here} < ${there} or ${rest}))`
    : sql`((${here} > ${there} or ${here} is null) or (${here} = ${there} and ${rest}))`
}
