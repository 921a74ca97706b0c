import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import * as contract from '../contract.ts'
import { decideAppeal, escalateAppeal, previewDecision, withdrawAppeal } from './decide.ts'
import { lodgeAppeal } from './lodge.ts'
import { myTargets } from './my-targets.ts'
import { propose } from './propose.ts'
import { listAppeals, showAppeal } from './show-appeals.ts'
import { listProposals, showProposal } from './show-proposals.ts'
import { sendBackUnit, submitUnit } from './submit-unit.ts'
import { takeOver } from './take-over.ts'

/** Serves the room's routes. */
export function registerAgreementRoutes(app: FastifyInstance): void {
  serve(app, contract.myTargetsRoute, (ctx, { query }) => myTargets(ctx, query))
  serve(app, contract.listProposalsRoute, (ctx, { params }) => listProposals(ctx, params.planId))
  serve(app, contract.showProposalRoute, (ctx, { params }) => showProposal(ctx, params.planId, params.node))
  serve(app, contract.proposeRoute, (ctx, { params, body }) => propose(ctx, params.planId, params.node, body))
  serve(app, contract.submitUnitRoute, (ctx, { params, body }) => submitUnit(ctx, params.planId, body))
  serve(app, contract.sendBackUnitRoute, (ctx, { params, body }) => sendBackUnit(ctx, params.planId, body))
  serve(app, contract.takeOverRoute, (ctx, { params, body }) => takeOver(ctx, params.planId, body))
  serveAppeals(app)
}

function serveAppeals(app: FastifyInstance): void {
  serve(app, contract.listAppealsRoute, (ctx, { query }) => listAppeals(ctx, query))
  serve(app, contract.lodgeAppealRoute, (ctx, { body }) => lodgeAppeal(ctx, body))
  serve(app, contract.showAppealRoute, (ctx, { params }) => showAppeal(ctx, params.id))
  serve(app, contract.previewDecisionRoute, (ctx, { params, body }) => previewDecision(ctx, params.id, body))
  serve(app, contract.decideAppealRoute, (ctx, { params, body }) => decideAppeal(ctx, params.id, body))
  serve(app, contract.escalateAppealRoute, (ctx, { params, body }) => escalateAppeal(ctx, params.id, body))
  serve(app, contract.withdrawAppealRoute, (ctx, { params, body }) => withdrawAppeal(ctx, params.id, body))
}
