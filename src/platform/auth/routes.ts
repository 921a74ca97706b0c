import type { FastifyInstance } from 'fastify'
import { changePasswordRoute, signInRoute, signOutRoute } from '#engine/contract/sign-in.ts'
import { serve, servePublic } from '#platform/http/serve.ts'
import { changePassword } from './change-password.ts'
import { clearCookie, sessionTokenOf } from './cookie.ts'
import type { AuthParts } from './gate.ts'
import { closeSession } from './session-store.ts'
import { signIn } from './sign-in.ts'

/** Sign-in, sign-out and the change of one's own password. */
export function registerAuthRoutes(app: FastifyInstance, parts: AuthParts): void {
  servePublic(app, signInRoute, ({ body, request, reply }) => signIn(parts, body, request, reply))

  servePublic(app, signOutRoute, async ({ request, reply }) => {
    const token = sessionTokenOf(request, parts.settings)
    if (token) await closeSession(parts.db, token)
    clearCookie(reply)
  })

  serve(app, changePasswordRoute, (ctx, { body, request }) =>
    changePassword(ctx, { ...body, session: sessionTokenOf(request, parts.settings), address: request.ip }),
  )
}
