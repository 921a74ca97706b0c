import type { FastifyReply, FastifyRequest } from 'fastify'
import { kindOf } from '#engine/files/file-kinds.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Attachment } from './attachment-store.ts'
import { rangeAsked } from './byte-range.ts'
import { contentName, middleName, previewName } from './content-store.ts'
import { fileErrors } from './errors.ts'
import { disposition } from './file-name.ts'
import { contentKeeping } from './keeping.ts'

/** Whatever a file holds, it acts for nobody here: not run, not guessed at, not put into another page. */
function guard(reply: FastifyReply): void {
  void reply
    .header('content-security-policy', "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox")
    .header('x-content-type-options', 'nosniff')
}

/**
 * Whether the browser has it already. It asks again each time, so that whoever loses sight of the record loses its files;
 * unchanged ones do not travel again.
 */
function isUnchanged(request: FastifyRequest, reply: FastifyReply, tag: string): boolean {
  void reply.header('cache-control', 'private, no-cache').header('etag', tag)
  return request.headers['if-none-match'] === tag
}

/** Sends a file as it came, whole or the range that is asked for, piece by piece. */
export async function sendContent(
  ctx: Ctx,
  file: Attachment,
  {
    request,
    reply,
    isSaved,
  }: { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly isSaved: boolean },
): Promise<void> {
  const tag = `"${file.sha256}"`
  guard(reply)
  void reply.header('accept-ranges', 'bytes')
  if (isUnchanged(request, reply, tag)) return void (await reply.code(304).send())
  const isFresh = (request.headers['if-range'] ?? tag) === tag
  const range = isFresh ? rangeAsked(request.headers.range, file.size) : undefined
  if (range === 'nowhere') {
    void reply.header('content-range', `bytes */${file.size}`)
    throw fileErrors.RANGE_NOT_THERE()
  }
  const content = await contentKeeping().store.get({ companyId: ctx.company.id, name: contentName(file.id) }, range)
  if (!content) throw lost(ctx, file)
  if (range) void reply.code(206).header('content-range', `bytes ${range.from}-${range.to}/${file.size}`)
  const isShown = !isSaved && kindOf(file.name)?.isShown === true
  await reply
    .type(file.type)
    .header('content-length', range ? range.to - range.from + 1 : file.size)
    .header('content-disposition', disposition(isShown ? 'inline' : 'attachment', file.name))
    .send(content)
}

interface PreviewAsked {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** Small for a tile, or as large as a screen shows it. */
  readonly size: 'small' | 'middle'
}

/** Sends a smaller version of an image; the image itself where it is no larger than the one in between would be. */
export async function sendPreview(ctx: Ctx, file: Attachment, { request, reply, size }: PreviewAsked): Promise<void> {
  if (size === 'middle' && !file.hasMiddle) return sendContent(ctx, file, { request, reply, isSaved: false })
  if (!file.hasPreview) throw fileErrors.FILE_NOT_FOUND()
  guard(reply)
  if (isUnchanged(request, reply, `"${file.sha256}-${size}"`)) return void (await reply.code(304).send())
  const name = size === 'middle' ? middleName(file.id) : previewName(file.id)
  const content = await contentKeeping().store.get({ companyId: ctx.company.id, name })
  if (!content) throw lost(ctx, file)
  await reply.type('image/webp').send(content)
}

function lost(ctx: Ctx, file: Attachment) {
  ctx.log.error({ company: ctx.company.slug, file: file.id }, 'the content of a file is not in the store')
  return fileErrors.FILE_LOST()
}
