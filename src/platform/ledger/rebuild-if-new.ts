import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { enqueueJobOnce, registerJob } from '#platform/jobs/jobs.ts'
import { rebuildLedger } from './verify.ts'
import { isWrittenByThese } from './written-by.ts'

const task = 'ledger.rebuild'

/** Puts writing the ledger anew into the queue's hands. Called once when the app is put together. */
export function registerRebuilding(): void {
  registerJob(task, async (ctx) => {
    if (!(await inView(ctx, isWrittenByThese))) await rebuildLedger(ctx)
  })
}

/**
 * Asks that the ledger be written anew where the product came with other metrics than it was written by. Called when the
 * server starts.
 */
export async function rebuildIfNew(ctx: Ctx): Promise<void> {
  if (await inView(ctx, isWrittenByThese)) return
  await inStep(ctx, (step) => enqueueJobOnce(step, task, {}, task))
}
