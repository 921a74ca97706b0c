import { sql } from 'kysely'
import type { Language } from '#base/label.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import { columnOf, isColumn, isNumeric } from '#engine/model/column.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import type { Sql } from '#engine/query/to-sql.ts'

/** One field's value as the API writes it: decimals as text without trailing zeros. */
export function valueSql(field: Field, object: ObjectType): Sql {
  if (!isColumn(field)) return creditsSql(object)
  const column = sql.ref(`t.${columnOf(field)}`)
  return isNumeric(field) ? sql`trim_scale(${column})::text` : column
}

function creditsSql(object: ObjectType): Sql {
  return sql`(
    select jsonb_agg(jsonb_build_object('person', c.person_id, 'percent', trim_scale(c.percent)::text) order by c.position)
    from credit c where c.company_id = t.company_id and c.object = ${object.key} and c.record_id = t.id)`
}

/** The name of the record or person that a field points at, in the reader's language where there are two. */
export function nameSql(field: Field, catalogue: Catalogue, language: Language): Sql | undefined {
  const column = sql.ref(`t.${columnOf(field)}`)
  if (field.type === 'owner') {
    return sql`(select n.name from person n where n.company_id = t.company_id and n.id = ${column})`
  }
  const target = field.type === 'reference' && field.to ? catalogue.find(field.to) : undefined
  if (!target) return undefined
  return sql`(select ${titleSql(target, 'n', language)} from ${sql.table(target.table)} n where n.company_id = t.company_id and n.id = ${column})`
}

/** The column that names a record of an object. */
export function titleSql(object: ObjectType, alias: string, language: Language): Sql {
  const key = language === 'en' && object.titleEn ? object.titleEn : object.title
  const field = object.fields.find((candidate) => candidate.key === key)
  if (!field) throw new Error(`${object.key} has no title field ${key}`)
  return sql.ref(`${alias}.${columnOf(field)}`)
}
