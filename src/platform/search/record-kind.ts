import { sql } from 'kysely'
import type { Catalogue } from '#engine/model/catalogue.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import { searchedFieldsOf } from '#engine/search/searched.ts'
import { tableSql } from '#engine/query/source.ts'
import { keptSql, nameSql, titleSql } from '#platform/records/row-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { may } from '#platform/records/scope.ts'
import { scopeOf } from '#platform/records/sight.ts'
import {
  pageLength,
  registeredKinds,
  type FoundRecord,
  type HintedRecord,
  type IndexedRecord,
  type SearchedKind,
} from './kind.ts'

/**
 * Everything that can be found: the objects with searched fields, those first that most others refer to, and what rooms
 * registered besides.
 */
export function searchedKinds(catalogue: Catalogue): readonly SearchedKind[] {
  const references = catalogue.all().flatMap(({ fields }) => fields.map((field) => field.to))
  const referrers = ({ key }: ObjectType): number => references.filter((to) => to === key).length
  const objects = catalogue
    .all()
    .filter((object) => searchedFieldsOf(object).length > 0)
    .sort((one, other) => referrers(other) - referrers(one))
  return [...objects.map(recordKind), ...registeredKinds()]
}

function recordKind(object: ObjectType): SearchedKind {
  const table = tableSql(object)
  const values = valuesSql(object)
  return {
    shape: object,
    isOpen: object.visibleToAll ?? false,
    isAllowed: (ctx) => may(ctx, object, 'read'),
    look: async (tx, ctx, ids) => {
      const { rows } = await sql<HintedRecord>`
        select t.id, t.owner_id as "ownerId", t.updated_at as "updatedAt", ${values} as values from ${table} t
        where t.company_id = ${ctx.company.id} and t.id = any(${ids}::uuid[]) and t.deleted_at is null
          and ${await scopeOf(ctx, object)}`.execute(tx)
      return rows
    },
    read: async (tx, ctx, ids) => {
      const { rows } = await sql<FoundRecord>`
        select t.id, ${titleSql(object, 't', ctx.language)} as title, null as "withinId",
          ${subtitleSql(object, ctx)} as subtitle,
          (select n.name from person n where n.company_id = t.company_id and n.id = t.owner_id) as "ownerName"
        from ${table} t
        where t.company_id = ${ctx.company.id} and t.id = any(${ids}::uuid[]) and t.deleted_at is null
          and ${await scopeOf(ctx, object)}`.execute(tx)
      return rows
    },
    page: async (tx, ctx, after, lock) => {
      const { rows } = await sql<IndexedRecord>`
        select t.id, t.owner_id as "ownerId", ${values} as values from ${table} t
        where t.company_id = ${ctx.company.id} and t.deleted_at is null and (${after}::uuid is null or t.id > ${after})
        order by t.id limit ${pageLength} ${lock ? sql`for share of t` : sql``}`.execute(tx)
      return rows
    },
  }
}

function valuesSql(object: ObjectType): Sql {
  return sql.join(
    searchedFieldsOf(object).map((field) => sql`jsonb_build_object(${field.key}::text, ${keptSql(field, object)})`),
    sql` || `,
  )
}

/** What it belongs to, and the first facts that lists show besides its name. */
function subtitleSql(object: ObjectType, ctx: Ctx): Sql {
  const shown = object.fields.filter((field) => field.inList && field.key !== object.title)
  const references = shown.filter((field) => field.type === 'reference').slice(0, 1)
  const parts = [
    ...references.map((field) => nameSql(field, ctx) ?? sql`null`),
    ...(references.length > 0
      ? []
      : shown
          .filter(isFact)
          .slice(0, 2)

          .map((field) => keptSql(field, object))),
  ]
  return parts.length === 0 ? sql`null` : sql`concat_ws(' · ', ${sql.join(parts)})`
}

const isFact = ({ type, custom, masked }: Field): boolean => !custom && !masked && (type === 'text' || type === 'date')
