import type { WorkplaceBrand } from '#engine/contract/workplace.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { enqueueJob } from '#platform/jobs/jobs.ts'
import type { SyncChange, SyncRun } from '../contract.ts'
import { workplaceErrors } from '../errors.ts'
import { allConnections, connectionOf } from './connection-store.ts'
import { wordsOf } from './problems.ts'
import {
  dropRuns,
  giveUpSilent,
  insertRun,
  linesAfter,
  newestRuns,
  nothing,
  openRun,
  openRuns,
  runById,
  type KeptRun,
} from './run-store.ts'

export const syncTask = 'workplace.sync'

/** After so long without a sign of life a run has broken off for good. */
const silentMinutes = 30
const daysKept = 90
const dayMs = 86_400_000
const linesAtOnce = 200

interface Wish {
  readonly isPreview: boolean
  readonly confirm?: boolean | undefined
}

/** Asks for a run in the background. One of the same kind that is under way is answered; of another kind it is waited for. */
export async function askForRun(ctx: Ctx, brand: WorkplaceBrand, wish: Wish): Promise<SyncRun> {
  return inStep(
    ctx,
    async (step) => {
      if (!(await connectionOf(step.tx, ctx, brand))) throw workplaceErrors.WORKPLACE_NOT_CONNECTED()
      const isConfirmed = wish.confirm ?? false
      const run = await begin(step, brand, { isPreview: wish.isPreview, isConfirmed })
      if (run.isPreview !== wish.isPreview || run.isConfirmed !== isConfirmed) throw workplaceErrors.WORKPLACE_BUSY()
      return runView(run)
    },
    { kind: 'workplace.ask' },
  )
}

async function begin(
  step: Step,
  brand: WorkplaceBrand,
  asked: Pick<KeptRun, 'isPreview' | 'isConfirmed'>,
): Promise<KeptRun> {
  const id = newId()
  await giveUpSilent(step, brand, silentMinutes)
  if (await insertRun(step, { id, brand, ...asked })) {
    await enqueueRun(step, id)
    const after = { brand, ...asked }
    step.audit({ object: 'workplace', recordId: step.ctx.company.id, action: 'synced', before: null, after })
  }
  const run = await openRun(step.tx, step.ctx, brand)
  if (!run) throw workplaceErrors.WORKPLACE_BUSY()
  return run
}

const enqueueRun = (step: Step, id: string) => enqueueJob(step, syncTask, { id }, `${syncTask}:${id}`)

/** Every night: whatever is to be kept in step, and runs that nobody will look at any more go. */
export async function askForNightlyRuns(ctx: Ctx): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      await dropRuns(step, new Date(ctx.now.getTime() - daysKept * dayMs))
      for (const { brand, isSyncOn } of await allConnections(step.tx, ctx)) {
        if (isSyncOn) await begin(step, brand, { isPreview: false, isConfirmed: false })
      }
    },
    { kind: 'workplace.nightly' },
  )
}

/** Puts runs that a stopped process left unfinished back into the queue. Called when the server starts. */
export async function resumeSyncs(ctx: Ctx): Promise<void> {
  await inStep(ctx, async (step) => {
    for (const id of await openRuns(step.tx, ctx)) await enqueueRun(step, id)
  })
}

export async function listRuns(ctx: Ctx, brand: WorkplaceBrand): Promise<{ runs: SyncRun[] }> {
  const runs = await inView(ctx, (tx) => newestRuns(tx, ctx, brand))
  return { runs: runs.map(runView) }
}

/** A run with its changes after the given number. */
export async function showRun(
  ctx: Ctx,
  brand: WorkplaceBrand,
  { id, after = 0 }: { readonly id: string; readonly after?: number | undefined },
): Promise<{ run: SyncRun; changes: SyncChange[]; next: number | null }> {
  return inView(ctx, async (tx) => {
    const run = await runById(tx, ctx, id)
    if (run?.brand !== brand) throw workplaceErrors.WORKPLACE_RUN_NOT_FOUND()
    const lines = await linesAfter(tx, ctx, id, { after, limit: linesAtOnce + 1 })
    const shown = lines.slice(0, linesAtOnce)
    const next = lines.length > linesAtOnce ? (shown.at(-1)?.number ?? null) : null
    const changes = shown.map(({ number: _, ...line }) => ({ ...line, kind: line.kind }))
    return { run: runView(run), changes, next }
  })
}

function runView({ isConfirmed: _, askedBy, counts, problem, ...run }: KeptRun): SyncRun {
  return {
    ...run,
    startedBy: askedBy === null ? 'schedule' : 'person',
    counts: { ...nothing, ...counts },
    problem: wordsOf(problem),
  }
}
