import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import { heatRoute } from '../contract.ts'
import { heatMap } from './heat.ts'

export function registerInsightRoutes(app: FastifyInstance): void {
  serve(app, heatRoute, (ctx, { params, query }) => heatMap(ctx, params.metric, query))
}
