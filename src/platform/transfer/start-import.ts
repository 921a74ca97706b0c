import { sql } from 'kysely'
import { faultsOfMapping, type ImportSet, type Mapping } from '#engine/transfer/mapping.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId, newId } from '#platform/db/new-id.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { contextOfPerson } from '#platform/db/system.ts'
import { enqueueJobOnce, registerDailyJob, registerJob, type JobPayload } from '#platform/jobs/jobs.ts'
import { registerProgress } from '#platform/live/index.ts'
import { transferErrors } from './errors.ts'
import { findFile } from './file-store.ts'
import { forgetFiles } from './forget-files.ts'
import { cancelSet, insertRun, newestRuns, runById, runsOfSet, unfinishedSets, type ImportRun } from './import-store.ts'
import type { RunWatch } from './portions.ts'
import { openMapped, runImport } from './run-import.ts'
import { importTarget } from './targets.ts'
import { registerImportNotices, tellImportsEnded } from './tell-ended.ts'

const task = 'transfer.import'

/** Puts background imports, and the removal of their files, into the queue's hands. Called once when the app is put together. */
export function registerTransferJobs(): void {
  registerJob(task, runInBackground)
  registerDailyJob('transfer.forget', forgetFiles)
  registerImportNotices()
  registerProgress('import', async (ctx, id) => {
    const run = await inView(ctx, (tx) => runById(tx, ctx, id))
    return run && { state: run.state, done: run.rowsRead, total: run.rowsTotal }
  })
}

export interface StartImport {
  readonly fileId: string
  readonly mapping: Mapping
  /** A rehearsal that keeps nothing. */
  readonly isDry?: boolean | undefined
}

/** Checks file and mapping, then imports in the background. */
export async function startImport(ctx: Ctx, input: StartImport): Promise<ImportRun> {
  const { id } = await prepareImport(ctx, input, (step, setId) =>
    enqueueJobOnce(step, task, jobOf(setId), keyOf(setId)),
  )
  return showImport(ctx, id)
}

/** The same without a job: the caller runs it. */
export async function prepareImport(
  ctx: Ctx,
  input: StartImport,
  then: (step: Step, setId: string) => Promise<void> = async () => undefined,
): Promise<{ readonly id: string; readonly setId: string }> {
  const target = importTarget(ctx, input.mapping.object)
  const file = await findFile(ctx, input.fileId)
  await openMapped(ctx, input, target)
  const setId = newId()
  return inStep(ctx, async (step) => {
    const id = await insertRun(step.tx, ctx, { ...input, setId, position: 0, isDry: input.isDry ?? false })
    if (id === undefined) throw transferErrors.FILE_NOT_FOUND({ name: input.fileId })
    if (!input.isDry) auditStart(step, id, { object: input.mapping.object, file: file.name })
    await then(step, setId)
    return { id, setId }
  })
}

/** Of itself: the records that come in are entries of the import's own operation. */
function auditStart(step: Step, id: string, told: { readonly object: string; readonly file: string }): void {
  step.audit({ object: 'import', recordId: id, action: 'imported', before: null, after: told })
}

export interface StartSet {
  readonly set: ImportSet
  /** Key of the stored file by the name that the set gives it. */
  readonly files: Readonly<Record<string, string>>
}

/** Imports the files of a set one after the other, in the background. Answers the runs in their order. */
export async function startSet(ctx: Ctx, input: StartSet): Promise<readonly ImportRun[]> {
  const setId = await prepareSet(ctx, input, (step, id) => enqueueJobOnce(step, task, jobOf(id), keyOf(id)))
  return showSet(ctx, setId)
}

/** The same without a job. Everything that can be checked before the first row is checked for every file. */
export async function prepareSet(
  ctx: Ctx,
  { set, files }: StartSet,
  then: (step: Step, setId: string) => Promise<void> = async () => undefined,
): Promise<string> {
  const runs: { fileId: string; mapping: Mapping }[] = []
  for (const { file, ...mapping } of set.steps) {
    const fileId = files[file]
    if (fileId === undefined) throw transferErrors.FILE_NOT_FOUND({ name: file })
    await findFile(ctx, fileId)
    const faults = faultsOfMapping(mapping, importTarget(ctx, mapping.object))
    if (faults.length > 0) throw transferErrors.MAPPING_INVALID({}, faults)
    await openMapped(ctx, { fileId, mapping }, importTarget(ctx, mapping.object))
    runs.push({ fileId, mapping })
  }
  const setId = newId()
  await inStep(ctx, async (step) => {
    for (const [position, run] of runs.entries()) {
      const id = await insertRun(step.tx, ctx, { ...run, setId, setName: set.name, position, isDry: false })
      if (id === undefined) throw transferErrors.FILE_NOT_FOUND({ name: run.fileId })
      auditStart(step, id, { object: run.mapping.object, file: set.steps[position]?.file ?? '' })
    }
    await then(step, setId)
  })
  return setId
}

