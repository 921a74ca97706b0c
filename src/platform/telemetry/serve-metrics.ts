import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isOnThisMachine, type AuthSettings } from '#platform/auth/settings.ts'
import { httpErrors } from '#platform/http/serve.ts'
import type { Telemetry } from './telemetry.ts'

interface MetricsAccess extends AuthSettings {
  /** Null: only from this very machine. */
  readonly metricsToken: string | null
}

/**
 * Counts every request, and serves `/metrics`: to whoever asks from this very machine, and elsewhere to whoever shows the
 * token. To others there is nothing at this address.
 */
export function serveMetrics(app: FastifyInstance, telemetry: Telemetry, access: MetricsAccess): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    telemetry.request({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  })
  app.get('/metrics', { config: { rateLimit: false } }, async (request, reply) => {
    if (!mayRead(request, access)) throw httpErrors.ROUTE_NOT_FOUND()
    return reply.type(telemetry.contentType).send(await telemetry.text())
  })
}

function mayRead(request: FastifyRequest, access: MetricsAccess): boolean {
  const shown = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (access.metricsToken !== null && shown !== undefined) return isSame(shown, access.metricsToken)
  return isOnThisMachine(request, access)
}

// As long for every answer: nobody learns the token letter by letter.
const isSame = (one: string, other: string) => timingSafeEqual(digest(one), digest(other))
const digest = (text: string) => createHash('sha256').update(text).digest()
