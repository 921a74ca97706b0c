import { sql } from 'kysely'
import type { DuplicateRule } from '#engine/model/duplicate-rule.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import { keptSql } from '#platform/records/row-sql.ts'
import { rulesOn } from './rules-on.ts'

/** What rules compare of a record `t`, as one json object by field key. */
export function comparedFieldsSql(object: ObjectType, rules: readonly DuplicateRule[] = rulesOn(object)): Sql {
  const keys = new Set(rules.flatMap(({ compares }) => compares.map(({ field }) => field)))
  const fields = object.fields.filter(({ key }) => keys.has(key))
  const pairs = fields.map((field) => sql`${field.key}::text, ${keptSql(field, object)}`)
  return sql`jsonb_build_object(${sql.join(pairs)})`
}
