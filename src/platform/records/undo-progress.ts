import type { UndoProgress } from '#engine/contract/undo-progress.ts'
import type { Undo } from './undo-store.ts'

/** An undo as people watch it; null: none was asked for. */
export function undoProgressOf(undo: Undo | null | undefined): UndoProgress | null {
  if (!undo) return null
  const { state, entriesTotal, entriesDone, restored, removed, skipped } = undo
  return { state, changesTotal: entriesTotal, changesDone: entriesDone, restored: restored + removed, skipped }
}
