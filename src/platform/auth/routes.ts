import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as security from '#engine/contract/security.ts'
import { changePasswordRoute, secondFactorRoute, signInRoute, signOutRoute } from '#engine/contract/sign-in.ts'
import { inStep } from '#platform/db/step.ts'
import { serve, servePublic } from '#platform/http/serve.ts'
import { changePassword } from './change-password.ts'
import { clearCookie, sessionTokenOf } from './cookie.ts'
import { contextFor, type AuthParts } from './gate.ts'
import { endOtherSessions, endOwnSession, showSecurity } from './my-security.ts'
import { beginSecondFactor, confirmSecondFactor, endSecondFactor, renewRecoveryCodes } from './second-factor.ts'
import { signInWithCode } from './second-step.ts'
import { actingPerson, closeSession } from './session-store.ts'
import { auditSignIn } from './sign-in-audit.ts'
import { signIn } from './sign-in.ts'

/** Sign-in, sign-out, and what protects one's own door: password, second factor, sessions. */
export function registerAuthRoutes(app: FastifyInstance, parts: AuthParts): void {
  servePublic(app, signInRoute, ({ body, request, reply }) => signIn(parts, body, request, reply))
  servePublic(app, secondFactorRoute, ({ body, request, reply }) => signInWithCode(parts, body, request, reply))

  servePublic(app, signOutRoute, async ({ request, reply }) => {
    await signOut(parts, request)
    clearCookie(reply)
  })

  serve(app, changePasswordRoute, (ctx, { body, request }) =>
    changePassword(ctx, { ...body, session: sessionTokenOf(request, parts.settings), address: request.ip }),
  )
  registerSecurityRoutes(app)
}

function registerSecurityRoutes(app: FastifyInstance): void {
  serve(app, security.securityRoute, (ctx, { request }) => showSecurity(ctx, request))
  serve(app, security.beginSecondFactorRoute, (ctx, { body, request }) =>
    beginSecondFactor(ctx, { ...body, address: request.ip }),
  )
  serve(app, security.confirmSecondFactorRoute, (ctx, { body, request }) =>
    confirmSecondFactor(ctx, { ...body, address: request.ip }),
  )
  serve(app, security.endSecondFactorRoute, (ctx, { body, request }) =>
    endSecondFactor(ctx, { ...body, address: request.ip }),
  )
  serve(app, security.renewRecoveryCodesRoute, (ctx, { body, request }) =>
    renewRecoveryCodes(ctx, { ...body, address: request.ip }),
  )
  serve(app, security.endSessionRoute, (ctx, { params }) => endOwnSession(ctx, params.id))
  serve(app, security.endOtherSessionsRoute, (ctx, { request }) => endOtherSessions(ctx, request))
}

async function signOut(parts: AuthParts, request: FastifyRequest): Promise<void> {
  const token = sessionTokenOf(request, parts.settings)
  const acting = token && (await actingPerson(parts.db, { session: token }))
  if (!acting) return
  const ctx = await contextFor(parts, acting, request)
  await inStep(
    { ...ctx, via: 'page' },
    async (step) => {
      await closeSession(step.tx, token)
      auditSignIn(step, 'signed-out', acting.personId, { address: request.ip })
    },
    { kind: 'session.sign-out' },
  )
}
