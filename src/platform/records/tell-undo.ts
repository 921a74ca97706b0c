import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { registerProgress } from '#platform/live/index.ts'
import { runsOf } from './operations.ts'
import { undosOf } from './undo-store.ts'

/** How far an undo is, for whoever may see the operation that it undoes. */
export function registerUndoProgress(): void {
  // The office may undo what somebody else did.
  registerProgress('undo', progressOfUndo, { isForAll: true })
}

function progressOfUndo(ctx: Ctx, id: string) {
  return inView(ctx, async (tx) => {
    if (!(await runsOf(tx, ctx, [id])).has(id)) return undefined
    const [undo] = await undosOf(tx, ctx, [id])
    return undo && { state: undo.state, done: undo.entriesDone, total: undo.entriesTotal }
  })
}
