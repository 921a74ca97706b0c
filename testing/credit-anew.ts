import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { askToRecredit, runRecredit } from '#platform/ledger/index.ts'

/** Credits the results of these people anew from a day on, as follows from their backdated moves. */
export async function creditAnew(ctx: Ctx, personIds: readonly string[], from: string): Promise<void> {
  await runRecredit(ctx, await inStep(ctx, (step) => askToRecredit(step, { personIds, from })))
}
