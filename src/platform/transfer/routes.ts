import type { Readable } from 'node:stream'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { transferRoutes } from '#engine/transfer/contract.ts'
import type { ImportView } from '#engine/transfer/import-view.ts'
import type { Field } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { serve } from '#platform/http/serve.ts'
import { uploaded } from '#platform/http/uploaded.ts'
import { listDescriptions, removeDescription, saveDescription } from './description-store.ts'
import { transferErrors } from './errors.ts'
import { exportRecords } from './export-records.ts'
import { dropFile, storeFile, type StoredFile } from './file-store.ts'
import type { ImportRun } from './import-store.ts'
import { loadFile, showLoad } from './load-file.ts'
import { outcomeFile } from './outcome-file.ts'
import { openFile, previewImport } from './preview-import.ts'
import { rejectsFile } from './rejects-file.ts'
import { shapedFor } from './shaper.ts'
import { fileTypes, type Format } from './sheet-writer.ts'
import { cancelImport, listImports, showImport, showSet, startImport, startSet } from './start-import.ts'
import type { ImportTarget } from './target.ts'
import { templateFile } from './template-file.ts'
import { importTarget, importTargets } from './targets.ts'
import { showUndo, undoableUntil, undoImport, viewOfUndo } from './undo-import.ts'

const uploadLimitMb = 200

/** Imports, their files and descriptions, and the export of lists. */
export function registerTransferRoutes(app: FastifyInstance): void {
  registerFiles(app)
  registerRuns(app)
  registerDescriptions(app)
  registerLoads(app)
  serve(app, transferRoutes.targets, async (ctx) => ({
    targets: importTargets(ctx).map((target) => viewOfTarget(ctx, target)),
  }))
  serve(app, transferRoutes.exportRecords, async (ctx, { params, body, reply }) => {
    const file = await exportRecords(ctx, { object: params.object, ...body })
    await send(reply, file.name, body.format, file.stream)
  })
}

function registerLoads(app: FastifyInstance): void {
  serve(app, transferRoutes.load, async (ctx, { params, query, request, reply }) => {
    const part = await fileOf(request)
    const content = wholeFile(part.file)
    const run = await loadFile(ctx, { object: params.object, ...query, name: part.filename, content })
    reply.header('location', `/api/v1/records/${params.object}/loads/${run.id}`)
    return viewOfRun(ctx, run)
  })
  serve(app, transferRoutes.showLoad, async (ctx, { params }) =>
    viewOfRun(ctx, await showLoad(ctx, params.object, params.id)),
  )
  serve(app, transferRoutes.outcome, async (ctx, { params, reply }) => {
    const lines = await outcomeFile(ctx, await showLoad(ctx, params.object, params.id))
    await reply.type('application/x-ndjson; charset=utf-8').send(lines)
  })
}

async function fileOf(request: FastifyRequest): Promise<MultipartFile> {
  const part = await uploaded(request)
  if (part) return part
  const label = { zh: '请选择一个文件', en: 'Choose a file' }
  throw transferErrors.FILE_MISSING({}, [{ field: 'file', code: 'missing', label }])
}

function registerFiles(app: FastifyInstance): void {
  serve(app, transferRoutes.upload, async (ctx, { request }) => {
    mustImportSomething(ctx)
    const part = await fileOf(request)
    return openStored(ctx, await storeFile(ctx, part.filename, wholeFile(part.file)))
  })
  serve(app, transferRoutes.paste, async (ctx, { body }) => {
    mustImportSomething(ctx)
    const name = body.name ?? (ctx.language === 'zh' ? '粘贴的表格' : 'Pasted cells')
    return openStored(ctx, await storeFile(ctx, name, [Buffer.from(body.text)]))
  })
  serve(app, transferRoutes.open, (ctx, { params, query }) => openFile(ctx, params.id, query.sheet))
  serve(app, transferRoutes.preview, (ctx, { body }) => previewImport(ctx, body))
  serve(app, transferRoutes.template, async (ctx, { params, query, reply }) => {
    const target = importTarget(ctx, params.object)
    await send(
      reply,
      `${target.object}-template.${query.format}`,
      query.format,
      await templateFile(ctx, target, query.format),
    )
  })
}

