import { AppError } from '#base/errors.ts'
import type { Label } from '#base/label.ts'
import { columnOf } from '#engine/transfer/map-row.ts'
import { faultsOfHeaders, faultsOfMapping } from '#engine/transfer/mapping.ts'
import { notesOnUse } from '#engine/transfer/notes.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isLostConnection } from '#platform/db/lost-connection.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { stopIfHalted } from '#platform/jobs/halt.ts'
import { askForStatistics } from '#platform/records/statistics.ts'
import { transferErrors } from './errors.ts'
import { pathOfFile } from './file-store.ts'
import { markEnded, markStarted, runById, takeWaiting, type ImportProblem, type ImportRun } from './import-store.ts'
import { openTable, type Table } from './open-table.ts'
import { portionsOf, type Portion, type RunWatch, type Work } from './portions.ts'
import { rehearse } from './rehearse.ts'
import { forgetRehearsed } from './rehearsal-store.ts'
import { isAt, lateRejects, noteLate, notePortion, savePortion, type PortionOutcome } from './save-portion.ts'
import type { ImportTarget } from './target.ts'
import { importTarget } from './targets.ts'

/**
 * Runs one import to its end, or on from where it was interrupted: the place in the file is written in the
 * transaction of the rows before it. Answers the run as it ended; a problem with the file as a whole ends it as failed.
 */
export async function runImport(ctx: Ctx, importId: string, watch: RunWatch = {}): Promise<ImportRun> {
  const run = await current(ctx, importId)
  if (run.state === 'queued' || run.state === 'running') {
    try {
      await goThrough(ctx, run, watch)
    } catch (error) {
      // Tried again later, by the queue or at the next start: the import is as it was.
      if (isLostConnection(error)) throw error
      const problem = problemOf(error)
      if (!(error instanceof AppError)) ctx.log.error({ err: error, importId: run.id }, 'an import failed unexpectedly')
      await inStep(ctx, ({ tx }) => markEnded(tx, ctx, run.id, 'failed', problem))
    }
    if (run.isDry) await inStep(ctx, ({ tx }) => forgetRehearsed(tx, ctx, run.id))
  }
  return current(ctx, importId)
}

const unexpected: Label = {
  zh: '系统出错了，已记录；已导入的行保留',
  en: 'Something went wrong here and was logged; rows already imported stay',
}

function problemOf(error: unknown): ImportProblem {
  if (!(error instanceof AppError)) return { code: 'UNEXPECTED', label: unexpected, params: {} }
  const { code, label, params, faults } = error
  return { code, label, params, faults }
}

async function current(ctx: Ctx, importId: string): Promise<ImportRun> {
  const run = await inView(ctx, (tx) => runById(tx, ctx, importId))
  if (!run) throw transferErrors.IMPORT_NOT_FOUND()
  return run
}

async function goThrough(ctx: Ctx, run: ImportRun, watch: RunWatch): Promise<void> {
  const target = importTarget(ctx, run.object)
  const table = await openMapped(ctx, run, target)
  const total = await countRows(table)
  const notes = [...notesOnUse(run.mapping, table.headers, total), ...table.notes]
  await inStep(ctx, ({ tx }) => markStarted(tx, ctx, run.id, { rowsTotal: total, notes }))
  const work: Work = { ctx, run, target, table, total, watch }
  if (run.isDry) await rehearse(work)
  else await forReal(work)
}

/** Opens the file and refuses a mapping that does not fit it, before any row is written. */
export async function openMapped(
  ctx: Ctx,
  run: Pick<ImportRun, 'fileId' | 'mapping'>,
  target: ImportTarget,
): Promise<Table> {
  const { mapping } = run
  const table = await openFileOf(ctx, run)
  const faults = [
    ...faultsOfMapping(mapping, target),
    ...faultsOfHeaders(mapping, (name) => columnOf(table.headers, name) >= 0),
  ]
  if (faults.length > 0) throw transferErrors.MAPPING_INVALID({}, faults)
  return table
}

/** The file of a run as its mapping reads it; throws FILE_NOT_KEPT once it is gone. */
export async function openFileOf(ctx: Ctx, { fileId, mapping }: Pick<ImportRun, 'fileId' | 'mapping'>): Promise<Table> {
  if (fileId === null) throw transferErrors.FILE_NOT_KEPT()
  return openTable(pathOfFile(ctx, fileId), { sheet: mapping.sheet, expected: Object.keys(mapping.columns) })
}

async function countRows(table: Table): Promise<number> {
  let count = 0
  for await (const row of table.rows()) if (row) count += 1
  return count
}

async function forReal(work: Work): Promise<void> {
  const { ctx, run } = work
  const options = { kind: 'import', operationId: run.operationId }
  // An import that goes on takes up the turns of owners about where they were: nothing hangs on the very person.
  let assigned = run.created
  for await (const portion of portionsOf(work, run.rowsRead)) {
    stopIfHalted()
    const outcome = await inStep(ctx, (step) => importPortion(step, work, portion, assigned), options)
    if (!outcome) return
    assigned += outcome.assigned
  }
  let isWaiting = true
  while (isWaiting) isWaiting = await inStep(ctx, (step) => followPortion(step, work), options)
  await inStep(ctx, async (step) => {
    await markEnded(step.tx, ctx, run.id, 'done')
    await askForStatistics(step, run.object, work.total)
  })
}

/** Nothing when the import is over: cancelled, or another process has gone on. */
async function importPortion(
  step: Step,
  work: Work,
  portion: Portion,
  assigned: number,
): Promise<PortionOutcome | undefined> {
  if (!(await isAt(step, work.run, portion.from))) return undefined
  const outcome = await savePortion(step, work, portion, assigned)
  await notePortion(step, work, portion, outcome)
  return outcome
}

/** Follows up a portion of the references that waited for later rows; false when none is left. */
async function followPortion(step: Step, work: Work): Promise<boolean> {
  const { ctx, run } = work
  if (!(await isAt(step, run, work.total))) return false
  const items = await takeWaiting(step.tx, ctx, run.id)
  if (items.length > 0) await noteLate(step, work, await lateRejects(step, work, items))
  return items.length > 0
}
