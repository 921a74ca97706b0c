import type { FastifyInstance } from 'fastify'
import { inWords } from '#base/label.ts'
import type { BulkRun } from '#platform/bulk/bulk-store.ts'
import { refusedRows } from '#platform/bulk/bulk-store.ts'
import { saveRows } from '#platform/bulk/save-rows.ts'
import {
  beforeDeletingMany,
  cancelBulk,
  listBulk,
  showBulk,
  startBulk,
  undoBulk,
  type BulkRequest,
} from '#platform/bulk/start-bulk.ts'
import { writeRows, type RowsRequest } from '#platform/bulk/write-rows.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { serve } from '#platform/http/serve.ts'
import { titlesById } from '#platform/records/titles.ts'
import { undoProgressOf } from '#platform/records/undo-progress.ts'
import { undosOf, type Undo } from '#platform/records/undo-store.ts'
import { bulkRoutes as routes, type BulkView } from '../bulk-contract.ts'

/** Serves bulk edits: asked for, watched, stopped and undone. */
export function registerBulkRoutes(app: FastifyInstance): void {
  serve(app, routes.start, async (ctx, { params, body }) => {
    if ('rows' in body) return writeSentRows(ctx, { object: params.object, ...body })
    const { filter, ids = [], values = {}, ownerId, keepsCredit = true } = body
    const which: BulkRequest['which'] = filter ? { filter } : { ids }
    const change = ownerId === undefined ? { values } : { values: { ownerId }, keepsCredit }
    const act = body.delete ? { delete: body.delete, along: body.along } : change
    return shown(ctx, await startBulk(ctx, { object: params.object, which, act }))
  })
  serve(app, routes.children, async (ctx, { params, body }) => {
    const { filter, ids = [] } = body
    const found = await beforeDeletingMany(ctx, { object: params.object, which: filter ? { filter } : { ids } })
    return { ...found, children: found.children.map((one) => ({ ...one })), keptBy: [...found.keptBy] }
  })
  serve(app, routes.saveRows, async (ctx, { params, body }) => {
    const rows = body.rows.map(({ version, ...row }) => ({ ...row, ...(version === undefined ? {} : { version }) }))
    return shown(ctx, await saveRows(ctx, params.object, rows))
  })
  serve(app, routes.list, async (ctx) => ({ runs: await shownAll(ctx, await listBulk(ctx)) }))
  serve(app, routes.show, async (ctx, { params }) => shown(ctx, await showBulk(ctx, params.id)))
  serve(app, routes.refused, async (ctx, { params, query }) => refused(ctx, params.id, query.after))
  serve(app, routes.cancel, async (ctx, { params }) => shown(ctx, await cancelBulk(ctx, params.id)))
  serve(app, routes.undo, async (ctx, { params }) => shown(ctx, await undoBulk(ctx, params.id)))
}

async function writeSentRows(ctx: Ctx, request: RowsRequest) {
  const { run, outcomes } = await writeRows(ctx, request)
  const rows = outcomes.map((one) =>
    one.ok
      ? one
      : {
          ok: false as const,
          id: one.id,
          errors: one.faults.map(({ field, code, label, params }) => ({
            field,
            code,
            message: inWords(label, ctx.language, params),
          })),
        },
  )
  return { ...(await shown(ctx, run)), rows }
}

const mostRefused = 200

/** Refused records in the order of their ids, with their names as far as the actor still reaches them. */
async function refused(ctx: Ctx, id: string, after: string | undefined) {
  const run = await showBulk(ctx, id)
  const object = ctx.company.catalogue.find(run.object)
  return inView(ctx, async (tx) => {
    const rows = await refusedRows(tx, ctx, run.id, { after, limit: mostRefused })
    const ids = rows.map(({ recordId }) => recordId)
    const titles = object ? await titlesById(tx, ctx, object, ids) : new Map<string, string>()
    return {
      rows: rows.map(({ recordId, faults }) => ({ recordId, title: titles.get(recordId) ?? null, faults })),
      next: rows.length < mostRefused ? null : (ids.at(-1) ?? null),
    }
  })
}

async function shown(ctx: Ctx, run: BulkRun): Promise<BulkView> {
  const [undo] = await inView(ctx, (tx) => undosOf(tx, ctx, [run.operationId]))
  return viewOf(run, undo)
}

async function shownAll(ctx: Ctx, runs: readonly BulkRun[]): Promise<BulkView[]> {
  const operations = runs.map(({ operationId }) => operationId)
  const undos = await inView(ctx, (tx) => undosOf(tx, ctx, operations))
  const byOperation = new Map(undos.map((undo) => [undo.operationId, undo]))
  return runs.map((run) => viewOf(run, byOperation.get(run.operationId)))
}

function viewOf(run: BulkRun, undo: Undo | undefined): BulkView {
  const { createdBy: _by, language: _in, along: _along, ...told } = run
  return { ...told, changes: { ...run.changes }, undo: undoProgressOf(undo) }
}
