import { z } from 'zod'
import { onCompanyCreated } from '#features/org/server/index.ts'
import { seedStages } from '#features/pipeline/server/index.ts'
import { inStep } from '#platform/db/step.ts'
import { onEvent } from '#platform/events/dispatch.ts'
import { enqueueJob, registerJob } from '#platform/jobs/jobs.ts'
import { recredit } from '#platform/ledger/index.ts'
import { keepSearchAsItIs } from '#platform/search/index.ts'

const recreditTask = 'ledger.recredit'

/** `from`: the first day whose results may be credited elsewhere now; null where only other things changed. */
const moved = z.object({ personIds: z.array(z.string()), from: z.string().nullable() })
const toRecredit = z.object({ personIds: z.array(z.string()), from: z.string() })

/** What follows in one room from what happened in another that does not know it. */
export function registerFollowUps(): void {
  onCompanyCreated(keepSearchAsItIs)
  onCompanyCreated(seedStages)
  onEvent('org.assignment.changed', async (step, { payload }) => {
    const { personIds, from } = moved.parse(payload)
    if (from !== null && personIds.length > 0) await enqueueJob(step, recreditTask, { personIds, from })
  })
  registerJob(recreditTask, async (ctx, payload) => {
    const { personIds, from } = toRecredit.parse(payload)
    await inStep(ctx, (step) => recredit(step, personIds, from), { kind: recreditTask })
  })
}
