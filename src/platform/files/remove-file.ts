import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { objectFor } from '#platform/records/scope.ts'
import { setRemoved, type Attachment } from './attachment-store.ts'
import { tellOfFile } from './attach-file.ts'
import { fileErrors } from './errors.ts'
import { fileInReach, isOwn, mayRemove, mustChange } from './reach-file.ts'

/** Puts a file into the recycle bin. */
export async function removeFile(ctx: Ctx, id: string): Promise<void> {
  await move(ctx, await fileInReach(ctx, id), true)
}

/** Brings a file back from the recycle bin. */
export async function restoreFile(ctx: Ctx, id: string): Promise<Attachment> {
  const file = await fileInReach(ctx, id, { removed: true })
  await move(ctx, file, false)
  return { ...file, deletedAt: null }
}

async function move(ctx: Ctx, file: Attachment, isRemoved: boolean): Promise<void> {
  const { recordId } = file
  if (!mayRemove(ctx, file) || recordId === null) throw fileErrors.NOT_YOURS_TO_REMOVE()
  await inStep(
    ctx,
    async (step) => {
      if (!isOwn(ctx, file)) await mustChange(step.tx, ctx, objectFor(ctx, file.object, 'update'), recordId)
      if (!(await setRemoved(step.tx, ctx, file.id, isRemoved))) throw fileErrors.FILE_NOT_FOUND()
      tellOfFile(step, isRemoved ? 'detached' : 'reattached', { ...file, recordId })
    },
    { kind: isRemoved ? 'file.remove' : 'file.restore' },
  )
}
