import type { FastifyInstance, FastifyRequest } from 'fastify'
import { apiKeyOf } from './cookie.ts'
import { authErrors } from './errors.ts'
import type { AuthSettings } from './settings.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses changes that another site sends with the person's cookie. Browsers name the origin of every such request;
 * without the header the caller is a program, which has no cookie to be abused.
 */
export function refuseOtherOrigins(app: FastifyInstance, settings: AuthSettings): void {
  app.addHook('onRequest', async (request) => {
    if (safeMethods.has(request.method) || apiKeyOf(request)) return
    if (!isSameOrigin(request, settings)) throw authErrors.ORIGIN_REFUSED()
  })
}

function isSameOrigin(request: FastifyRequest, settings: AuthSettings): boolean {
  const origin = request.headers.origin
  if (origin === undefined) return request.headers['sec-fetch-site'] !== 'cross-site'
  const host = URL.canParse(origin) ? new URL(origin).host : undefined
  if (host === undefined) return false
  if (settings.publicUrl && origin === new URL(settings.publicUrl).origin) return true
  return host === request.host
}
