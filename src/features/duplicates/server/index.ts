import type { FastifyInstance } from 'fastify'
import { registerDuplicateIndexing, registerDuplicateScan, startScan } from '#platform/duplicates/index.ts'
import { serve } from '#platform/http/serve.ts'
import { protectRecord } from '#platform/merge/protection.ts'
import { registerRuns } from '#platform/records/operations.ts'
import { duplicateRoutes, mergeRoutes } from '../contract.ts'
import { listMerges, merge, mergeRuns, mergeWithUndo, previewMerge, undo } from './merges.ts'
import { saveRules, showRules } from './rules.ts'
import { sayApart, showGroups } from './show-groups.ts'

/** The room's jobs, and what the history of records leads to. */
export function registerDuplicates(): void {
  registerDuplicateIndexing()
  registerDuplicateScan()
  registerRuns(mergeRuns)
}

export function registerDuplicateRoutes(app: FastifyInstance): void {
  serve(app, duplicateRoutes.rules, (ctx) => showRules(ctx))
  serve(app, duplicateRoutes.saveRules, (ctx, { params, body }) => saveRules(ctx, params.object, body.rules))
  serve(app, duplicateRoutes.startScan, (ctx, { body }) => startScan(ctx, body.object))
  serve(app, duplicateRoutes.groups, (ctx, { query }) => showGroups(ctx, query.object, query.from ?? 0))
  serve(app, duplicateRoutes.keepApart, (ctx, { body }) => sayApart(ctx, body.object, body.ids))
  serve(app, mergeRoutes.preview, (ctx, { body }) => previewMerge(ctx, body.object, body.ids))
  serve(app, mergeRoutes.merge, (ctx, { body }) => merge(ctx, body))
  serve(app, mergeRoutes.list, (ctx, { query }) => listMerges(ctx, query.before))
  serve(app, mergeRoutes.show, (ctx, { params }) => mergeWithUndo(ctx, params.id))
  serve(app, mergeRoutes.undo, (ctx, { params }) => undo(ctx, params.id))
  serve(app, mergeRoutes.protect, (ctx, { params, body }) => protectRecord(ctx, params.object, params.id, body.reason))
  serve(app, mergeRoutes.release, (ctx, { params }) => protectRecord(ctx, params.object, params.id, null))
}
