import type { FastifyInstance } from 'fastify'
import { parkedEventsRoute, retryEventRoute } from '#engine/contract/parked-events.ts'
import { serve } from '#platform/http/serve.ts'
import { listParked, retryParked } from './parked.ts'

/** What administrators see and do about events that were given up. */
export function registerEventRoutes(app: FastifyInstance): void {
  serve(app, parkedEventsRoute, async (ctx) => ({ events: await listParked(ctx) }))
  serve(app, retryEventRoute, (ctx, { params }) => retryParked(ctx, params.id))
}
