import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'

/** Takes away what is older than the retention that the database itself knows; closings stay. */
export async function forgetAttainment(ctx: Ctx): Promise<void> {
  await inStep(ctx, ({ tx }) => sql`select forget_attainment(${ctx.today}::date)`.execute(tx))
}