/**
 * Runs what is left of a set, file by file; when one fails as a whole, those after it are called off. While another
 * process is at it nothing is done: the lock lives as long as that process, and not longer.
 */
export async function runSet(
  ctx: Ctx,
  setId: string,
  watchOf: (run: ImportRun) => RunWatch = () => ({}),
): Promise<readonly ImportRun[]> {
  await ctx.db.transaction().execute(async (guard) => {
    // Not bound: what answers a bound statement stays open with its snapshot as long as the transaction does nothing
    // else, and no row that is outdated meanwhile, of whatever table, could be cleared away until the import ends.
    const key = sql.lit(`import set ${setId}`)
    const { rows } = await sql<{ isMine: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended(${key}, 0)) as "isMine"`.execute(guard)
    if (rows[0]?.isMine) await runFiles(ctx, setId, watchOf)
  })
  return inView(ctx, (tx) => runsOfSet(tx, ctx, setId))
}

async function runFiles(ctx: Ctx, setId: string, watchOf: (run: ImportRun) => RunWatch): Promise<void> {
  for (const run of await inView(ctx, (tx) => runsOfSet(tx, ctx, setId))) {
    const ended = await runImport(ctx, run.id, watchOf(run))
    if (ended.state === 'done') continue
    await inStep(ctx, ({ tx }) => cancelSet(tx, ctx, setId))
    return
  }
}

/** Puts imports that a stopped process left unfinished back into the queue. Called when the server starts. */
export async function resumeImports(ctx: Ctx): Promise<void> {
  await inStep(ctx, async (step) => {
    for (const setId of await unfinishedSets(step.tx, ctx)) await enqueueJobOnce(step, task, jobOf(setId), keyOf(setId))
  })
}

function keyOf(setId: string): string {
  return `${task}:${setId}`
}

/** One import as it stands now. */
export async function showImport(ctx: Ctx, id: string): Promise<ImportRun> {
  const run = isId(id) ? await inView(ctx, (tx) => runById(tx, ctx, id)) : undefined
  if (!run) throw transferErrors.IMPORT_NOT_FOUND()
  return run
}

/** The runs of a set as they stand now. */
export async function showSet(ctx: Ctx, setId: string): Promise<readonly ImportRun[]> {
  const runs = isId(setId) ? await inView(ctx, (tx) => runsOfSet(tx, ctx, setId)) : []
  if (runs.length === 0) throw transferErrors.IMPORT_NOT_FOUND()
  return runs
}

/** The newest imports that the actor may see. */
export function listImports(ctx: Ctx): Promise<readonly ImportRun[]> {
  return inView(ctx, (tx) => newestRuns(tx, ctx))
}

/** Stops an import and what follows it in its set. Rows already saved stay. */
export async function cancelImport(ctx: Ctx, id: string): Promise<ImportRun> {
  const run = await showImport(ctx, id)
  const stopped = await inStep(ctx, ({ tx }) => cancelSet(tx, ctx, run.setId))
  if (stopped === 0) throw transferErrors.IMPORT_NOT_RUNNING()
  return showImport(ctx, id)
}

function jobOf(setId: string): JobPayload {
  return { setId }
}

async function runInBackground(system: Ctx, payload: JobPayload): Promise<void> {
  const setId = String(payload['setId'])
  const [first] = await inView(system, (tx) => runsOfSet(tx, system, setId))
  if (!first) return
  const ctx = await actorOf(system, first)
  if (ctx) await tellImportsEnded(system, await runSet(ctx, setId))
  else await inStep(system, ({ tx }) => cancelSet(tx, system, setId))
}

/** Who asked, with the rights of now: who was deactivated meanwhile imports nothing. */
async function actorOf(system: Ctx, { createdBy, language }: ImportRun): Promise<Ctx | undefined> {
  const ctx = createdBy === null ? system : await contextOfPerson(system, createdBy)
  return ctx && { ...ctx, language }
}
