import { onCompanyCreated, onCreditChanged } from '#features/org/server/index.ts'
import { seedStages } from '#features/pipeline/server/index.ts'
import { inStep } from '#platform/db/step.ts'
import { enqueueJob, registerJob } from '#platform/jobs/jobs.ts'
import { recredit } from '#platform/ledger/index.ts'

const recreditTask = 'ledger.recredit'

/** What follows in one room from what happened in another that does not know it. */
export function registerFollowUps(): void {
  onCompanyCreated(seedStages)
  registerJob(recreditTask, async (ctx, payload) => {
    const { personIds, fromDay } = payload as { readonly personIds: readonly string[]; readonly fromDay: string }
    await inStep(ctx, (step) => recredit(step, personIds, fromDay), { kind: recreditTask })
  })
  onCreditChanged((step, personIds, fromDay) => enqueueJob(step, recreditTask, { personIds, fromDay }))
}
