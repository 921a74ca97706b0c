import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { enqueueJob, registerJob } from '#platform/jobs/jobs.ts'
import type { Saved } from '#platform/records/draft.ts'
import { saveMany } from '#platform/records/save.ts'
import { opportunity } from '../objects.ts'

const task = 'pipeline.categories'
const portion = 500

export function registerFollowing(): void {
  registerJob(task, (ctx, { stage }) => followStage(ctx, String(stage)))
}

/** Deals whose category nobody chose follow their stage when the company changes what it stands for. */
export async function followStages(step: Step, saved: readonly Saved[]): Promise<void> {
  const isOther = ({ before, after }: Saved) =>
    before !== null &&
    after !== null &&
    ['forecastCategory', 'probability'].some((field) => before[field] !== after[field])
  for (const { id } of saved.filter(isOther)) await enqueueJob(step, task, { stage: id }, `${task} ${id}`)
}

/** In portions, each in a step of its own: a deal that is saved anew takes the category of its stage. */
async function followStage(ctx: Ctx, stage: string): Promise<void> {
  const ids = await inView(ctx, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      select id from opportunity
      where company_id = ${ctx.company.id} and stage_id = ${stage} and status = 'open' and not forecast_by_hand
        and deleted_at is null order by id`.execute(tx)
    return rows.map(({ id }) => id)
  })
  for (let at = 0; at < ids.length; at += portion) {
    const rows = ids.slice(at, at + portion).map((id) => ({ id, values: {} }))
    await inStep(ctx, (step) => saveMany(step, opportunity, rows, { system: true }), { kind: task })
  }
}
