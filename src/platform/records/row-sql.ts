import { sql } from 'kysely'
import type { Language } from '#base/label.ts'
import { columnOf, isCustomValue, isNumeric } from '#engine/model/column.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import { storedSql, tableSql } from '#engine/query/source.ts'
import { valueSql, type Source, type Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'

/** One field's value as the API writes it: decimals as text without trailing zeros. */
export function shownSql(field: Field, source: Source): Sql {
  if (field.type === 'credits') return creditsSql(source.object)
  const value = valueSql(source.resolve(field.key), source)
  if (field.masked) return maskedSql(field, value)
  return isNumeric(field) ? sql`trim_scale(${value})::text` : value
}

/**
 * What of a value is shown to whoever may not see it whole: 139****1234, z***@example.com, of short values nothing. The
 * value itself does not leave the database.
 */
function maskedSql({ type }: Field, value: Sql): Sql {
  const text = sql`(${value})::text`
  if (type === 'email') return sql`left(${text}, 1) || '***@' || split_part(${text}, '@', 2)`
  if (type !== 'phone' && type !== 'text') return sql`case when ${text} is not null then '****' end`
  return sql`case when length(${text}) >= 11 then left(${text}, 3) || '****' || right(${text}, 4)
    when length(${text}) >= 7 then left(${text}, 1) || '****' || right(${text}, 2)
    when ${text} is not null then '****' end`
}

/** The same of a stored field, read as `t`; custom values as they were written. */
export function keptSql(field: Field, object: ObjectType): Sql {
  if (field.type === 'credits') return creditsSql(object)
  if (isCustomValue(field)) return sql`t.custom -> ${sql.lit(field.key)}`
  const column = storedSql(field, 't')
  return isNumeric(field) ? sql`trim_scale(${column})::text` : column
}

function creditsSql(object: ObjectType): Sql {
  return sql`(
    select jsonb_agg(jsonb_build_object('person', c.person_id, 'percent', trim_scale(c.percent)::text) order by c.position)
    from credit c where c.company_id = t.company_id and c.object = ${object.key} and c.record_id = t.id)`
}

/** The name of the record or person that a field points at, in the reader's language where there are two. */
export function nameSql(field: Field, ctx: Ctx): Sql | undefined {
  return field.type === 'owner' || field.type === 'reference' ? nameOfSql(field, ctx, storedSql(field, 't')) : undefined
}

/** The same for an id that such a field may hold. */
export function nameOfSql(field: Field, { company, language }: Ctx, id: Sql): Sql | undefined {
  if (field.type === 'owner') {
    return sql`(select n.name from person n where n.company_id = ${company.id} and n.id = ${id})`
  }
  const target = field.type === 'reference' && field.to ? company.catalogue.find(field.to) : undefined
  if (!target) return undefined
  return sql`(select ${titleSql(target, 'n', language)} from ${tableSql(target)} n
    where n.company_id = ${company.id} and n.id = ${id})`
}

/** The names of the records or files that a list points at, as one json object by their ids. */
export function namesOfListSql(field: Field, { company, language }: Ctx): Sql | undefined {
  if (field.type === 'file') return fileNamesSql(field)
  const target = field.type === 'multi_reference' && field.to ? company.catalogue.find(field.to) : undefined
  if (!target) return undefined
  return sql`coalesce((select jsonb_object_agg(n.id, ${titleSql(target, 'n', language)}) from ${tableSql(target)} n
    where n.company_id = t.company_id
      and n.id in (select e::uuid from jsonb_array_elements_text(${storedSql(field, 't')}) e)), '{}'::jsonb)`
}

function fileNamesSql(field: Field): Sql {
  return sql`coalesce((select jsonb_object_agg(n.id, n.name) from attachment n
    where n.company_id = t.company_id
      and n.id in (select e::uuid from jsonb_array_elements_text(${storedSql(field, 't')}) e)), '{}'::jsonb)`
}

/** The column that names a record of an object. */
export function titleSql(object: ObjectType, alias: string, language: Language): Sql {
  const key = language === 'en' && object.titleEn ? object.titleEn : object.title
  const field = object.fields.find((candidate) => candidate.key === key)
  if (!field) throw new Error(`${object.key} has no title field ${key}`)
  return sql.ref(`${alias}.${columnOf(field)}`)
}
