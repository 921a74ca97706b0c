import { z } from 'zod'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { enqueueJob, registerJob } from '#platform/jobs/jobs.ts'
import { searchedKinds } from './record-kind.ts'
import { beginningOf, indexPage, type IndexPlace } from './rebuild.ts'
import { isIndexed } from './version-store.ts'

const task = 'search.index'
const indexPlace = z.object({ object: z.string(), after: z.string().nullable() })

/** One page is one job, so that the program can stop in between and go on from there. */
export function registerSearchJobs(): void {
  registerJob(task, async (ctx, payload) => {
    const place = indexPlace.parse(payload)
    await inStep(ctx, async (step) => {
      const next = await indexPage(step, searchedKinds(ctx.company.wholeCatalogue), place)
      if (next) await enqueue(step, next)
    })
  })
}

/** Lets a company whose records the search does not know yet be indexed in the background. */
export async function indexIfNew(ctx: Ctx): Promise<void> {
  const first = beginningOf(searchedKinds(ctx.company.wholeCatalogue))
  if (!first || (await isIndexed(ctx))) return
  await inStep(ctx, (step) => enqueue(step, first))
}

/** Has the company's records indexed anew once this step is committed: other fields of them are searched now. */
export async function askToIndex(step: Step): Promise<void> {
  const first = beginningOf(searchedKinds(step.ctx.company.wholeCatalogue))
  if (first) await enqueue(step, first)
}

async function enqueue(step: Step, { object, after }: IndexPlace): Promise<void> {
  await enqueueJob(step, task, { object, after }, `${task}:${step.ctx.company.id}`)
}
