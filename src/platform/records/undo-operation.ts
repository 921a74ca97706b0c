import type { Ctx } from '#platform/db/ctx.ts'
import { isLostConnection } from '#platform/db/lost-connection.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { contextOfPerson } from '#platform/db/system.ts'
import { stopIfHalted } from '#platform/jobs/halt.ts'
import { enqueueJobOnce, registerJob, type JobPayload } from '#platform/jobs/jobs.ts'
import { withWholeSight } from './scope.ts'
import { askForStatistics } from './statistics.ts'
import { takeBack } from './take-back.ts'
import {
  addSkipped,
  addUndoTally,
  changesBefore,
  changesByObject,
  insertUndo,
  lockUndo,
  markUndo,
  undosOf,
  unfinishedUndos,
  type Undo,
} from './undo-store.ts'

/** Changes per transaction. */
const portionSize = 500
const task = 'records.undo'

/** Lets operations be undone in the background. Called once when the app is put together. */
export function registerUndo(): void {
  registerJob(task, undoInBackground)
}

/**
 * Asks to undo everything that an operation changed in records, in the background and with the rights that the actor
 * has then. Asking again changes nothing, unless the first try failed. Whoever calls has checked that the actor may.
 */
export async function askToUndo(ctx: Ctx, operationId: string): Promise<void> {
  await inStep(ctx, (step) => askToUndoInStep(step, operationId))
}

/** The same within a step that is under way. */
export async function askToUndoInStep(step: Step, operationId: string): Promise<void> {
  await insertUndo(step.tx, step.ctx, operationId)
  await enqueueUndo(step, operationId)
}

/** Puts undos that a stopped process left unfinished back into the queue. Called when the server starts. */
export async function resumeUndos(ctx: Ctx): Promise<void> {
  await inStep(ctx, async (step) => {
    for (const operationId of await unfinishedUndos(step.tx, ctx)) await enqueueUndo(step, operationId)
  })
}

function enqueueUndo(step: Step, operationId: string): Promise<void> {
  return enqueueJobOnce(step, task, { operationId }, `${task}:${operationId}`)
}

async function undoInBackground(system: Ctx, payload: JobPayload): Promise<void> {
  const operationId = String(payload['operationId'])
  const [undo] = await inView(system, (tx) => undosOf(tx, system, [operationId]))
  if (!undo) return
  const ctx = undo.personId === null ? system : await contextOfPerson(system, undo.personId)
  if (ctx) await undoOperation(ctx, operationId)
  // Who asked has left; somebody else may ask again.
  else await inStep(system, ({ tx }) => markUndo(tx, system, operationId, 'failed'))
}

/**
 * Takes back what an operation changed, newest change first, through the one way in. The place is written with the
 * changes, so that it goes on where it was interrupted. A record that others changed since, that others refer to or
 * that a rule holds stays as it is and is listed.
 */
export async function undoOperation(
  asked: Ctx,
  operationId: string,
  watch: { onPortion?(): void } = {},
): Promise<Undo | undefined> {
  const current = async () => (await inView(asked, (tx) => undosOf(tx, asked, [operationId])))[0]
  const undo = await current()
  if (!undo) return undefined
  // A merge moved what hangs on its records whoever saw it; undoing it moves the same back.
  const ctx = undo.operationKind === 'merge' ? withWholeSight(asked) : asked
  const options = { kind: 'undo', operationId: undo.undoneBy }
  try {
    for (;;) {
      stopIfHalted()
      const isOver = await inStep(ctx, (step) => undoPortion(step, operationId), options)
      if (isOver) break
      watch.onPortion?.()
    }
  } catch (error) {
    if (isLostConnection(error)) throw error
    ctx.log.error({ err: error, operationId }, 'an undo failed unexpectedly')
    await inStep(ctx, ({ tx }) => markUndo(tx, ctx, operationId, 'failed'))
  }
  return current()
}

/** True when nothing is left, or another process has brought it to its end. */
async function undoPortion(step: Step, operationId: string): Promise<boolean> {
  const { ctx, tx } = step
  const undo = await lockUndo(tx, ctx, operationId)
  if (!undo) return true
  const changes = await changesBefore(tx, ctx, operationId, { entry: undo.beforeEntry, limit: portionSize })
  const last = changes.at(-1)
  if (!last) {
    await markUndo(tx, ctx, operationId, 'done')
    for (const { object, count } of await changesByObject(tx, ctx, operationId)) {
      await askForStatistics(step, object, count)
    }
    return true
  }
  const isMerge = undo.operationKind === 'merge'
  const { removed, restored, skipped } = await takeBack(step, changes, {
    own: [operationId, undo.undoneBy],
    judged: isMerge ? 'by nothing' : 'by rules',
    // People go on with the record that stayed: that must not keep the others from coming back.
    heldBy: isMerge ? 'the same fields' : 'any change',
  })
  await addSkipped(tx, ctx, operationId, skipped)
  await addUndoTally(tx, ctx, operationId, { entries: changes.length, lastEntry: last.id, removed, restored })
  return false
}
