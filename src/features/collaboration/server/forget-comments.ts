import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { dropRemovedBefore } from './comment-store.ts'

const daysKept = 30

/** Removes for good the comments that were deleted long ago. */
export async function forgetComments(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now.getTime() - daysKept * 86_400_000)
  await inStep(ctx, (step) => dropRemovedBefore(step, before))
}
