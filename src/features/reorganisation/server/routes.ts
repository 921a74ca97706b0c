import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import { fileTypes } from '#platform/transfer/sheet-writer.ts'
import * as contract from '../contract.ts'
import { confirmDraft, createDraft, deleteDraft, draftRevisions, listDrafts, revokeDraft, saveDraft } from './drafts.ts'
import { draftEffects } from './effects.ts'
import { healthAsFile, showHealth } from './health.ts'
import { proposeSplit } from './propose-split.ts'
import { showDraft } from './show-draft.ts'

export function registerReorganisationRoutes(app: FastifyInstance): void {
  serve(app, contract.listDraftsRoute, (ctx) => listDrafts(ctx))
  serve(app, contract.createDraftRoute, (ctx, { body }) => createDraft(ctx, body))
  serve(app, contract.splitDraftRoute, (ctx, { body }) => proposeSplit(ctx, body))
  serve(app, contract.showDraftRoute, (ctx, { params }) => showDraft(ctx, params.id))
  serve(app, contract.saveDraftRoute, (ctx, { params, body }) => saveDraft(ctx, params.id, body))
  serve(app, contract.deleteDraftRoute, (ctx, { params }) => deleteDraft(ctx, params.id))
  serve(app, contract.confirmDraftRoute, (ctx, { params, body }) => confirmDraft(ctx, params.id, body.version))
  serve(app, contract.revokeDraftRoute, (ctx, { params, body }) => revokeDraft(ctx, params.id, body.version))
  serve(app, contract.draftRevisionsRoute, (ctx, { params }) => draftRevisions(ctx, params.id))
  serve(app, contract.draftEffectsRoute, (ctx, { params, query }) => draftEffects(ctx, params.id, query))
  serve(app, contract.healthRoute, (ctx, { query }) => showHealth(ctx, query.structure))
  serve(app, contract.exportHealthRoute, async (ctx, { query, reply }) => {
    const { name, stream } = await healthAsFile(ctx, query.structure, query.format)
    await reply
      .type(fileTypes[query.format])
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(stream)
  })
}
