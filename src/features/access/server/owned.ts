import { sql } from 'kysely'
import type { ObjectType } from '#engine/model/object-type.ts'
import { tableSql } from '#engine/query/source.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'

/** Whether a living record lies in a scope over `t`. */
export async function isOwned(tx: Tx, ctx: Ctx, object: ObjectType, id: string, scope: Sql): Promise<boolean> {
  const { rows } = await sql`
    select from ${tableSql(object)} t
    where t.company_id = ${ctx.company.id} and t.id = ${id} and t.deleted_at is null and ${scope}`.execute(tx)
  return rows.length > 0
}
