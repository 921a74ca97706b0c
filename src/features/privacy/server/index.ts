import { createReadStream } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import { pathOfFile } from '#platform/transfer/index.ts'
import * as contract from '../contract.ts'
import { listConsents, recordConsent } from './consents.ts'
import { archiveOf, listRuns, showErasure, showRun, startErasure, startExport } from './runs.ts'

export { registerPrivacy } from './runs.ts'

/** Serves the room's routes. */
export function registerPrivacyRoutes(app: FastifyInstance): void {
  serve(app, contract.listConsentsRoute, (ctx, { params }) => listConsents(ctx, params))
  serve(app, contract.recordConsentRoute, (ctx, { params, body }) => recordConsent(ctx, params, body))
  serve(app, contract.previewErasureRoute, (ctx, { params }) => showErasure(ctx, params))
  serve(app, contract.eraseRoute, (ctx, { params, body }) => startErasure(ctx, params, body))
  serve(app, contract.exportPersonRoute, (ctx, { params, body }) => startExport(ctx, params, body.reason))
  serve(app, contract.listRunsRoute, (ctx, { params }) => listRuns(ctx, params))
  serve(app, contract.showRunRoute, (ctx, { params }) => showRun(ctx, params.id))
  serve(app, contract.downloadRunRoute, async (ctx, { params, reply }) => {
    const { fileId } = await archiveOf(ctx, params.id)
    void reply.header('content-type', 'application/gzip')
    void reply.header('content-disposition', `attachment; filename="personal-${ctx.today}.tar.gz"`)
    await reply.send(createReadStream(pathOfFile(ctx, fileId)))
  })
}
