import { attempt } from '#platform/db/attempt.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isLostConnection } from '#platform/db/lost-connection.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { stopIfHalted } from '#platform/jobs/halt.ts'
import { adapters, WorkplaceFault } from '#platform/workplace/index.ts'
import type { SyncCounts } from '../contract.ts'
import { isBeyondFence } from '../fence.ts'
import { planSync } from '../plan.ts'
import type { Change, Directory, Here, Note, Plan } from '../sync-shapes.ts'
import { applyChange, type Doing } from './apply-change.ts'
import { connectionOf, noteFailure, noteSuccess, type KeptConnection } from './connection-store.ts'
import { appOf } from './connections.ts'
import { countOf, lineOf } from './lines.ts'
import { markLeft } from './link-store.ts'
import { tellSyncFailed } from './notices.ts'
import { detailOf, lineProblem, reasonWords, type RunProblem } from './problems.ts'
import { endRun, forgetFailures, holdRun, insertLines, nothing, runById, saveCounts, type KeptRun, type Line } from './run-store.ts' // prettier-ignore
import { directoryOf, standingNow } from './standing.ts'

/** The run ended while it was at work: disconnected, or given up. */
class Over extends Error {}

/** Why nothing, or not everything, was done. */
class Stopped extends Error {
  readonly problem: RunProblem
  readonly state: 'held' | 'failed'

  constructor(problem: RunProblem, state: 'held' | 'failed' = 'failed') {
    super(problem)
    this.problem = problem
    this.state = state
  }
}

/**
 * Brings a company in step with its directory: read, plan, do one change after the other, each in a step of its own. A
 * run that broke off goes on: what is done is in step, and is planned no more.
 */
export async function runSync(ctx: Ctx, id: string): Promise<void> {
  const run = await inView(ctx, (tx) => runById(tx, ctx, id))
  if (!run || !['queued', 'running'].includes(run.state)) return
  try {
    await syncOrStop(ctx, run)
  } catch (error) {
    if (error instanceof Over) return
    if (!(error instanceof WorkplaceFault) && isLostConnection(error)) throw error
    await endBadly(ctx, run, error)
  }
}

async function syncOrStop(ctx: Ctx, run: KeptRun): Promise<void> {
  const work = await openWork(ctx, run)
  const directory = await read(ctx, work)
  const here = await inView(ctx, (tx) => standingNow(tx, ctx, work.connection))
  if (!here) throw new Stopped('unit-closed')
  const plan = planSync(directory, here)
  if (run.isPreview) return foresee(ctx, work, plan)
  if (!run.isConfirmed && isBeyondFence(plan, here)) {
    await foresee(ctx, work, plan, new Stopped('held', 'held'))
    return
  }
  await bringInStep(ctx, work, plan, here)
}

/** A run under way, with what it did so far. */
interface Work {
  readonly run: KeptRun
  readonly connection: KeptConnection
  counts: SyncCounts
  last: number
}

async function openWork(ctx: Ctx, run: KeptRun): Promise<Work> {
  return inStep(ctx, async (step) => {
    await hold(step, run)
    const connection = await connectionOf(step.tx, ctx, run.brand)
    if (!connection) throw new Stopped('disconnected')
    if (!ctx.company.roles.has(connection.role)) throw new Stopped('no-role')
    const counts = { ...nothing, ...run.counts, failed: 0 }
    return { run, connection, counts, last: await forgetFailures(step, run.id) }
  })
}

async function hold(step: Step, { id }: KeptRun): Promise<void> {
  if (!(await holdRun(step, id))) throw new Over()
}

const progressEveryMs = 1000

/** Reads the whole directory, or nothing: where nobody or no department is seen, nothing can be in step with it. */
async function read(ctx: Ctx, work: Work): Promise<Directory> {
  const { brand, rootDepartment: root } = work.connection
  const app = appOf(work.connection)
  if (!app) throw new Stopped('no-secret')
  let saved = Date.now()
  let saving = Promise.resolve()
  const onProgress = ({ departments, people }: { readonly departments: number; readonly people: number }): void => {
    work.counts = { ...work.counts, departmentsRead: departments, peopleRead: people }
    if (Date.now() - saved < progressEveryMs) return
    saved = Date.now()
    const { counts } = work
    saving = saving.then(() => inStep(ctx, (step) => saveCounts(step, work.run.id, counts))).catch(() => undefined)
  }
  const directory = await adapters[brand].readDirectory(app, { root, onProgress })
  await saving
  const { departments, people } = directory
  work.counts = { ...work.counts, departmentsRead: departments.length, peopleRead: people.length }
  if (departments.length === 0) throw new Stopped('no-departments')
  if (!people.some(({ isActive }) => isActive)) throw new Stopped('nobody')
  return directoryOf(directory)
}

