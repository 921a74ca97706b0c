import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import { lineageRoute, ownMetricRoutes as routes } from '../contract.ts'
import { changeMetric, createMetric, deleteMetric, refillMetric } from './change-metrics.ts'
import { showLineage } from './show-lineage.ts'
import { previewMetric, showMetrics } from './show-metrics.ts'

export function registerMetricRoutes(app: FastifyInstance): void {
  serve(app, routes.list, (ctx) => showMetrics(ctx))
  serve(app, routes.create, (ctx, { body }) => createMetric(ctx, body))
  serve(app, routes.change, (ctx, { params, body }) => changeMetric(ctx, params.metric, body))
  serve(app, routes.remove, (ctx, { params }) => deleteMetric(ctx, params.metric))
  serve(app, routes.refill, (ctx, { params }) => refillMetric(ctx, params.metric))
  serve(app, lineageRoute, (ctx, { params, query }) => showLineage(ctx, params.metric, query))
  serve(app, routes.preview, (ctx, { body }) => previewMetric(ctx, body))
}
