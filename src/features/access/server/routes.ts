import type { FastifyInstance } from 'fastify'
import { revealRoute } from '#engine/contract/reveal.ts'
import { viewAsRoutes } from '#engine/contract/view-as.ts'
import type { AuthParts } from '#platform/auth/gate.ts'
import { serve } from '#platform/http/serve.ts'
import { roleRoutes, ruleRoutes, shareRoutes } from '../contract.ts'
import { reveal } from './reveal.ts'
import { changeRole, createRole, listRoles, removeRole } from './roles.ts'
import { changeRule, createRule, listRules, removeRule } from './rules.ts'
import { endShare, listShares, shareRecord } from './shares.ts'
import { beginViewing, endViewing } from './view-as.ts'

/** Serves roles, sharing rules, the shares of a record, and looking with the eyes of another person. */
export function registerAccessRoutes(app: FastifyInstance, { permissions }: AuthParts): void {
  serve(app, roleRoutes.list, (ctx) => listRoles(ctx, permissions))
  serve(app, roleRoutes.create, (ctx, { body }) => createRole(ctx, body, permissions))
  serve(app, roleRoutes.change, (ctx, { params, body }) => changeRole(ctx, { ...body, key: params.key }, permissions))
  serve(app, roleRoutes.remove, (ctx, { params }) => removeRole(ctx, params.key))
  serve(app, ruleRoutes.list, (ctx) => listRules(ctx))
  serve(app, ruleRoutes.create, (ctx, { body }) => createRule(ctx, body))
  serve(app, ruleRoutes.change, (ctx, { params, body }) => changeRule(ctx, params.id, body))
  serve(app, ruleRoutes.remove, (ctx, { params }) => removeRule(ctx, params.id))
  serve(app, shareRoutes.list, (ctx, { params }) => listShares(ctx, params.object, params.id))
  serve(app, shareRoutes.keep, (ctx, { params, body }) => shareRecord(ctx, params.object, params.id, body))
  serve(app, shareRoutes.remove, (ctx, { params }) => endShare(ctx, params.object, params.id, params.shareId))
  serve(app, revealRoute, (ctx, { params, body }) => reveal(ctx, params.object, params.id, body))
  serve(app, viewAsRoutes.begin, (ctx, { body, request }) => beginViewing(ctx, request.acting?.sessionId ?? null, body))
  serve(app, viewAsRoutes.end, async (ctx, { request }) => {
    if (request.acting) await endViewing(ctx, request.acting)
  })
}
