import type { ObjectType } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId } from '#platform/db/new-id.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { recordErrors } from '#platform/records/errors.ts'
import { findRecord } from '#platform/records/read.ts'
import { may } from '#platform/records/scope.ts'
import { attachmentById, type Attachment } from './attachment-store.ts'
import { fileErrors } from './errors.ts'

/** Throws RECORD_NOT_FOUND unless the actor sees the record. */
export async function mustSee(tx: Tx, ctx: Ctx, object: ObjectType, recordId: string): Promise<void> {
  if (!(await findRecord(tx, ctx, object, recordId))) throw recordErrors.RECORD_NOT_FOUND()
}

/** Throws RECORD_NOT_FOUND unless the actor sees the record, RECORD_ONLY_SEEN unless they may change it. */
export async function mustChange(tx: Tx, ctx: Ctx, object: ObjectType, recordId: string): Promise<void> {
  const row = await findRecord(tx, ctx, object, recordId)
  if (!row) throw recordErrors.RECORD_NOT_FOUND()
  if (row.isReadOnly) throw recordErrors.RECORD_ONLY_SEEN()
}

/**
 * A file that the actor may see: whoever sees the record sees its files; one of a record that is not saved yet only who
 * uploaded it. FILE_NOT_FOUND otherwise, as for one that never was.
 */
export async function fileInReach(ctx: Ctx, id: string, { removed = false } = {}): Promise<Attachment> {
  const file = isId(id) ? await inView(ctx, (tx) => seenFile(tx, ctx, id)) : undefined
  if (!file || (file.deletedAt !== null) !== removed) throw fileErrors.FILE_NOT_FOUND()
  return file
}

async function seenFile(tx: Tx, ctx: Ctx, id: string): Promise<Attachment | undefined> {
  const file = await attachmentById(tx, ctx, id)
  if (!file) return undefined
  if (file.recordId === null) return isOwn(ctx, file) ? file : undefined
  const object = ctx.company.catalogue.find(file.object)
  if (!object || !may(ctx, object, 'read')) return undefined
  if (file.field !== null && !object.fields.some(({ key }) => key === file.field)) return undefined
  return (await findRecord(tx, ctx, object, file.recordId)) ? file : undefined
}

export const isOwn = (ctx: Ctx, file: Attachment): boolean =>
  file.personId !== null && file.personId === ctx.actor.personId

/** Who uploaded it and who may change its record; what is a value of a field is changed with the record. */
export function mayRemove(ctx: Ctx, file: Attachment): boolean {
  const object = ctx.company.catalogue.find(file.object)
  return file.field === null && object !== undefined && (isOwn(ctx, file) || may(ctx, object, 'update'))
}
