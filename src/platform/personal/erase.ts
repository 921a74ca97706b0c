import { inWords } from '#base/label.ts'
import type { ObjectType, RecordValues } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { removeContents } from '#platform/files/attach-file.ts'
import { dropForgottenValues, rewriteRecords } from '#platform/records/rewrite.ts'
import { forgetFilesOf, forgetImportFiles, importsOf, removeImportFiles } from './files-of.ts'
import { subjectOf, type Subject } from './subject.ts'
import { sweepAudit } from './sweep-audit.ts'
import { sweepRecords } from './sweep-records.ts'
import { sweepTables } from './sweep-tables.ts'

/** Stands where something was erased. */
export const erasedMark = { zh: '〔已删除〕', en: '[erased]' } as const
export const erasedName = { zh: '已删除的联系人', en: 'Erased person' } as const

export interface ErasureCounts {
  readonly records: number
  readonly texts: number
  readonly files: number
  readonly imports: number
  readonly entries: number
}

export const erasureParts = 4

/**
 * Erases a person from records, texts, files and history. What tells her apart is read from her record and its history:
 * these go last and in one transaction, so that a run that was broken off begins anew and misses nothing. Amounts,
 * owners, days and references stay, and with them every figure.
 */
export async function erase(
  ctx: Ctx,
  {
    object,
    recordId,
    operationId,
  }: { readonly object: ObjectType; readonly recordId: string; readonly operationId: string },
  onPart: (done: number) => Promise<void> = async () => undefined,
): Promise<ErasureCounts | undefined> {
  const mark = inWords(erasedMark, ctx.company.language)
  const subject = await inStep(ctx, (step) => subjectOf(step, object, recordId))
  if (!subject) return undefined
  const rows = await sweepTables(ctx, subject, mark, operationId)
  await onPart(1)
  const texts = await sweepRecords(ctx, subject, mark, operationId)
  await onPart(2)
  const begun = newId()
  const entries = await sweepAudit(ctx, subject, operationId)
  await onPart(3)
  const last = await inStep(ctx, (step) => eraseRecords(step, subject, recordId), {
    kind: 'personal.erase',
    operationId,
  })
  for (const id of last.files) await removeContents(ctx, id)
  await removeImportFiles(ctx, last.importFiles)
  // What was said and changed while the run was under way, or written by itself.
  const rest = await sweepAudit(ctx, subject, operationId, begun)
  await onPart(4)
  return {
    records: subject.ids.length,
    texts: rows + texts,
    files: last.files.length,
    imports: last.importFiles.length,
    entries: entries + rest,
  }
}

async function eraseRecords(step: Step, { object, ids }: Subject, recordId: string) {
  const { ctx, tx } = step
  const files = await forgetFilesOf(step, { object, ids })
  const importFiles = await forgetImportFiles(step, await importsOf(tx, ctx, { object, ids }))
  const values = emptied(object, inWords(erasedName, ctx.company.language))
  await rewriteRecords(
    step,
    object,
    ids.map((id) => ({ id, values })),
  )
  await dropForgottenValues(step, object, ids)
  const fields = object.fields.filter((field) => field.personal).map(({ key }) => key)
  for (const id of ids) {
    const after = { fields, files: files.length, ...(id === recordId ? {} : { mergedInto: recordId }) }
    step.audit({ object: object.key, recordId: id, action: 'erased', before: null, after })
  }
  return { files, importFiles }
}

/** Personal fields and files empty; what must be filled says that it was erased. */
function emptied(object: ObjectType, name: string): RecordValues {
  const gone = object.fields.filter((field) => field.personal || field.type === 'file')
  return Object.fromEntries(gone.map(({ key }) => [key, key === object.title ? name : null]))
}
