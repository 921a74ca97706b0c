import { createHash } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { kindOf } from '#engine/files/file-kinds.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isLostConnection } from '#platform/db/lost-connection.ts'
import { newId } from '#platform/db/new-id.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { may, objectFor } from '#platform/records/scope.ts'
import { withArrived, type Upload } from './arrive.ts'
import { attachmentById, insertAttachment, roomTaken, type Attachment, type NewAttachment } from './attachment-store.ts'
import { contentName, middleName, previewName, type ArrivedFile } from './content-store.ts'
import { fileErrors } from './errors.ts'
import { keptName } from './file-name.ts'
import { contentKeeping } from './keeping.ts'
import { previewOf, type Preview } from './preview.ts'
import { mustChange } from './reach-file.ts'
import { recognise } from './recognise.ts'

export interface NamedUpload {
  readonly name: string
  readonly content: Upload
}

/** Asks for the upload only once it is clear that it may come. */
export type UploadSource = () => Promise<NamedUpload>

/** Puts a file beside a record: its content first, then what is known of it, with history and event. */
export async function attachFile(
  ctx: Ctx,
  place: { readonly object: string; readonly recordId: string },
  upload: UploadSource,
): Promise<Attachment> {
  const object = objectFor(ctx, place.object, 'update')
  await inView(ctx, (tx) => mustChange(tx, ctx, object, place.recordId))
  await mustHaveRoom(ctx, 1)
  return keep(ctx, await upload(), { ...place, field: null }, async (step, file) => {
    await mustChange(step.tx, ctx, object, place.recordId)
    tellOfFile(step, 'attached', { ...file, recordId: place.recordId })
  })
}

/** Takes a file for a file field in. It becomes its value when a record is saved with it; until then it is the uploader's. */
export async function uploadValue(
  ctx: Ctx,
  place: { readonly object: string; readonly field: string },
  upload: UploadSource,
): Promise<Attachment> {
  const object = ctx.company.catalogue.find(place.object)
  const isMaking = object !== undefined && may(ctx, object, 'create')
  const { fields } = objectFor(ctx, place.object, isMaking ? 'create' : 'update')
  const field = fields.find(({ key, type }) => key === place.field && type === 'file')
  if (!field) throw fileErrors.FIELD_TAKES_NO_FILES()
  const imagesOnly = field.imagesOnly === true
  await mustHaveRoom(ctx, 1)
  return keep(ctx, await upload(), { object: place.object, recordId: null, field: field.key, imagesOnly })
}

interface Place {
  readonly object: string
  readonly recordId: string | null
  readonly field: string | null
  readonly imagesOnly?: boolean
}

async function keep(
  ctx: Ctx,
  upload: NamedUpload,
  { imagesOnly, ...place }: Place,
  follow?: (step: Step, file: NewAttachment) => Promise<void>,
): Promise<Attachment> {
  const name = keptName(upload.name)
  return withArrived(upload.content, async (arrived) => {
    await mustHaveRoom(ctx, arrived.size)
    const type = await recognise(arrived.path, name, imagesOnly)
    const preview = kindOf(name)?.hasPreview ? await previewOf(arrived.path) : undefined
    const { size, sha256 } = arrived
    const look = {
      width: preview?.width ?? null,
      height: preview?.height ?? null,
      hasPreview: preview !== undefined,
      hasMiddle: preview?.middle !== undefined,
    }
    const file: NewAttachment = { id: newId(), ...place, name, type, size, sha256, ...look }
    try {
      await putContents(ctx, file.id, arrived, preview)
      return await inStep(ctx, (step) => writeDown(step, file, follow), { kind: 'file.attach' })
    } catch (error) {
      // Cleared away at once, unless the row may stand: where the answer to the commit is lost, the job of the night looks.
      if (!isLostConnection(error)) await removeContents(ctx, file.id).catch(() => undefined)
      throw error
    }
  })
}

/** Asked before an upload travels and again once its size is known; uploads at the same moment may go over by themselves. */
async function mustHaveRoom(ctx: Ctx, size: number): Promise<void> {
  const { mostBytes } = contentKeeping()
  if (mostBytes === null) return
  const { bytes } = await inView(ctx, (tx) => roomTaken(tx, ctx))
  if (bytes + size > mostBytes) throw fileErrors.FILES_FULL({ most: mostBytes / 1_000_000_000 })
}

async function writeDown(
  step: Step,
  file: NewAttachment,
  follow: ((step: Step, file: NewAttachment) => Promise<void>) | undefined,
): Promise<Attachment> {
  await insertAttachment(step.tx, step.ctx, file)
  await follow?.(step, file)
  const written = await attachmentById(step.tx, step.ctx, file.id)
  if (!written) throw new Error('an attachment was not written')
  return written
}

async function putContents(ctx: Ctx, id: string, file: ArrivedFile, preview: Preview | undefined): Promise<void> {
  const { store } = contentKeeping()
  const companyId = ctx.company.id
  if (preview) await putImage(ctx, previewName(id), file.path, preview.webp)
  if (preview?.middle) await putImage(ctx, middleName(id), file.path, preview.middle)
  await store.put({ companyId, name: contentName(id) }, file)
}

async function putImage(ctx: Ctx, name: string, beside: string, image: Buffer): Promise<void> {
  const path = `${beside}-preview`
  try {
    await writeFile(path, image, { mode: 0o600 })
    const sha256 = createHash('sha256').update(image).digest('hex')
    await contentKeeping().store.put({ companyId: ctx.company.id, name }, { path, size: image.length, sha256 })
  } finally {
    await rm(path, { force: true })
  }
}

/** The content of a file and its smaller versions. */
export async function removeContents(ctx: Ctx, id: string): Promise<void> {
  const { store } = contentKeeping()
  const companyId = ctx.company.id
  await store.remove({ companyId, name: previewName(id) })
  await store.remove({ companyId, name: middleName(id) })
  await store.remove({ companyId, name: contentName(id) })
}

const acts = { attached: 'file.attached', detached: 'file.removed', reattached: 'file.restored' } as const

/** Into the history of the record, and to whoever listens. */
export function tellOfFile(
  step: Step,
  action: keyof typeof acts,
  { id, object, recordId, name, size }: Pick<NewAttachment, 'id' | 'object' | 'name' | 'size'> & { recordId: string },
): void {
  const file = { file: { id, name, size } }
  const change = action === 'detached' ? { before: file, after: null } : { before: null, after: file }
  step.audit({ object, recordId, action, ...change })
  step.tell({ name: acts[action], payload: { id, object, recordId, name, size } })
}
