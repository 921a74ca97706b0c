import { inView } from '#platform/db/step.ts'
import { registerProgress } from '#platform/live/index.ts'
import { runsOf } from './operations.ts'
import { undosOf } from './undo-store.ts'

/** How far an undo is, for whoever may see the operation that it undoes. */
export function registerUndoProgress(): void {
  registerProgress('undo', (ctx, id) =>
    inView(ctx, async (tx) => {
      if (!(await runsOf(tx, ctx, [id])).has(id)) return undefined
      const [undo] = await undosOf(tx, ctx, [id])
      return undo && { state: undo.state, done: undo.entriesDone, total: undo.entriesTotal }
    }),
  )
}
