import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import * as contract from '../path-contract.ts'
import { amendPlan, listAmendments } from './amend-plan.ts'
import { showAmendmentPreview } from './preview-amendment.ts'
import { movePlan } from './move-plan.ts'
import { setPath, showPath, showPathDifferences } from './show-path.ts'

/** Serves the path of plans: state, review, amendments. */
export function servePath(app: FastifyInstance): void {
  serve(app, contract.showPathRoute, (ctx, { params }) => showPath(ctx, params.planId))
  serve(app, contract.showPathDifferencesRoute, (ctx, { params }) => showPathDifferences(ctx, params.planId))
  serve(app, contract.movePlanRoute, (ctx, { params, body }) => movePlan(ctx, params.planId, body))
  serve(app, contract.setPathRoute, (ctx, { params, body }) => setPath(ctx, params.planId, body))
  serve(app, contract.previewAmendmentRoute, (ctx, { params, body }) => showAmendmentPreview(ctx, params.planId, body))
  serve(app, contract.amendPlanRoute, (ctx, { params, body }) => amendPlan(ctx, params.planId, body))
  serve(app, contract.listAmendmentsRoute, (ctx, { params, query }) => listAmendments(ctx, params.planId, query))
}
