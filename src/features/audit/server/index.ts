import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import { fileTypes } from '#platform/transfer/index.ts'
import * as contract from '../contract.ts'
import { exportLog } from './export-log.ts'
import { readLog } from './read-log.ts'
import { showSeal } from './seal.ts'

/** Serves the room's routes. */
export function registerAuditRoutes(app: FastifyInstance): void {
  serve(app, contract.listAuditRoute, (ctx, { query }) => readLog(ctx, query))
  serve(app, contract.auditSealRoute, (ctx) => showSeal(ctx))
  serve(app, contract.exportAuditRoute, async (ctx, { query, reply }) => {
    const file = await exportLog(ctx, query)
    void reply.header('content-type', fileTypes[query.format])
    void reply.header('content-disposition', `attachment; filename="${file.name}"`)
    await reply.send(file.stream)
  })
}
