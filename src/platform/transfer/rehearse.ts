import type { RecordValues } from '#engine/model/object-type.ts'
import type { MappedRow } from '#engine/transfer/map-row.ts'
import { inStep, inTrial, type AuditEntry, type Step } from '#platform/db/step.ts'
import { stopIfHalted } from '#platform/jobs/halt.ts'
import { markEnded, takeWaiting, type Reject } from './import-store.ts'
import { portionSize, portionsOf, type Portion, type Work } from './portions.ts'
import { keepRehearsed, rehearsedWith, type Rehearsed } from './rehearsal-store.ts'
import {
  isAt,
  lateRejects,
  noteLate,
  notePortion,
  saveOrHalve,
  savePortion,
  type PortionOutcome,
} from './save-portion.ts'
import type { TargetRow } from './target.ts'

/**
 * Tries the file portion by portion and takes each of them back; counts and refusals stay. What a portion hangs on of
 * the rows before it is tried again first, so that it meets what it would meet in earnest.
 */
export async function rehearse(work: Work): Promise<void> {
  const { ctx, run } = work
  let assigned = run.created
  for await (const portion of portionsOf(work, run.rowsRead)) {
    stopIfHalted()
    const tried = await inTrial(ctx, (step) => tryPortion(step, work, portion, assigned))
    const isOver = await inStep(ctx, async (step) => {
      if (!(await isAt(step, run, portion.from))) return true
      await notePortion(step, work, portion, tried.outcome)
      await keepRehearsed(step.tx, ctx, run.id, tried.kept)
      return false
    })
    if (isOver) return
    assigned += tried.outcome.assigned
  }
  let isWaiting = true
  while (isWaiting) {
    stopIfHalted()
    const late = await inTrial(ctx, (step) => tryFollowing(step, work))
    isWaiting = await inStep(ctx, async (step) => {
      if (!(await isAt(step, run, work.total))) return false
      await noteLate(step, work, late)
      return (await takeWaiting(step.tx, ctx, run.id)).length > 0
    })
  }
  await inStep(ctx, ({ tx }) => markEnded(tx, ctx, run.id, 'done'))
}

interface Tried {
  readonly outcome: PortionOutcome
  readonly kept: readonly Rehearsed[]
}

async function tryPortion(step: Step, work: Work, portion: Portion, assigned: number): Promise<Tried> {
  const ties = work.target.ties(work.run.mapping)
  const marks = new Set(portion.rows.flatMap((row) => ties.asked(row)))
  await tryAgain(step, work, await rehearsedWith(step.tx, work.ctx, work.run.id, { marks: [...marks] }))
  const before = new Map<string, RecordValues>()
  const audit = (entry: AuditEntry) => void before.set(entry.recordId, Object.assign({}, entry.before))
  const outcome = await savePortion({ ...step, audit }, work, portion, assigned)
  const waiting = new Set(outcome.waiting.map(({ line }) => line))
  const kept = [...outcome.results].flatMap(([{ line, values }, result]) => {
    if (!result.ok) return []
    const marksOf = () => ties.brought({ line, values }, before.get(result.id) ?? null)
    const brought = result.action === 'unchanged' ? [] : marksOf()
    return brought.length > 0 || waiting.has(line) ? [{ line, values, marks: brought }] : []
  })
  return { outcome, kept }
}

/** What would be left over of the references that waited for later rows. */
async function tryFollowing(step: Step, work: Work): Promise<readonly Reject[]> {
  const { ctx, run, target } = work
  const items = await takeWaiting(step.tx, ctx, run.id)
  const ties = target.ties(run.mapping)
  const marks = items.flatMap(({ line, field, written }) => ties.asked({ line, values: { [field]: written } }))
  const lines = items.map(({ line }) => line)
  const ids = await tryAgain(step, work, await rehearsedWith(step.tx, ctx, run.id, { marks, lines }))
  // A record that was taken back has another key now.
  const meant = items.map((item) => ({ ...item, recordId: ids.get(item.line) ?? item.recordId }))
  return lateRejects(step, work, meant)
}

/** Saves rows anew as they were saved before; answers the keys of their records by line. */
async function tryAgain(step: Step, work: Work, rows: readonly TargetRow[]): Promise<ReadonlyMap<number, string>> {
  const ids = new Map<number, string>()
  for (let at = 0; at < rows.length; at += portionSize) {
    const portion = rows.slice(at, at + portionSize).map(asMapped)
    for (const [{ line }, result] of await saveOrHalve(step, work, portion, 0)) if (result.ok) ids.set(line, result.id)
  }
  return ids
}

function asMapped({ line, values }: TargetRow): MappedRow {
  return { line, values, cells: [], faults: [], doubts: [] }
}
