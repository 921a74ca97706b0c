import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'

/** The end of the chain, and how much stands behind it unsealed. */
export async function showSeal(ctx: Ctx) {
  return inView(ctx, async (tx) => {
    const { rows } = await sql<{ number: string; hash: string; sealedAt: Date }>`
      select number::text as number, encode(hash, 'hex') as hash, sealed_at as "sealedAt" from audit_step
      where company_id = ${ctx.company.id} and number is not null order by audit_step.number desc limit 1`.execute(tx)
    const { rows: open } = await sql<{ entries: number }>`
      select coalesce(sum(entries), 0)::int as entries from audit_step
      where company_id = ${ctx.company.id} and number is null`.execute(tx)
    return { seal: rows[0] ? { company: ctx.company.slug, ...rows[0] } : null, open: open[0]?.entries ?? 0 }
  })
}