/** Writes down what would change, and changes nothing. */
async function foresee(ctx: Ctx, work: Work, { changes, notes }: Plan, held?: Stopped): Promise<void> {
  const lines = [...changes.map((change) => lineOf(change)), ...notes.map(noteLine)]
  work.counts = changes.reduce(countOf, work.counts)
  work.counts = { ...work.counts, failed: notes.filter(({ isFailure }) => isFailure).length }
  await inStep(ctx, async (step) => {
    await hold(step, work.run)
    await insertLines(step, work.run.id, 1, lines)
    await saveCounts(step, work.run.id, work.counts)
  })
  if (held) throw held
  await inStep(ctx, (step) => endRun(step, work.run.id, { state: 'done', problem: null, detail: null }))
}

/** What fails is tried once more when all else is done: a name may be free by then. */
async function bringInStep(ctx: Ctx, work: Work, plan: Plan, here: Here): Promise<void> {
  const doing: Doing = { brand: work.run.brand, role: work.connection.role, depth: depthOf(here) }
  const failed: Change[] = []
  for (const change of plan.changes) {
    stopIfHalted()
    if ((await doOne(ctx, work, doing, change, 'again')) === 'failed') failed.push(change)
  }
  for (const change of failed) {
    stopIfHalted()
    await doOne(ctx, work, doing, change, 'tell')
  }
  await finish(ctx, work, plan)
}

/** One change in one step with its line; `again`: it will be tried once more, so a failure is not written down yet. */
async function doOne(
  ctx: Ctx,
  work: Work,
  doing: Doing,
  change: Change,
  onFailure: 'again' | 'tell',
): Promise<'done' | 'failed'> {
  const options = { kind: 'workplace.sync', operationId: work.run.id }
  const { isDone, counts, last } = await inStep(
    ctx,
    async (step) => {
      await hold(step, work.run)
      const tried = await attempt(step, (part) => applyChange(part, change, doing))
      if (!tried.ok && onFailure === 'again') return { isDone: false, counts: work.counts, last: work.last }
      const line = tried.ok ? lineOf(change, tried.result) : lineOf(change, undefined, lineProblem(tried.error))
      const counted = tried.ok ? countOf(work.counts, change) : { ...work.counts, failed: work.counts.failed + 1 }
      await insertLines(step, work.run.id, work.last + 1, [line])
      await saveCounts(step, work.run.id, counted)
      return { isDone: tried.ok, counts: counted, last: work.last + 1 }
    },
    options,
  )
  Object.assign(work, { counts, last })
  return isDone ? 'done' : 'failed'
}

async function finish(ctx: Ctx, work: Work, { notes, seenAgain }: Plan): Promise<void> {
  const { run } = work
  await inStep(ctx, async (step) => {
    await hold(step, run)
    for (const externalId of seenAgain) await markLeft(step, run.brand, { externalId, on: null })
    await insertLines(step, run.id, work.last + 1, notes.map(noteLine))
    const failed = work.counts.failed + notes.filter(({ isFailure }) => isFailure).length
    await saveCounts(step, run.id, { ...work.counts, failed })
    await endRun(step, run.id, { state: failed > 0 ? 'partly' : 'done', problem: null, detail: null })
    await noteSuccess(step, run.brand)
  })
}

async function endBadly(ctx: Ctx, { id, brand, isPreview, askedBy }: KeptRun, error: unknown): Promise<void> {
  const { problem, state, detail } = endingOf(error)
  if (problem === 'unforeseen') ctx.log.error({ err: error, runId: id }, 'a sync of the organisation failed')
  else ctx.log.warn({ problem, detail, runId: id }, 'a sync of the organisation did not come through')
  await inStep(ctx, async (step) => {
    await endRun(step, id, { state, problem, detail })
    if (isPreview) return
    await noteFailure(step, brand, { problem, detail })
    if (askedBy === null) await tellSyncFailed(step, brand, id)
  })
}

interface Ending {
  readonly problem: RunProblem
  readonly state: 'held' | 'failed'
  readonly detail: string | null
}

function endingOf(error: unknown): Ending {
  if (error instanceof Stopped) return { problem: error.problem, state: error.state, detail: null }
  if (error instanceof WorkplaceFault) return { problem: error.problem, state: 'failed', detail: detailOf(error) }
  return { problem: 'unforeseen', state: 'failed', detail: null }
}

const noteLine = ({ kind, name, unitId, personId, reason }: Note): Line => ({
  ...{ kind, name, unitId, personId },
  before: null,
  after: null,
  problem: reasonWords(reason),
})

function depthOf({ chosen, units }: Here): number {
  const parents = new Map(units.map(({ id, parentId }) => [id, parentId]))
  let depth = 0
  for (let at = parents.get(chosen.id); at; at = parents.get(at)) depth += 1
  return depth
}