function registerRuns(app: FastifyInstance): void {
  serve(app, transferRoutes.start, async (ctx, { body }) => viewOfRun(ctx, await startImport(ctx, body)))
  serve(app, transferRoutes.list, async (ctx) => ({
    imports: (await listImports(ctx)).map((run) => viewOfRun(ctx, run)),
  }))
  serve(app, transferRoutes.startSet, async (ctx, { body }) => {
    const shaped = await shapedFor(ctx, body.set, (permission) => app.gate.allow(ctx, permission))
    return viewOfSet(shaped, await startSet(shaped, body))
  })
  serve(app, transferRoutes.showSet, async (ctx, { params }) => viewOfSet(ctx, await showSet(ctx, params.id)))
  serve(app, transferRoutes.show, async (ctx, { params }) => viewOfRun(ctx, await showImport(ctx, params.id)))
  serve(app, transferRoutes.cancel, async (ctx, { params }) => viewOfRun(ctx, await cancelImport(ctx, params.id)))
  serve(app, transferRoutes.undo, async (ctx, { params }) => viewOfRun(ctx, await undoImport(ctx, params.id)))
  serve(app, transferRoutes.showUndo, (ctx, { params }) => showUndo(ctx, params.id))
  serve(app, transferRoutes.rejects, async (ctx, { params, query, reply }) => {
    const run = await showImport(ctx, params.id)
    const name = `${run.fileName.replace(/\.[^.]*$/, '')}-rejected.${query.format}`
    await send(reply, name, query.format, await rejectsFile(ctx, run, query.format))
  })
}

function registerDescriptions(app: FastifyInstance): void {
  serve(app, transferRoutes.descriptions, async (ctx) => ({ descriptions: [...(await listDescriptions(ctx))] }))
  serve(app, transferRoutes.saveDescription, (ctx, { body }) => {
    mustImportSomething(ctx)
    return saveDescription(ctx, body)
  })
  serve(app, transferRoutes.removeDescription, (ctx, { params }) => {
    mustImportSomething(ctx)
    return removeDescription(ctx, params.id)
  })
}

function mustImportSomething(ctx: Ctx): void {
  if (importTargets(ctx).length === 0) throw transferErrors.NOT_ALLOWED({ object: '*' })
}

/** The upload, or the refusal of one that was cut off at the limit. */
async function* wholeFile(file: AsyncIterable<Buffer> & { readonly truncated?: boolean }): AsyncGenerator<Buffer> {
  try {
    yield* file
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error) throw error
    throw transferErrors.FILE_BROKEN()
  }
  if (file.truncated) throw transferErrors.FILE_TOO_LARGE({ limit: uploadLimitMb })
}

/** What cannot be opened is not kept. */
async function openStored(ctx: Ctx, { id }: StoredFile): Promise<Awaited<ReturnType<typeof openFile>>> {
  try {
    return await openFile(ctx, id)
  } catch (error) {
    await dropFile(ctx, id)
    throw error
  }
}

/** Names in other scripts travel encoded beside a plain one. */
async function send(reply: FastifyReply, name: string, format: Format, stream: Readable): Promise<void> {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_')
  await reply
    .type(fileTypes[format])
    .header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`)
    .send(stream)
}

function viewOfTarget(ctx: Ctx, target: ImportTarget) {
  const { object, label, title, keys } = target
  return { object, label, title, keys: [...keys], fields: target.fields.map((field) => viewOfField(ctx, field)) }
}

function viewOfField(ctx: Ctx, { key, label, type, help, required, unique, choices, to, aliases }: Field) {
  const isReference = type === 'reference' || type === 'multi_reference'
  const referred = isReference && to ? ctx.company.catalogue.find(to) : undefined
  return {
    key,
    label,
    type,
    ...(help ? { help } : {}),
    ...(required ? { required } : {}),
    ...(unique ? { unique } : {}),
    ...(to ? { to } : {}),
    ...(aliases ? { aliases: [...aliases] } : {}),
    ...(choices ? { choices: choices.map((choice) => ({ key: choice.key, label: choice.label })) } : {}),
    ...(referred
      ? {
          lookups: referred.fields
            .filter((field) => field.unique)
            .map((field) => ({ key: field.key, label: field.label })),
        }
      : {}),
  }
}

function viewOfRun(ctx: Ctx, run: ImportRun): ImportView {
  const {
    fileId,
    position: _place,
    operationId: _operation,
    createdBy: _by,
    language: _in,
    undo: _undo,
    ...shown
  } = run
  const { problem } = run
  return {
    ...shown,
    isFileKept: fileId !== null,
    undoableUntil: undoableUntil(ctx, run),
    undo: viewOfUndo(run),
    notes: [...run.notes],
    problem: problem && {
      code: problem.code,
      label: problem.label,
      params: problem.params,
      faults: (problem.faults ?? []).map((one) => ({
        field: one.field,
        code: one.code,
        label: one.label,
        ...(one.params ? { params: one.params } : {}),
      })),
    },
  }
}

function viewOfSet(ctx: Ctx, runs: readonly ImportRun[]) {
  return { setId: runs[0]?.setId ?? '', imports: runs.map((run) => viewOfRun(ctx, run)) }
}
