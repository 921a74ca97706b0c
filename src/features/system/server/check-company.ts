import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { stopIfHalted } from '#platform/jobs/halt.ts'
import { enqueueJob, registerJob, type JobPayload } from '#platform/jobs/jobs.ts'
import type { CheckView } from '../contract.ts'
import { insertCheck, newestCheck, saveCheck, type CheckRun } from './check-store.ts'
import { allChecks } from './checks.ts'

const task = 'system.check'

export function registerCheckJob(): void {
  registerJob(task, checkInBackground, { isAwaited: true })
}

/** Asks for a check of the company; one that is under way is answered instead. */
export async function askForCheck(ctx: Ctx): Promise<CheckView> {
  await inStep(
    ctx,
    async (step) => {
      const last = await newestCheck(step.tx, ctx)
      if (last && isOpen(last)) return
      const id = newId()
      await insertCheck(step.tx, ctx, id)
      await enqueueJob(step, task, { id }, task)
    },
    { kind: 'system.check' },
  )
  const asked = await lastCheck(ctx)
  if (!asked) throw new Error('the check was not written down')
  return asked
}

export async function lastCheck(ctx: Ctx): Promise<CheckView | null> {
  const run = await inView(ctx, (tx) => newestCheck(tx, ctx))
  if (!run) return null
  const { found, ...rest } = run
  const compared = allChecks().filter(({ key }) => found[key] !== undefined)
  return { ...rest, found: compared.map(({ key, label }) => ({ key, label, differences: found[key] ?? 0 })) }
}

const isOpen = ({ state }: CheckRun) => state === 'queued' || state === 'running'

/** Compares one thing after the other; what breaks off begins anew with the next try of the job. */
async function checkInBackground(ctx: Ctx, { id }: JobPayload): Promise<void> {
  const run = String(id)
  const found: Record<string, number> = {}
  const save = (state: CheckRun['state']) => inStep(ctx, ({ tx }) => saveCheck(tx, ctx, { id: run, state, found }))
  await save('running')
  try {
    for (const check of allChecks()) {
      stopIfHalted()
      found[check.key] = await check.run(ctx)
      await save('running')
    }
  } catch (error) {
    await save('failed')
    throw error
  }
  await save('done')
}
