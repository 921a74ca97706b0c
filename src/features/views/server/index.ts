import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import { whenRoleGoes } from '#features/access/server/index.ts'
import { viewsRoutes as routes } from '../contract.ts'
import { registerBulkRoutes } from './bulk-routes.ts'
import { beginWith, changeView, createView, removeView, removeViewsOfRole } from './save-view.ts'
import { listViews, viewHistory } from './show-views.ts'

/** Views of a role go with it. Called once when the app is put together. */
export function arrangeViews(): void {
  whenRoleGoes(removeViewsOfRole)
}

/** Serves the room's routes. */
export function registerViews(app: FastifyInstance): void {
  serve(app, routes.list, (ctx, { query }) => listViews(ctx, query.object))
  serve(app, routes.create, (ctx, { body }) => createView(ctx, body))
  serve(app, routes.change, (ctx, { params, body }) => changeView(ctx, params.id, body))
  serve(app, routes.remove, (ctx, { params }) => removeView(ctx, params.id))
  serve(app, routes.begin, (ctx, { body }) => beginWith(ctx, body.object, body.viewId))
  serve(app, routes.history, async (ctx, { params }) => ({ entries: await viewHistory(ctx, params.id) }))
  registerBulkRoutes(app)
}
