import { sql } from 'kysely'
import { standardCatalogue } from '#platform/records/registry.ts'
import { rebuildSearch, searchedKinds } from '#platform/search/index.ts'
import type { Ground } from './seeded.ts'

/** Indexes what was seeded as `terrace rebuild` does; the key comes last, as keys of a million rows do in a restore. */
export async function seedSearch({ owner, ctx }: Ground): Promise<void> {
  await sql`alter table search_token drop constraint search_token_pkey`.execute(owner)
  await rebuildSearch(ctx, searchedKinds(standardCatalogue()))
  await sql`alter table search_token add primary key (company_id, object, token, place, owner_id, record_id)`.execute(
    owner,
  )
  await sql`vacuum analyze search_token`.execute(owner)
}
