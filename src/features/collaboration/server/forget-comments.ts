import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { binnedSince } from '#platform/records/retention.ts'
import { dropForgotten } from './comment-store.ts'

/** Removes for good the comments that nobody can bring back any more. */
export async function forgetComments(ctx: Ctx): Promise<void> {
  await inStep(ctx, (step) => dropForgotten(step, binnedSince(ctx)))
}
