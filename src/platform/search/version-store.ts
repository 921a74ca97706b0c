import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Step } from '#platform/db/step.ts'

/** Grows when other tokens are made of the same record: companies indexed before are indexed anew. */
const tokensVersion = 1

/** Are the company's records indexed with the tokens of this program? */
export async function isIndexed(ctx: Ctx): Promise<boolean> {
  const { rows } = await inView(ctx, (tx) =>
    sql`select from search_version where company_id = ${ctx.company.id} and version = ${tokensVersion}`.execute(tx),
  )
  return rows.length > 0
}

/** Says that whatever is there is indexed: after indexing all of it, and where nothing is there yet. */
export async function keepSearchAsItIs({ ctx, tx }: Step): Promise<void> {
  await sql`
    insert into search_version (company_id, version) values (${ctx.company.id}, ${tokensVersion})
    on conflict (company_id) do update set version = excluded.version`.execute(tx)
}
