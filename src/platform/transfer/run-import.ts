import pg from 'pg'
import { sql } from 'kysely'
import { AppError, type FieldFault } from '#base/errors.ts'
import type { Label } from '#base/label.ts'
import { fault } from '#engine/transfer/faults.ts'
import { columnOf, rowMapper, type MappedRow, type SourceRow } from '#engine/transfer/map-row.ts'
import { faultsOfHeaders, faultsOfMapping } from '#engine/transfer/mapping.ts'
import { notesOnUse } from '#engine/transfer/notes.ts'
import { repeatedKeys } from '#engine/transfer/repeated-keys.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isLostConnection } from '#platform/db/lost-connection.ts'
import { enter, inStep, inView, type AppEvent, type AuditEntry, type Step } from '#platform/db/step.ts'
import { stopIfHalted } from '#platform/jobs/halt.ts'
import { transferErrors } from './errors.ts'
import { pathOfFile } from './file-store.ts'
import {
  addRejects,
  addTally,
  addWaiting,
  lockRun,
  markEnded,
  markStarted,
  runById,
  takeWaiting,
  type ImportProblem,
  type ImportRun,
  type Reject,
  type Tally,
  type Waiting,
} from './import-store.ts'
import { openTable, type Table } from './open-table.ts'
import type { ImportTarget, TargetResult } from './target.ts'
import { importTarget } from './targets.ts'

/** Rows per transaction: small enough to cancel and to report progress by, large enough to be quick. */
const portionSize = 500

export interface RunWatch {
  /** Called after every portion. */
  onProgress?(run: { readonly read: number; readonly total: number; readonly rejected: number }): void
}

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

interface Work {
  readonly ctx: Ctx
  readonly run: ImportRun
  readonly target: ImportTarget
  readonly table: Table
  readonly total: number
  readonly watch: RunWatch
}

/** Opens the file and refuses a mapping that does not fit it, before any row is written. */
export async function openMapped(
  ctx: Ctx,
  run: Pick<ImportRun, 'fileId' | 'mapping'>,
  target: ImportTarget,
): Promise<Table> {
  const { mapping } = run
  const table = await openTable(pathOfFile(ctx, run.fileId), {
    sheet: mapping.sheet,
    expected: Object.keys(mapping.columns),
  })
  const faults = [
    ...faultsOfMapping(mapping, target),
    ...faultsOfHeaders(mapping, (name) => columnOf(table.headers, name) >= 0),
  ]
  if (faults.length > 0) throw transferErrors.MAPPING_INVALID({}, faults)
  return table
}

async function countRows(table: Table): Promise<number> {
  let count = 0
  for await (const row of table.rows()) if (row) count += 1
  return count
}

async function forReal(work: Work): Promise<void> {
  const { ctx, run } = work
  const options = { kind: 'import', operationId: run.operationId }
  for await (const portion of portionsOf(work, run.rowsRead)) {
    stopIfHalted()
    const isOver = await inStep(ctx, (step) => savePortion(step, work, portion), options)
    if (isOver) return
  }
  let isWaiting = true
  while (isWaiting) isWaiting = await inStep(ctx, (step) => followPortion(step, work), options)
  await inStep(ctx, ({ tx }) => markEnded(tx, ctx, run.id, 'done'))
}

/** Rows of the file in portions, each with the subtotal lines that were left out on the way. */
interface Portion {
  readonly rows: readonly MappedRow[]
  readonly skipped: number
  /** Rows of the file before this portion. */
  readonly from: number
}

async function* portionsOf({ ctx, run, target, table }: Work, from: number): AsyncGenerator<Portion> {
  const toValues = rowMapper(run.mapping, target, table.headers, ctx.company.zone)
  const withoutRepeated = repeatedKeys(run.mapping)
  const map = (row: SourceRow) => withoutRepeated(toValues(row))
  let rows: MappedRow[] = []
  let [place, skipped] = [0, 0]
  const source: AsyncIterable<SourceRow> = table.rows(() => (skipped += place >= from ? 1 : 0))
  for await (const row of source) {
    place += 1
    const mapped = map(row)
    if (place <= from) continue
    rows.push(mapped)
    if (rows.length < portionSize) continue
    yield { rows, skipped, from: place - rows.length }
    rows = []
    skipped = 0
  }
  if (rows.length > 0 || skipped > 0) yield { rows, skipped, from: place - rows.length }
}

/** True when the import is over: cancelled, or another process has gone on. */
async function savePortion(step: Step, work: Work, portion: Portion): Promise<boolean> {
  const { ctx, run } = work
  const now = await lockRun(step.tx, ctx, run.id)
  if (now?.state !== 'running' || now.rowsRead !== portion.from) return true
  const outcome = await save(step, work, portion)
  await addRejects(step.tx, ctx, run.id, outcome.rejects)
  await addWaiting(step.tx, ctx, run.id, outcome.waiting)
  await addTally(step.tx, ctx, run.id, outcome.tally)
  work.watch.onProgress?.({
    read: portion.from + portion.rows.length,
    total: work.total,
    rejected: outcome.rejects.length,
  })
  return false
}

interface PortionOutcome {
  readonly rejects: readonly Reject[]
  readonly waiting: readonly Waiting[]
  readonly tally: Tally
}

