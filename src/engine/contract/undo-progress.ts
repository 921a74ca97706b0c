import { z } from 'zod'

/** How far the undo of an operation over many records has come. */
export const undoProgress = z.object({
  state: z.enum(['queued', 'running', 'done', 'failed']),
  /** Changes to take back: records that were changed several times count several times. */
  changesTotal: z.number(),
  changesDone: z.number(),
  /** Records that are as they were, and those that stayed as they are. */
  restored: z.number(),
  skipped: z.number(),
})
export type UndoProgress = z.infer<typeof undoProgress>
