import type { FastifyInstance } from 'fastify'
import type { AuthParts } from '#platform/auth/gate.ts'
import { addressOf } from '#platform/auth/own-address.ts'
import { serve } from '#platform/http/serve.ts'
import { registerDailyJob, registerJob } from '#platform/jobs/jobs.ts'
import { workplaceRoutes as routes } from '../contract.ts'
import { askForNightlyRuns, askForRun, listRuns, showRun, syncTask } from './ask-for-run.ts'
import { disconnect, listConnections, saveConnectionOf } from './connections.ts'
import { registerWorkplaceSignIn } from './sign-in-routes.ts'
import { registerSyncNotices } from './notices.ts'
import { runSync } from './sync.ts'
import { tryConnection } from './try-connection.ts'

export { resumeSyncs } from './ask-for-run.ts'

/** Tells the engines what the room defines. */
export function registerWorkplace(): void {
  registerSyncNotices()
  registerJob(syncTask, (ctx, { id }) => runSync(ctx, String(id)))
  registerDailyJob('workplace.nightly', askForNightlyRuns)
}

/** Serves the room's routes. */
export function registerWorkplaceRoutes(app: FastifyInstance, parts: AuthParts): void {
  const { settings } = parts
  registerWorkplaceSignIn(app, parts)
  serve(app, routes.list, (ctx, { request }) => listConnections(ctx, addressOf(request, settings)))
  serve(app, routes.save, (ctx, { params, body, request }) =>
    saveConnectionOf(ctx, params.brand, body, addressOf(request, settings)),
  )
  serve(app, routes.disconnect, (ctx, { params }) => disconnect(ctx, params.brand))
  serve(app, routes.test, (ctx, { params }) => tryConnection(ctx, params.brand))
  serve(app, routes.sync, (ctx, { params, body }) => askForRun(ctx, params.brand, body))
  serve(app, routes.runs, (ctx, { params }) => listRuns(ctx, params.brand))
  serve(app, routes.run, (ctx, { params, query }) => showRun(ctx, params.brand, { id: params.id, ...query }))
}