async function save(step: Step, { target, run }: Work, portion: Portion): Promise<PortionOutcome> {
  const sound = portion.rows.filter((row) => row.faults.length === 0)
  const results = new Map<MappedRow, TargetResult>()
  await saveOrHalve(step, target, run, sound, results)
  const rejects: Reject[] = []
  const waiting: Waiting[] = []
  const counts = { created: 0, updated: 0, unchanged: 0 }
  for (const row of portion.rows) {
    const result = results.get(row) ?? { ok: false, faults: row.faults }
    if (!result.ok) rejects.push({ line: row.line, cells: row.cells, faults: result.faults })
    else {
      counts[result.action] += 1
      for (const { field, written } of result.postponed ?? []) {
        waiting.push({ field, written, recordId: result.id, line: row.line, cells: row.cells })
      }
    }
  }
  const tally = { read: portion.rows.length, ...counts, rejected: rejects.length, skipped: portion.skipped }
  return { rejects, waiting, tally }
}

/**
 * Saves the rows together. What only the database refuses (a race for a unique value, a number out of every range)
 * would take all of them along: then they are tried in halves until the row itself stands alone.
 */
async function saveOrHalve(
  step: Step,
  target: ImportTarget,
  run: ImportRun,
  rows: readonly MappedRow[],
  results: Map<MappedRow, TargetResult>,
): Promise<void> {
  if (rows.length === 0) return
  const told: AppEvent[] = []
  const audited: AuditEntry[] = []
  const careful: Step = { ...step, tell: (event) => void told.push(event), audit: (entry) => void audited.push(entry) }
  await sql`savepoint portion`.execute(step.tx)
  try {
    const saved = await target.saveRows(careful, rows, run.mapping)
    await sql`release savepoint portion`.execute(step.tx)
    told.forEach(step.tell)
    audited.forEach(step.audit)
    rows.forEach((row, at) => results.set(row, saved[at] ?? { ok: false, faults: [fault('', 'ROW_REFUSED')] }))
  } catch (error) {
    const faults = faultsOfRow(error)
    if (!faults) throw error
    await sql`rollback to savepoint portion`.execute(step.tx)
    if (rows.length === 1) rows.forEach((row) => results.set(row, { ok: false, faults }))
    const middle = Math.ceil(rows.length / 2)
    if (rows.length > 1) {
      await saveOrHalve(step, target, run, rows.slice(0, middle), results)
      await saveOrHalve(step, target, run, rows.slice(middle), results)
    }
  }
}

/** Faults of a row that an error stands for; undefined for everything that is not the row's fault. */
function faultsOfRow(error: unknown): readonly FieldFault[] | undefined {
  if (error instanceof AppError) {
    return error.faults.length > 0
      ? error.faults
      : [{ field: '', code: error.code, label: error.label, params: error.params }]
  }
  // Classes 22 and 23: wrong values and broken constraints.
  const isOfRow = error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? '')
  return isOfRow ? [fault('', 'ROW_REFUSED')] : undefined
}

/** Follows up a portion of the references that waited for later rows; false when none is left. */
async function followPortion(step: Step, { ctx, run, target }: Work): Promise<boolean> {
  const now = await lockRun(step.tx, ctx, run.id)
  if (now?.state !== 'running') return false
  const items = await takeWaiting(step.tx, ctx, run.id)
  if (items.length === 0) return false
  const late = await lateRejects(step, target, run, items)
  await addRejects(step.tx, ctx, run.id, late, 1)
  await addTally(step.tx, ctx, run.id, tallyOfLate(late))
  return true
}

/** Rows that were saved, but whose reference no later row brought. */
async function lateRejects(
  step: Step,
  target: ImportTarget,
  run: ImportRun,
  items: readonly Waiting[],
): Promise<readonly Reject[]> {
  const faults = (await target.followUp?.(step, items, run.mapping)) ?? []
  return items.flatMap(({ line, cells }, at): readonly Reject[] => {
    const found = faults[at]
    return found ? [{ line, cells, faults: [found], isKept: true }] : []
  })
}

function tallyOfLate(late: readonly Reject[]): Tally {
  return { read: 0, created: 0, updated: 0, unchanged: 0, rejected: late.length, skipped: 0 }
}

/** Undoes a rehearsal. */
class Rehearsed extends Error {}

/** Tries the whole file in one transaction that is taken back; only counts and refusals stay. */
async function rehearse(work: Work): Promise<void> {
  const { ctx, run, target } = work
  const rejects: Reject[][] = []
  const tallies: Tally[] = []
  await ctx.db
    .transaction()
    .execute(async (tx) => {
      await enter(tx, ctx)
      const step: Step = { ctx, tx, operationId: run.operationId, tell: () => undefined, audit: () => undefined }
      for await (const portion of portionsOf(work, 0)) {
        stopIfHalted()
        if ((await current(ctx, run.id)).state === 'cancelled') throw new Rehearsed()
        const outcome = await save(step, work, portion)
        rejects.push([...outcome.rejects])
        tallies.push(outcome.tally)
        await addWaiting(tx, ctx, run.id, outcome.waiting)
        work.watch.onProgress?.({
          read: portion.from + portion.rows.length,
          total: work.total,
          rejected: outcome.rejects.length,
        })
      }
      for (
        let items = await takeWaiting(tx, ctx, run.id);
        items.length > 0;
        items = await takeWaiting(tx, ctx, run.id)
      ) {
        const late = await lateRejects(step, target, run, items)
        rejects.push([...late])
        tallies.push(tallyOfLate(late))
      }
      throw new Rehearsed()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Rehearsed)) throw error
    })
  await inStep(ctx, async ({ tx }) => {
    for (const portion of rejects) await addRejects(tx, ctx, run.id, portion)
    for (const tally of tallies) await addTally(tx, ctx, run.id, tally)
    await markEnded(tx, ctx, run.id, 'done')
  })
}
