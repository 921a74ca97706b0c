import { z } from 'zod'
import { onEvent } from '#platform/events/handlers.ts'
import { enqueueJob, registerJob } from '#platform/jobs/jobs.ts'
import { revalue } from '#platform/ledger/index.ts'
import { rateChanged } from '../contract.ts'

const task = 'rates.revalue'

const changed = z.object({ currency: z.string(), from: z.string(), to: z.string().nullable() })

/** What follows from a changed rate: the results that it values are computed anew, by a job. */
export function registerRevaluing(): void {
  onEvent(rateChanged, (step, { payload }) => enqueueJob(step, task, changed.parse(payload)))
  registerJob(task, async (ctx, payload) => {
    await revalue(ctx, changed.parse(payload))
  })
}
