import type { Ctx } from '#platform/db/ctx.ts'
import { isId } from '#platform/db/new-id.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { recordErrors } from '#platform/records/errors.ts'
import { objectFor } from '#platform/records/scope.ts'
import { titlesById } from '#platform/records/titles.ts'
import { askToUndoInStep } from '#platform/records/undo-operation.ts'
import { undosOf } from '#platform/records/undo-store.ts'
import { returnBelongings } from './belongings.ts'
import { daysToUndo, mergeErrors } from './errors.ts'
import { markUndone, mergeById, type Merge, type Whose } from './merge-store.ts'

const dayMs = 86_400_000

/** Until when a merge can be undone. */
export function undoableUntil({ mergedAt }: Merge): Date {
  return new Date(mergedAt.getTime() + daysToUndo * dayMs)
}

/** A merge as it stands now. */
export async function showMerge(ctx: Ctx, id: string, whose: Whose): Promise<Merge> {
  const merge = isId(id) ? await inView(ctx, (tx) => mergeById(tx, ctx, id, whose)) : undefined
  if (!merge) throw mergeErrors.MERGE_NOT_FOUND()
  return merge
}

/**
 * Asks to undo a merge whose winner is in reach, in the background: the losers come back, what was moved goes back to them, the winner has its
 * own values again. What others have changed since stays as it is and is listed.
 */
export async function undoMerge(ctx: Ctx, id: string, whose: Whose): Promise<Merge> {
  const merge = await showMerge(ctx, id, whose)
  const object = objectFor(ctx, merge.object, 'update')
  const isInReach = await inView(ctx, async (tx) => (await titlesById(tx, ctx, object, [merge.winnerId])).size > 0)
  if (!isInReach) throw recordErrors.RECORD_NOT_FOUND()
  if (undoableUntil(merge) < ctx.now) throw mergeErrors.MERGE_TOO_OLD({ days: daysToUndo })
  await inStep(ctx, async (step) => {
    const isFirst = await markUndone(step, id)
    const [before] = await undosOf(step.tx, ctx, [merge.operationId])
    // One that came to no end may be asked for again.
    if (!isFirst && before?.state !== 'failed') throw mergeErrors.MERGE_UNDONE()
    if (isFirst) await returnBelongings(step, merge)
    await askToUndoInStep(step, merge.operationId)
  })
  return showMerge(ctx, id, whose)
}
