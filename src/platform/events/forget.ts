import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { registerDailyJob } from '#platform/jobs/jobs.ts'
import { dropHandled } from './event-store.ts'

/** Events stay that long after they were told: time enough to look what became of something. */
const daysKept = 30
const dayMs = 86_400_000
const portion = 10_000

/** Called once when the app is put together. */
export function registerForgettingOfEvents(): void {
  registerDailyJob('events.forget', forgetEvents)
}

/** Removes handled events that are older than thirty days; what waits or is parked stays. */
export async function forgetEvents(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now.getTime() - daysKept * dayMs)
  let removed = portion
  while (removed === portion) removed = await inStep(ctx, (step) => dropHandled(step, before, portion))
}
