import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step, Tx } from '#platform/db/step.ts'

/**
 * A mark of everything that the past of deals, up to yesterday, is told from: as long as it stands, the same was to be
 * learned. What becomes of deals today leaves it as it is, and enters with the next day. The database notes each change
 * with the first day whose end looks different since; notes may be committed in another order than they were numbered, so
 * that they are counted as well.
 */
export async function markOfPast(tx: Tx, ctx: Ctx): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    select concat_ws(' ', count(*), min(id), max(id)) as mark from deal_past_change
    where company_id = ${ctx.company.id} and day < ${ctx.today}`.execute(tx)
  return rows[0]?.mark ?? ''
}

/** What was learned yesterday is not asked for again: notes of earlier days may go. */
export async function forgetPastChanges({ tx, ctx }: Step): Promise<void> {
  await sql`
    delete from deal_past_change where company_id = ${ctx.company.id} and at < now() - interval '2 days'`.execute(tx)
}
