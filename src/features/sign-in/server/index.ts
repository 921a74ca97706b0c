import type { FastifyInstance } from 'fastify'
import type { AuthParts } from '#platform/auth/gate.ts'
import { registerSecurityNotices } from '#platform/auth/notices.ts'
import { serve, servePublic } from '#platform/http/serve.ts'
import * as room from '../contract.ts'
import { forgotten } from './forgotten.ts'
import { invite } from './invite.ts'
import { endAllSessions, resetSecondFactor, showPersonSignIn, unlock } from './look-after-person.ts'
import { registerSignInMails } from './mails.ts'
import { mailTest, saveSettings, showSettings, testSso } from './settings.ts'
import { beginSso, finishSso } from './single-sign-on.ts'
import { acceptLink, lookAtLink } from './use-link.ts'
import { waysOf } from './ways.ts'

export { companyMeant } from './ways.ts'

/** Tells the engines what the room defines. */
export function registerSignIn(): void {
  registerSignInMails()
  registerSecurityNotices()
}

/** Serves the room's routes. */
export function registerSignInRoutes(app: FastifyInstance, parts: AuthParts): void {
  registerDoors(app, parts)
  registerPeople(app, parts)
  registerSettings(app, parts)
}

function registerDoors(app: FastifyInstance, parts: AuthParts): void {
  servePublic(app, room.waysRoute, ({ query }) => waysOf(parts, query.company))
  servePublic(app, room.forgottenRoute, ({ body, request, reply }) => forgotten(parts, body.identifier, request, reply))
  servePublic(app, room.lookAtLinkRoute, ({ body }) => lookAtLink(parts, body.token))
  servePublic(app, room.acceptLinkRoute, ({ body, request, reply }) => acceptLink(parts, body, request, reply))
  servePublic(app, room.beginSsoRoute, ({ body, request, reply }) => beginSso(parts, body, request, reply))
  servePublic(app, room.finishSsoRoute, ({ body, request, reply }) => finishSso(parts, body.answer, request, reply))
}

function registerPeople(app: FastifyInstance, parts: AuthParts): void {
  serve(app, room.personSignInRoute, (ctx, { params }) => showPersonSignIn(ctx, params.id))
  serve(app, room.inviteRoute, (ctx, { params, body, request }) =>
    invite(ctx, parts, { personId: params.id, ...body }, request),
  )
  serve(app, room.unlockRoute, (ctx, { params }) => unlock(ctx, params.id))
  serve(app, room.resetSecondFactorRoute, (ctx, { params }) => resetSecondFactor(ctx, params.id))
  serve(app, room.endSessionsRoute, (ctx, { params }) => endAllSessions(ctx, params.id))
}

function registerSettings(app: FastifyInstance, parts: AuthParts): void {
  serve(app, room.signInSettingsRoute, (ctx, { request }) => showSettings(ctx, parts, request))
  serve(app, room.saveSignInSettingsRoute, (ctx, { body }) => saveSettings(ctx, body))
  serve(app, room.testSsoRoute, (_ctx, { body }) => testSso(body.issuer))
  serve(app, room.testMailRoute, (ctx) => mailTest(ctx))
}
