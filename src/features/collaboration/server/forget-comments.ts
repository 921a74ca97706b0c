import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { dropForgotten } from './comment-store.ts'

const daysKept = 30

/** Removes for good the comments that nobody can bring back any more. */
export async function forgetComments(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now.getTime() - daysKept * 86_400_000)
  await inStep(ctx, (step) => dropForgotten(step, before))
}
