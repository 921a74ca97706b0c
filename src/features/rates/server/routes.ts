import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import * as contract from '../contract.ts'
import { keepRate, removeRate } from './keep-rate.ts'
import { listRates } from './list-rates.ts'

/** Serves the room's routes. */
export function registerRateRoutes(app: FastifyInstance): void {
  serve(app, contract.listRatesRoute, (ctx, { query }) => listRates(ctx, query))
  serve(app, contract.keepRateRoute, (ctx, { params, body }) => keepRate(ctx, params, body.rate))
  serve(app, contract.removeRateRoute, (ctx, { params }) => removeRate(ctx, params))
}
