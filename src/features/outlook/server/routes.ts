import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import { metricOutlookRoute, planCheckRoute, rowCheckRoute } from '../contract.ts'
import { metricOutlook } from './metric-outlook.ts'
import { planCheck, rowCheck } from './plan-check.ts'

export function registerOutlookRoutes(app: FastifyInstance): void {
  serve(app, metricOutlookRoute, (ctx, { params, query }) =>
    metricOutlook(ctx, params.metric, { ...query, level: query.level / 100 }),
  )
  serve(app, planCheckRoute, (ctx, { params, query }) => planCheck(ctx, params.planId, query))
  serve(app, rowCheckRoute, (ctx, { params }) => rowCheck(ctx, params.planId, params.node))
}
