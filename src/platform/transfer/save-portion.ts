import { AppError, type FieldFault } from '#base/errors.ts'
import { fault } from '#engine/transfer/faults.ts'
import type { MappedRow } from '#engine/transfer/map-row.ts'
import { attempt, type Attempt } from '#platform/db/attempt.ts'
import type { Step } from '#platform/db/step.ts'
import {
  addRejects,
  addTally,
  addWaiting,
  lockRun,
  type ImportRun,
  type Reject,
  type Tally,
  type Waiting,
} from './import-store.ts'
import type { Portion, Work } from './portions.ts'
import type { TargetResult } from './target.ts'

export interface PortionOutcome {
  readonly results: ReadonlyMap<MappedRow, TargetResult>
  readonly rejects: readonly Reject[]
  readonly waiting: readonly Waiting[]
  readonly tally: Tally
  /** Records that got their owner in turn. */
  readonly assigned: number
}

/** Whether the run still waits for this portion: it is neither cancelled nor has another process gone on. */
export async function isAt(step: Step, run: ImportRun, place: number): Promise<boolean> {
  const now = await lockRun(step.tx, step.ctx, run.id)
  return now?.state === 'running' && now.rowsRead === place
}

/** Saves the rows of a portion and answers what became of each; `assigned` records got their owner in turn before. */
export async function savePortion(step: Step, work: Work, portion: Portion, assigned: number): Promise<PortionOutcome> {
  const rows = portion.rows.filter((row) => !row.isLeftOut)
  const sound = rows.filter((row) => row.faults.length === 0)
  const results = await saveOrHalve(step, work, sound, assigned)
  const rejects: Reject[] = []
  const waiting: Waiting[] = []
  let leftOut = 0
  const counts = { created: 0, updated: 0, unchanged: 0 }
  for (const row of rows) {
    const result = results.get(row) ?? { ok: false, faults: row.faults }
    if (!result.ok && result.isLeftOut) leftOut += 1
    else if (!result.ok) rejects.push({ line: row.line, cells: row.cells, faults: result.faults })
    else {
      counts[result.action] += 1
      for (const { field, written } of result.postponed ?? []) {
        waiting.push({ field, written, recordId: result.id, line: row.line, cells: row.cells })
      }
    }
  }
  const skipped = portion.skipped + leftOut + portion.rows.length - rows.length
  const tally = { read: portion.rows.length, ...counts, rejected: rejects.length, skipped }
  return { results, rejects, waiting, tally, assigned: assignedIn(results) }
}

/** Writes down what a portion came to: the place in the file moves on with it. */
export async function notePortion(
  step: Step,
  { ctx, run, total, watch }: Work,
  portion: Portion,
  { rejects, waiting, tally }: PortionOutcome,
): Promise<void> {
  await addRejects(step.tx, ctx, run.id, rejects)
  await addWaiting(step.tx, ctx, run.id, waiting)
  await addTally(step.tx, ctx, run.id, tally)
  watch.onProgress?.({ read: portion.from + portion.rows.length, total, rejected: rejects.length })
}

/**
 * Saves the rows together. What only the database refuses (a race for a unique value, a number out of every range)
 * would take all of them along: then they are tried in halves until the row itself stands alone.
 */
export async function saveOrHalve(
  step: Step,
  work: Work,
  rows: readonly MappedRow[],
  assigned: number,
): Promise<ReadonlyMap<MappedRow, TargetResult>> {
  if (rows.length === 0) return new Map()
  const { target, run } = work
  const tried = await attempt(step, (part) => target.saveRows(part, rows, run.mapping, assigned))
  if (tried.ok) {
    const refused: TargetResult = { ok: false, faults: [fault('', 'ROW_REFUSED')] }
    return new Map(rows.map((row, at) => [row, tried.result[at] ?? refused]))
  }
  if (rows.length === 1) return new Map(rows.map((row) => [row, { ok: false, faults: faultsOf(tried) }]))
  const middle = Math.ceil(rows.length / 2)
  const first = await saveOrHalve(step, work, rows.slice(0, middle), assigned)
  return new Map([...first, ...(await saveOrHalve(step, work, rows.slice(middle), assigned + assignedIn(first)))])
}

function assignedIn(results: ReadonlyMap<MappedRow, TargetResult>): number {
  return [...results.values()].filter((result) => result.ok && result.isAssigned).length
}

function faultsOf({ error }: Extract<Attempt<unknown>, { ok: false }>): readonly FieldFault[] {
  if (!(error instanceof AppError)) return [fault('', 'ROW_REFUSED')]
  if (error.faults.length > 0) return error.faults
  return [{ field: '', code: error.code, label: error.label, params: error.params }]
}

/** Rows that were saved, but whose reference no later row brought. */
export async function lateRejects(
  step: Step,
  { target, run }: Work,
  items: readonly Waiting[],
): Promise<readonly Reject[]> {
  const faults = (await target.followUp?.(step, items, run.mapping)) ?? []
  return items.flatMap(({ line, cells }, at): readonly Reject[] => {
    const found = faults[at]
    return found ? [{ line, cells, faults: [found], isKept: true }] : []
  })
}

/** Writes down which references led nowhere. */
export async function noteLate(step: Step, { ctx, run }: Work, late: readonly Reject[]): Promise<void> {
  await addRejects(step.tx, ctx, run.id, late, 1)
  await addTally(step.tx, ctx, run.id, {
    read: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    rejected: late.length,
    skipped: 0,
  })
}
