import type { FastifyInstance, FastifyRequest } from 'fastify'
import { fileRoutes as routes, type AttachmentView } from '#engine/files/contract.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { serve } from '#platform/http/serve.ts'
import { uploaded } from '#platform/http/uploaded.ts'
import { may, objectFor } from '#platform/records/scope.ts'
import { attachFile, uploadValue, type NamedUpload } from './attach-file.ts'
import { attachmentsOf, roomTaken, type Attachment } from './attachment-store.ts'
import { fileErrors } from './errors.ts'
import { contentKeeping } from './keeping.ts'
import { fileInReach, mayRemove, mustSee } from './reach-file.ts'
import { removeFile, restoreFile } from './remove-file.ts'
import { sendContent, sendPreview } from './send-content.ts'

const mostListed = 500

/** Attachments of records and the contents of files. */
export function registerFileRoutes(app: FastifyInstance): void {
  serve(app, routes.list, async (ctx, { params, query }) => {
    const object = objectFor(ctx, params.object, 'read')
    const place = { object: object.key, recordId: params.id }
    const files = await inView(ctx, async (tx) => {
      await mustSee(tx, ctx, object, params.id)
      return attachmentsOf(tx, ctx, place, { withRemoved: query.removed === 'true', limit: mostListed + 1 })
    })
    return {
      files: files.slice(0, mostListed).map((file) => viewOf(ctx, file)),
      hasMore: files.length > mostListed,
      canAttach: may(ctx, object, 'update'),
    }
  })
  serve(app, routes.attach, async (ctx, { params, request }) => {
    const place = { object: params.object, recordId: params.id }
    return viewOf(ctx, await attachFile(ctx, place, () => uploadIn(request)))
  })
  serve(app, routes.uploadValue, async (ctx, { params, request }) =>
    viewOf(ctx, await uploadValue(ctx, params, () => uploadIn(request))),
  )
  serve(app, routes.remove, (ctx, { params }) => removeFile(ctx, params.id))
  serve(app, routes.restore, async (ctx, { params }) => viewOf(ctx, await restoreFile(ctx, params.id)))
  serve(app, routes.usage, async (ctx) => ({
    ...(await inView(ctx, (tx) => roomTaken(tx, ctx))),
    mostBytesPerFile: contentKeeping().mostBytesPerFile,
    mostBytes: contentKeeping().mostBytes,
  }))
  serve(app, routes.content, async (ctx, { params, query, request, reply }) => {
    const file = await fileInReach(ctx, params.id)
    const isSaved = query.as === 'save'
    if (isSaved) await noteDownload(ctx, file)
    return sendContent(ctx, file, { request, reply, isSaved })
  })
  serve(app, routes.preview, async (ctx, { params, query, request, reply }) =>
    sendPreview(ctx, await fileInReach(ctx, params.id), { request, reply, size: query.size ?? 'small' }),
  )
}

/** Whoever takes a file away is written down; looking at it on the page is not. */
async function noteDownload(ctx: Ctx, { id, name, size, object, recordId }: Attachment): Promise<void> {
  if (recordId === null) return
  const after = { file: { id, name, size } }
  await inStep(ctx, async (step) => step.audit({ object, recordId, action: 'downloaded', before: null, after }), {
    kind: 'file.download',
  })
}

/** One byte more than is allowed tells that there is more. */
async function uploadIn(request: FastifyRequest): Promise<NamedUpload> {
  const part = await uploaded(request, contentKeeping().mostBytesPerFile + 1)
  if (!part) throw fileErrors.refused('missing')
  return { name: part.filename, content: part.file }
}

function viewOf(ctx: Ctx, file: Attachment): AttachmentView {
  const { object: _object, recordId: _record, sha256: _sum, hasMiddle: _middle, ...shown } = file
  return { ...shown, canRemove: mayRemove(ctx, file) }
}
