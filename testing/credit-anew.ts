import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { askToRecredit, runRecredit } from '#platform/ledger/index.ts'

/** Credits the results of these people anew from a day on, as follows from their backdated moves. */
export async function creditAnew(ctx: Ctx, personIds: readonly string[], from: string): Promise<void> {
  await runRecredit(ctx, await inStep(ctx, (step) => askToRecredit(step, { personIds, from })))
}

/** Works off what moves asked for, as the queue does. */
export async function creditWhatMoved(ctx: Ctx): Promise<void> {
  const { rows } = await inView(ctx, (tx) => sql<{ id: string }>`select id from recredit_run order by id`.execute(tx))
  for (const { id } of rows) await runRecredit(ctx, id)
}
